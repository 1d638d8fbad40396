"""Nothing of the inside of a circle or a talk reaches anybody outside, by any door, list, file or log."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
from django.apps import apps

from tadamun.config.logs import logging_settings
from tadamun.foundation.sealed import SealedTextField
from tadamun.foundation.search.models import Entry
from tests.doors.circle import CIRCLE_SECRETS
from tests.doors.programs import all_operations, programs
from tests.doors.table import DOORS
from tests.doors.test_programs import call
from tests.doors.trying import all_doors, try_door
from tests.doors.world import World, make_world

pytestmark = pytest.mark.django_db
INSIDE = {"insider", "giver"}
FORMS = [*CIRCLE_SECRETS.values(), "الخفيّ", "الخفي", "الصنوبرة"]
#: Who asked to join reads their own name back, and nothing else.
OWN = {"asker": {CIRCLE_SECRETS["asking"]}}


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that is logged."""
    logging_settings(level="INFO")
    (handler,) = [one for one in logging.getLogger().handlers if type(one) is logging.StreamHandler]
    written = io.StringIO()
    before = handler.setStream(written)
    yield written
    handler.setStream(before)
    logging_settings(level="CRITICAL")


def told(text: str, *, to: str = "") -> list[str]:
    """The planted secrets that a text gives away to somebody."""
    own = OWN.get(to, set())
    return [secret for secret in FORMS if secret in text and secret not in own]


@pytest.mark.slow
@pytest.mark.one_database
def test_no_page_list_or_file_and_no_log_line_tells_anybody_outside(world: World, log: io.StringIO) -> None:
    leaks = []
    for door in all_doors():
        for method in DOORS[door.name]:
            for name, visitor in world.visitors.items():
                if name not in INSIDE:
                    answer = try_door(visitor, method=method, url=door.url(world))
                    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
                    text = body.decode(errors="replace") + str(dict(answer.items()))
                    leaks += [f"{method} {door.name} as {name}: {one}" for one in told(text, to=name)]
    for name in INSIDE:
        for door in all_doors():
            if "GET" in DOORS[door.name]:
                try_door(world.visitors[name], method="GET", url=door.url(world))
    assert not leaks, "\n".join(leaks)
    lines = json.dumps([json.loads(line) for line in log.getvalue().splitlines()], ensure_ascii=False)
    assert "request" in lines
    assert told(lines) == []
    for key in ("circle_message_id", "circle_seat_id", "talk_id"):
        assert world.keys[key] not in lines


def test_no_program_tells_not_even_ones_own(world: World) -> None:
    leaks = []
    for name, client in programs(world).items():
        for operation in all_operations():
            text = json.dumps(
                json.loads(call(client, operation, world, visitor=name).content), ensure_ascii=False
            )
            leaks += [f"{operation.name} as {name}: {one}" for one in told(text)]
    assert not leaks, "\n".join(leaks)


def test_no_search_finds_it_for_anybody(world: World) -> None:
    for name, visitor in world.visitors.items():
        for secret in CIRCLE_SECRETS.values():
            found = try_door(visitor, method="GET", url=f"/c/hay/search/?q={secret}").content.decode()
            assert "circles/" not in found.split("<main")[-1].split("</main")[0], (name, secret)
    assert not [row for row in Entry.objects.values() if told(str(row))]


def test_who_is_inside_reads_their_own_words_in_their_data_and_nobody_elses(world: World) -> None:
    for name, own in (
        ("insider", {"alias", "message", "talk_alias", "talk"}),
        ("giver", {"reason", "listener"}),
    ):
        text = world.visitors[name].post("/me/export/").content.decode()
        found = {key for key, secret in CIRCLE_SECRETS.items() if secret in text}
        assert found <= own, (name, found)


def test_no_column_of_any_table_holds_it_in_the_clear(world: World) -> None:
    """Notices, the trail, forms received, the search index and everything else, as the database has it."""
    held = []
    for model in apps.get_models():
        plain = [
            field.attname for field in model._meta.concrete_fields if not isinstance(field, SealedTextField)
        ]
        for row in model._base_manager.values_list(*plain):
            held += [f"{model._meta.label}: {one}" for one in told(str(row))]
    assert not held, "\n".join(held)


def test_no_notice_or_trail_ties_a_person_to_a_circle(world: World) -> None:
    from tadamun.foundation.notices.models import Notice
    from tadamun.foundation.trail.models import TrailEntry

    inner = {world.keys[key] for key in ("circle_id", "circle_message_id", "circle_seat_id", "talk_id")}
    for notice in Notice.objects.filter(kind__startswith="circles"):
        assert (notice.scope, notice.about, notice.params) == ("", "", {})
        assert not any(one in notice.url for one in inner)
    for entry in TrailEntry.objects.all():
        if any(one in str(vars(entry)) for one in inner):
            assert entry.actor == ""


def test_admin_lists_hold_nothing_of_circles(world: World) -> None:
    from django.contrib import admin

    assert not [one for one in admin.site._registry if one._meta.app_label == "circles"]
    operator = world.people["steward"]
    operator.is_staff = operator.is_superuser = True
    operator.save()
    for path in ("/admin/", "/admin/communities/community/"):
        assert told(world.visitors["steward"].get(path, follow=True).content.decode()) == []

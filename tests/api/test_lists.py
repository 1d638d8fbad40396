"""Long lists in pages: complete, in order, unmoved by what arrives meanwhile, and cheap."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tadamun.foundation.notices.models import Notice
from tadamun.pillars.aid.needs.models import NeedLine, Request
from tadamun.pillars.aid.needs.vocabulary import LineState, TierReason
from tests.aid import make
from tests.doors.world import World

HERE = "/api/v1/communities/hay"


def many_lines(world: World, count: int, *, number: int = 50_000) -> None:
    """So many open lines, each of a request of its own, written straight into the tables."""
    at = timezone.now() - timedelta(days=1)
    model = Request.objects.get(public_id=world.keys["other_request_id"])
    category = make.make_category("food-parcel")
    facts = {"community": world.community, "place": model.place, "consent": model.consent, "asked_at": at}
    requests = Request.objects.bulk_create(
        Request(number=number + one, pin_hash="x", **facts) for one in range(count)
    )
    NeedLine.objects.bulk_create(
        NeedLine(
            request=request,
            community=world.community,
            category=category,
            quantity=1,
            state=LineState.OPEN,
            tier=one % 3,
            tier_reason=TierReason.HUNGER,
            waiting_since=at - timedelta(minutes=one // 2),
        )
        for one, request in enumerate(requests)
    )


def walk(client: Client, path: str, *, limit: int, between: Any = None, **narrowed: str) -> list[str]:
    """The ids of a list, page by page to its end."""
    ids: list[str] = []
    after = ""
    while True:
        page = client.get(
            f"{HERE}/{path}", {**narrowed, "limit": limit, **({"after": after} if after else {})}
        ).json()
        ids += [one["id"] for one in page["items"]]
        assert len(page["items"]) <= limit
        if page["next"] is None:
            return ids
        after = page["next"]
        if between:
            between()


@pytest.mark.parametrize("path", ["lines", "requests", "offers", "notices"])
def test_pages_follow_each_other_without_a_gap_or_a_double(
    world: World, visitors: dict[str, Client], path: str
) -> None:
    many_lines(world, 17)
    client = visitors["coordinator"]

    whole = walk(client, path, limit=100)

    assert walk(client, path, limit=3) == whole
    assert len(set(whole)) == len(whole) > 2


def test_lines_come_most_severe_first_and_then_longest_waiting(
    world: World, visitors: dict[str, Client]
) -> None:
    many_lines(world, 30)

    items = visitors["coordinator"].get(f"{HERE}/lines", {"limit": 100}).json()["items"]

    places = [(one["tier"], one["waiting_since"]) for one in items]
    assert places == sorted(places)


def test_lines_that_nobody_sorted_yet_have_pages_too(world: World, visitors: dict[str, Client]) -> None:
    many_lines(world, 7)
    NeedLine.objects.filter(request__number__gte=50_000).update(
        state=LineState.TRIAGE, tier=None, tier_reason=""
    )
    one = NeedLine.objects.filter(request__number__gte=50_000).first()
    assert one
    NeedLine.objects.filter(pk=one.pk).update(tier=1, tier_reason=TierReason.HUNGER)

    ids = walk(visitors["coordinator"], "lines", limit=100, state="triage")
    in_parts = walk(visitors["coordinator"], "lines", limit=2, state="triage")

    assert in_parts == ids
    assert ids[-1] == one.public_id


def test_what_arrives_meanwhile_neither_doubles_nor_hides_a_row(
    world: World, visitors: dict[str, Client]
) -> None:
    many_lines(world, 12)
    client = visitors["coordinator"]
    before = walk(client, "lines", limit=100)
    numbers = iter(range(90_000, 99_000, 10))

    seen = walk(client, "lines", limit=4, between=lambda: many_lines(world, 2, number=next(numbers)))

    assert len(seen) == len(set(seen))
    assert [one for one in seen if one in set(before)] == before


def test_narrows_by_state_category_and_what_is_still_expected(
    world: World, visitors: dict[str, Client]
) -> None:
    client = visitors["coordinator"]

    by_main = client.get(f"{HERE}/lines", {"category": "food"}).json()["items"]
    closed = client.get(f"{HERE}/requests", {"is_open": "false"}).json()["items"]
    still = client.get(f"{HERE}/requests", {"is_open": "true"}).json()["items"]

    assert {one["category"] for one in by_main} == {"food-parcel"}
    assert closed == []
    assert len(still) == Request.objects.filter(community=world.community).count()


@pytest.mark.parametrize("after", ["x", "bm9uc2Vuc2U", "W10", "WzEsMiwzXQ", "WzEsICJ4IiwgM10", "é"])
def test_a_place_that_cannot_be_read_is_said_to_be_so(
    world: World, visitors: dict[str, Client], after: str
) -> None:
    answer = visitors["coordinator"].get(f"{HERE}/lines", {"after": after})

    assert (answer.status_code, answer.json()["code"]) == (422, "cursor_not_valid")


def test_a_misspelt_word_of_the_query_is_said_to_be_so(world: World, visitors: dict[str, Client]) -> None:
    answer = visitors["coordinator"].get(f"{HERE}/requests", {"is_opne": "true"})

    assert (answer.status_code, answer.json()["errors"]) == (
        422,
        [{"where": "query.is_opne", "why": "extra_forbidden"}],
    )


def test_somebody_reads_their_own_notices_of_this_community(
    world: World, visitors: dict[str, Client]
) -> None:
    notice = Notice.objects.filter(recipient=world.people["asker"]).first()
    assert notice
    mine = walk(visitors["asker"], "notices", limit=100)

    assert notice.public_id in mine
    assert not set(mine) & set(walk(visitors["coordinator"], "notices", limit=100))


@pytest.mark.parametrize("path", ["lines", "requests"])
def test_a_longer_page_asks_the_database_no_more_often(
    world: World, visitors: dict[str, Client], path: str
) -> None:
    many_lines(world, 40)
    client = visitors["coordinator"]
    client.get(f"{HERE}/{path}")

    counts = []
    for limit in (1, 20, 40):
        with CaptureQueriesContext(connection) as asked:
            assert len(client.get(f"{HERE}/{path}", {"limit": limit}).json()["items"]) == limit
        counts.append(len(asked))

    assert len(set(counts)) == 1, counts
    assert counts[0] <= 11

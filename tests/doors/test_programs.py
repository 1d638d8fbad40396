"""Every door for programs × every visitor, in one table; a door that is missing from it fails."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests.doors.programs import OPERATIONS, Operation, all_operations, programs, said_at
from tests.doors.test_doors import OUTSIDERS
from tests.doors.world import SECRET_FORMS, SECRETS, World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def call(client: Client, operation: Operation, world: World, *, visitor: str) -> Any:
    """Knock once, and take back whatever it did."""
    with transaction.atomic():
        answer = client.generic(
            operation.method,
            operation.url(world),
            json.dumps(said_at(operation.name, world, visitor=visitor)),
            content_type="application/json",
            headers={"Idempotency-Key": "once-and-again"},
        )
        transaction.set_rollback(True)
    return answer


def told(answer: Any) -> list[str]:
    """The planted secrets that an answer gives away, whichever way its letters are written."""
    body = json.dumps(json.loads(answer.content), ensure_ascii=False) + str(dict(answer.items()))
    return [secret for secret in SECRET_FORMS if secret in body]


def test_every_door_for_programs_stands_in_the_table() -> None:
    doors = {operation.name for operation in all_operations()}

    assert doors - set(OPERATIONS) == set(), "new doors: write into tests/doors/programs.py who may open them"
    assert set(OPERATIONS) - doors == set(), "doors that are gone"


def test_lets_in_exactly_those_of_the_table_and_tells_outsiders_nothing(world: World) -> None:
    wrong, leaks = [], []
    for name, client in programs(world).items():
        for operation in all_operations():
            answer = call(client, operation, world, visitor=name)
            assert answer.status_code < 500, (operation.name, name)
            assert answer.status_code not in {400, 405, 415}, (operation.name, name)
            assert b'"not_valid"' not in answer.content, (operation.name, name, answer.content)
            let_in = answer.status_code not in {401, 403, 404}
            if let_in != (name in OPERATIONS[operation.name]):
                wrong.append(f"{operation.name} as {name}: {answer.status_code} {answer.content.decode()}")
            if name in OUTSIDERS:
                leaks += [f"{operation.name} as {name}: {secret}" for secret in told(answer)]
    assert not wrong, "\n".join(wrong)
    assert not leaks, "\n".join(leaks)


@pytest.mark.parametrize("name", ["coordinator", "giver", "steward", "auditor"])
def test_whoever_helps_reads_no_more_than_the_thing_itself_without_a_logged_look(
    world: World, name: str
) -> None:
    client = programs(world)[name]
    leaks = []
    for operation in all_operations():
        if operation.name in {"reveal", "reveal_place"}:
            continue
        answer = call(client, operation, world, visitor=name)
        # The thread is the coordinators' as much as the asker's, on its own door and on the page.
        known = {SECRETS["detail"], *([SECRETS["message"]] if operation.name == "messages" else [])}
        leaks += [f"{operation.name}: {one}" for one in told(answer) if one not in known]
    assert not leaks, "\n".join(leaks)


def test_a_look_by_a_program_is_logged_for_the_person_it_is_about(world: World) -> None:
    reveal = next(one for one in all_operations() if one.name == "reveal")
    visitors = programs(world)

    answer = visitors["coordinator"].post(
        reveal.url(world), {"reason": "اتّصال بموعد التسليم"}, content_type="application/json"
    )
    own = next(one for one in all_operations() if one.name == "own_request")
    seen = visitors["asker"].get(own.url(world)).json()

    assert answer.json()["phone"] == SECRETS["phone"]
    assert [(look["viewer"], look["reason"]) for look in seen["looks"]] == [("هند", "اتّصال بموعد التسليم")]


def test_a_session_opens_no_door_for_programs(world: World) -> None:
    assert world.visitors["coordinator"].get("/api/v1/communities/hay/lines").status_code == 401

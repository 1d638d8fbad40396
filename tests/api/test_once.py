"""A deed sent twice is done once, and refusals say what and where in the language asked for."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from tadamun.foundation.idempotency.models import ReceivedForm
from tadamun.pillars.aid.needs.models import Message, Offer, Request
from tests.doors.world import World

HERE = "/api/v1/communities/hay"
ASKED = {"lines": [{"category": "blankets", "quantity": 2}], "consent_version": "1", "phone": "0791234567"}


def send(client: Client, path: str, said: dict[str, Any], *, key: str = "key-of-mine", **more: Any) -> Any:
    headers = {"Idempotency-Key": key, **more}
    return client.post(f"{HERE}/{path}", json.dumps(said), content_type="application/json", headers=headers)


class TestSentTwice:
    def test_the_same_key_and_body_get_the_same_answer_and_make_one_request(
        self, world: World, visitors: dict[str, Client]
    ) -> None:
        had = Request.objects.count()

        first = send(visitors["member"], "requests", ASKED)
        again = send(visitors["member"], "requests", ASKED)

        assert (first.status_code, again.status_code) == (201, 201)
        assert first.json() == again.json()
        assert Request.objects.count() == had + 1
        pin = {"number": str(first.json()["number"]), "pin": first.json()["pin"]}
        assert send(Client(), "tracking", pin).json()["id"] == first.json()["id"]

    def test_the_same_key_with_another_body_is_refused(
        self, world: World, visitors: dict[str, Client]
    ) -> None:
        send(visitors["member"], "requests", ASKED)

        answer = send(visitors["member"], "requests", {**ASKED, "phone": "0791234568"})

        assert (answer.status_code, answer.json()["code"]) == (422, "key_used_otherwise")

    def test_the_same_key_at_another_door_is_refused(self, world: World, visitors: dict[str, Client]) -> None:
        send(visitors["member"], "requests", ASKED)

        answer = send(visitors["member"], "offers", {"category": "blankets", "consent_version": "1"})

        assert answer.json()["code"] == "key_used_otherwise"
        assert not Offer.objects.filter(giver=world.people["member"]).exists()

    def test_two_programs_may_use_the_same_key(self, world: World, visitors: dict[str, Client]) -> None:
        first = send(visitors["member"], "requests", ASKED)
        other = send(visitors["volunteer"], "requests", ASKED)

        assert first.json()["id"] != other.json()["id"]

    def test_a_refused_deed_leaves_its_key_free(self, world: World, visitors: dict[str, Client]) -> None:
        wrong = send(visitors["member"], "requests", {**ASKED, "lines": [{"category": "moonlight"}]})
        right = send(visitors["member"], "requests", ASKED)

        assert (wrong.status_code, right.status_code) == (404, 201)

    def test_a_message_by_pin_is_written_once(self, world: World) -> None:
        said = {"number": world.keys["number"], "pin": world.keys["pin"], "body": "نصل الخامسة"}
        had = Message.objects.count()

        assert send(Client(), "tracking/messages", said).status_code == 201
        assert send(Client(), "tracking/messages", said).status_code == 201

        assert Message.objects.count() == had + 1

    def test_nothing_of_what_was_said_can_be_read_from_what_is_kept(
        self, world: World, visitors: dict[str, Client]
    ) -> None:
        answer = send(visitors["member"], "requests", ASKED).json()

        kept = str(list(ReceivedForm.objects.values_list("key", "outcome")))
        assert answer["pin"] not in kept.replace(answer["id"], "").replace(str(answer["number"]), "").split()
        assert "791234567" not in kept

    def test_without_a_key_nothing_is_made(self, world: World, visitors: dict[str, Client]) -> None:
        had = Request.objects.count()

        answer = visitors["member"].post(f"{HERE}/requests", ASKED, content_type="application/json")

        assert answer.status_code == 422
        assert answer.json()["errors"] == [{"where": "header.Idempotency-Key", "why": "missing"}]
        assert Request.objects.count() == had


class TestRefusals:
    def test_says_where_and_why_and_never_what_was_sent(
        self, world: World, visitors: dict[str, Client]
    ) -> None:
        said = {**ASKED, "lines": [{"category": "blankets", "quantity": 0}], "notes": 7, "asker": "فاطمة"}

        answer = send(visitors["member"], "requests", said)

        slips = {one["where"].removeprefix("body.given."): one["why"] for one in answer.json()["errors"]}
        assert slips == {
            "lines.0.quantity": "greater_than_equal",
            "notes": "string_type",
            "asker": "extra_forbidden",
        }
        assert "فاطمة" not in answer.content.decode()

    @pytest.mark.parametrize(
        ("wish", "language"),
        [("fr-CA,fr;q=0.9", "fr"), ("de, en;q=0.5", "en"), ("", "ar"), ("xx", "ar"), ("*", "ar")],
    )
    def test_speaks_the_language_asked_for(self, world: World, wish: str, language: str) -> None:
        answer = Client().get(f"{HERE}/nowhere", headers={"Accept-Language": wish})

        said = {"ar": "لا شيء هنا.", "en": "There is nothing here.", "fr": "Il n’y a rien ici."}
        assert answer["Content-Language"] == language
        assert answer["Content-Type"] == "application/problem+json"
        assert answer.json()["title"] == said[language]

    def test_a_method_a_door_does_not_know(self, world: World) -> None:
        answer = Client().delete(f"{HERE}/needs")

        assert (answer.status_code, answer["Allow"], answer.json()["code"]) == (
            405,
            "GET",
            "method_not_allowed",
        )

    def test_another_kind_of_content(self, world: World, visitors: dict[str, Client]) -> None:
        answer = visitors["member"].post(
            f"{HERE}/requests", {"a": "b"}, headers={"Idempotency-Key": "key-of-mine"}
        )

        assert (answer.status_code, answer.json()["code"]) == (415, "media_not_known")

    def test_what_is_no_json(self, world: World) -> None:
        answer = Client().post(f"{HERE}/tracking", "{", content_type="application/json")

        assert (answer.status_code, answer.json()["code"]) == (400, "not_understood")

    def test_far_too_much(self, world: World) -> None:
        answer = Client().post(f"{HERE}/tracking", b" " * 2_600_000, content_type="application/json")

        assert (answer.status_code, answer.json()["code"]) == (413, "too_large")

    def test_our_own_fault_is_a_problem_document_without_its_cause(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from tadamun.pillars.aid.needs import queries

        def broken(**given: Any) -> None:
            raise RuntimeError("فاطمة")

        monkeypatch.setattr(queries, "public_needs", broken)
        answer = Client(raise_request_exception=False).get(f"{HERE}/needs")

        assert (answer.status_code, answer.json()["code"]) == (500, "server_error")
        assert answer["Content-Type"] == "application/problem+json"
        assert "فاطمة" not in answer.content.decode()

    def test_guessing_pins_ends_soon_on_pages_and_here_together(self, world: World) -> None:
        guess = {"number": world.keys["number"], "pin": "nothing"}
        answers = [send(Client(), "tracking", guess) for _ in range(6)]

        assert [answer.status_code for answer in answers] == [403] * 5 + [429]
        assert answers[-1].json()["code"] == "pin_locked"
        right = {**guess, "pin": world.keys["pin"]}
        page: Any = Client().post("/c/hay/track/", right)
        assert page.status_code == 429

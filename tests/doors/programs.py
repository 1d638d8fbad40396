"""The doors for programs: who may open which by a token made for everything, and what each is tried with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from tadamun.foundation.communities.models import Community
from tadamun.foundation.tokens.models import Token
from tadamun.foundation.tokens.queries import token_hash
from tadamun.foundation.tokens.vocabulary import PREFIX, Scope
from tadamun.web.api_root import api
from tests.doors.table import (
    ASKER,
    AUDITOR,
    CHECKERS,
    COORDINATOR,
    EVERYBODY,
    GIVER,
    GIVER_OR_COORDINATOR,
    MEMBERS,
)
from tests.doors.world import World

ROOT = "/api/v1/"
TOKEN_HOLDERS = MEMBERS | {"neighbour"}
ASKER_OR_COORDINATOR = ASKER | COORDINATOR
WITH_PIN = frozenset({"with_pin"})

OPERATIONS: dict[str, frozenset[str]] = {
    "accept": GIVER,
    "add_problem_idea": MEMBERS,
    "accept_for": COORDINATOR,
    "add_line": ASKER_OR_COORDINATOR,
    "areas": EVERYBODY,
    "cancel_match": GIVER_OR_COORDINATOR,
    "categories": EVERYBODY,
    "change_line": ASKER_OR_COORDINATOR,
    "change_request": ASKER_OR_COORDINATOR,
    "choices": COORDINATOR,
    "close_line": COORDINATOR,
    "close_offer": GIVER_OR_COORDINATOR,
    "communities": TOKEN_HOLDERS,
    "confirm_by_code": GIVER_OR_COORDINATOR,
    "confirm_receipt": ASKER_OR_COORDINATOR,
    "consents": EVERYBODY,
    "counts": EVERYBODY,
    "decline": GIVER_OR_COORDINATOR,
    "did_not_happen": COORDINATOR,
    "invite": COORDINATOR,
    "lines": COORDINATOR,
    "log_contact": COORDINATOR,
    "mark_handed_over": GIVER_OR_COORDINATOR,
    "matches": COORDINATOR,
    "next_invitation": MEMBERS,
    "notices": MEMBERS,
    "offers": COORDINATOR,
    "one_offer": GIVER_OR_COORDINATOR,
    "one_problem": MEMBERS,
    "one_request": COORDINATOR,
    "one_round": MEMBERS,
    "own_offers": MEMBERS,
    "own_request": ASKER,
    "own_requests": MEMBERS,
    "pause_offer": GIVER_OR_COORDINATOR,
    "post_offer": MEMBERS,
    "post_request": MEMBERS,
    "problems": MEMBERS,
    "proposals": COORDINATOR,
    "public_needs": EVERYBODY,
    "raise_problem": MEMBERS,
    "refer_line": COORDINATOR,
    "refuse_help": ASKER_OR_COORDINATOR,
    "reopen_line": COORDINATOR,
    "requests": COORDINATOR,
    "resume_offer": GIVER_OR_COORDINATOR,
    "reveal": COORDINATOR,
    "reveal_place": GIVER,
    "round_file": AUDITOR,
    "rounds": MEMBERS,
    "say_affected": MEMBERS,
    "schedule": GIVER_OR_COORDINATOR,
    "start_round": COORDINATOR,
    "take_over": COORDINATOR,
    "task": GIVER,
    "tasks": MEMBERS,
    "token": TOKEN_HOLDERS,
    "track": WITH_PIN,
    "track_confirm": WITH_PIN,
    "track_withdraw": WITH_PIN,
    "track_write": WITH_PIN,
    "triage_line": COORDINATOR,
    "verify_round": CHECKERS,
    "withdraw_invitation": COORDINATOR,
    "withdraw_line": ASKER_OR_COORDINATOR,
    "write_message": ASKER_OR_COORDINATOR,
}
KEYS_OF: dict[str, dict[str, str]] = {
    "accept": {"match_id": "invited_id"},
    "accept_for": {"match_id": "invited_id"},
    "decline": {"match_id": "invited_id"},
    "withdraw_invitation": {"match_id": "invited_id"},
}


@dataclass(frozen=True)
class Operation:
    """One door for programs."""

    name: str
    method: str
    path: str

    def url(self, world: World) -> str:
        """The address, with what stands in the world put in."""
        keys = {word: world.keys[key] for word, key in KEYS_OF.get(self.name, {}).items()}
        return self.path.format_map({**world.keys, **keys})


def all_operations() -> list[Operation]:
    """Every operation, as the description states them."""
    return [
        Operation(operation["operationId"], method.upper(), path)
        for path, methods in api.get_openapi_schema()["paths"].items()
        for method, operation in methods.items()
    ]


def said_at(name: str, world: World, *, visitor: str) -> dict[str, Any]:
    """What is sent to a door: enough that only permission stands in the way."""
    pin = {"number": world.keys["number"], "pin": world.keys["pin"] if visitor == "with_pin" else "none"}
    starts = timezone.now() + timedelta(hours=1)
    said: dict[str, dict[str, Any]] = {
        "add_problem_idea": {"words": "مصباح شمسيّ"},
        "raise_problem": {"title": "ماء مقطوع"},
        "add_line": {"category": "blankets"},
        "change_line": {"quantity": 2, "when": "week"},
        "change_request": {"safe_hours": "مساءً"},
        "close_line": {"reason": "met_by_others"},
        "confirm_by_code": {"code": "x"},
        "did_not_happen": {"reason": "no_show"},
        "invite": {"offer_id": world.keys["offer_id"]},
        "log_contact": {"outcome": "no_answer"},
        "pause_offer": {"until": (timezone.now() + timedelta(days=3)).date().isoformat()},
        "post_offer": {"category": "blankets", "consent_version": "1"},
        "post_request": {
            "lines": [{"category": "blankets"}],
            "phone": "0791234567",
            "consent_version": "1",
        },
        "refer_line": {"where": "البلديّة"},
        "reveal": {"reason": "اتّصال بموعد التسليم"},
        "schedule": {
            "starts": starts.isoformat(timespec="seconds"),
            "ends": (starts + timedelta(hours=1)).isoformat(timespec="seconds"),
        },
        "track": pin,
        "track_confirm": {**pin, "match_id": world.keys["match_id"]},
        "track_withdraw": {**pin, "line_id": world.keys["line_id"]},
        "track_write": {**pin, "body": "شكرًا"},
        "triage_line": {"tier": 1, "reason": "hunger"},
        "write_message": {"body": "شكرًا"},
    }
    return said.get(name, {})


def programs(world: World, *, scopes: list[str] | None = None) -> dict[str, Client]:
    """A program of every visitor, each with a token for everything; guests come without one."""
    visitors = {"guest": Client(), "with_pin": Client()}
    other = Community.objects.get(slug="other")
    at = timezone.now()
    for name, person in world.people.items():
        secret = f"{PREFIX}of-{name}"
        Token.objects.create(
            person=person,
            community=other if name == "neighbour" else world.community,
            name="برنامج",
            scopes=scopes or [scope.value for scope in Scope],
            token_hash=token_hash(secret=secret),
            made_at=at,
            expires_at=at + timedelta(days=1),
        )
        visitors[name] = Client(headers={"Authorization": f"Bearer {secret}"})
    return visitors

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
    "add_service": COORDINATOR,
    "alike": COORDINATOR,
    "answer_referral": ASKER_OR_COORDINATOR,
    "areas": EVERYBODY,
    "ask_for_call": MEMBERS,
    "cancel_loan": ASKER_OR_COORDINATOR,
    "cancel_match": GIVER_OR_COORDINATOR,
    "categories": EVERYBODY,
    "change_line": ASKER_OR_COORDINATOR,
    "change_request": ASKER_OR_COORDINATOR,
    "change_service": COORDINATOR,
    "chat_list": COORDINATOR,
    "check_in": GIVER_OR_COORDINATOR,
    "check_off": COORDINATOR,
    "check_out": GIVER_OR_COORDINATOR,
    "choices": COORDINATOR,
    "close_distribution": COORDINATOR,
    "close_line": COORDINATOR,
    "close_offer": GIVER_OR_COORDINATOR,
    "communities": TOKEN_HOLDERS,
    "complete_request": COORDINATOR,
    "concerns": COORDINATOR,
    "confirm_by_code": GIVER_OR_COORDINATOR,
    "confirm_receipt": ASKER_OR_COORDINATOR,
    "confirm_service": COORDINATOR,
    "consents": EVERYBODY,
    "contacts": COORDINATOR,
    "counts": EVERYBODY,
    "decline": GIVER_OR_COORDINATOR,
    "did_not_happen": COORDINATOR,
    "distribution": COORDINATOR,
    "distributions": COORDINATOR,
    "due": COORDINATOR,
    "export_needs": MEMBERS,
    "fairness": CHECKERS,
    "figures": COORDINATOR,
    "handle_concern": COORDINATOR,
    "handovers": COORDINATOR,
    "invite": COORDINATOR,
    "judge_alike": COORDINATOR,
    "join_line": MEMBERS,
    "library_item": MEMBERS,
    "library_items": MEMBERS,
    "lines": COORDINATOR,
    "log_contact": COORDINATOR,
    "looks": COORDINATOR,
    "mark_handed_over": GIVER_OR_COORDINATOR,
    "matches": COORDINATOR,
    "messages": COORDINATOR,
    "next_invitation": MEMBERS,
    "notices": MEMBERS,
    "offers": COORDINATOR,
    "one_offer": GIVER_OR_COORDINATOR,
    "one_problem": MEMBERS,
    "one_request": COORDINATOR,
    "one_round": MEMBERS,
    "one_service": EVERYBODY,
    "open_distribution": COORDINATOR,
    "own_loans": MEMBERS,
    "own_offers": MEMBERS,
    "own_request": ASKER,
    "own_requests": MEMBERS,
    "parcels_without_a_day": COORDINATOR,
    "pause_offer": GIVER_OR_COORDINATOR,
    "policy": EVERYBODY,
    "post_offer": MEMBERS,
    "post_request": MEMBERS,
    "problems": MEMBERS,
    "proposals": COORDINATOR,
    "public_needs": EVERYBODY,
    "raise_concern": ASKER | GIVER_OR_COORDINATOR,
    "read_notice": COORDINATOR,
    "raise_problem": MEMBERS,
    "refer_line": COORDINATOR,
    "refer_to_service": COORDINATOR,
    "referrals": ASKER_OR_COORDINATOR,
    "refuse_help": ASKER_OR_COORDINATOR,
    "renew_loan": ASKER_OR_COORDINATOR,
    "reopen_line": COORDINATOR,
    "request_loan": MEMBERS,
    "requests": COORDINATOR,
    "resume_offer": GIVER_OR_COORDINATOR,
    "reveal": COORDINATOR,
    "reveal_place": GIVER,
    "round_file": AUDITOR,
    "rounds": MEMBERS,
    "say_thanks": ASKER_OR_COORDINATOR,
    "say_affected": MEMBERS,
    "schedule": GIVER_OR_COORDINATOR,
    "search_offers": MEMBERS,
    "search_requests": MEMBERS,
    "services": EVERYBODY,
    "services_for_line": COORDINATOR,
    "start_round": COORDINATOR,
    "still_needed": ASKER_OR_COORDINATOR,
    "take_if_free": COORDINATOR,
    "take_on_offer": COORDINATOR,
    "take_over": COORDINATOR,
    "task": GIVER,
    "tasks": MEMBERS,
    "token": TOKEN_HOLDERS,
    "track": WITH_PIN,
    "track_add": WITH_PIN,
    "track_change": WITH_PIN,
    "track_change_line": WITH_PIN,
    "track_check_in": WITH_PIN,
    "track_check_out": WITH_PIN,
    "track_concern": WITH_PIN,
    "track_confirm": WITH_PIN,
    "track_referral": WITH_PIN,
    "track_referrals": WITH_PIN,
    "track_refuse": WITH_PIN,
    "track_still_needed": WITH_PIN,
    "track_thank": WITH_PIN,
    "track_withdraw": WITH_PIN,
    "track_write": WITH_PIN,
    "triage_line": COORDINATOR,
    "unmatched": COORDINATOR,
    "verify_round": CHECKERS,
    "waits": COORDINATOR,
    "withdraw_invitation": COORDINATOR,
    "withdraw_line": ASKER_OR_COORDINATOR,
    "write_message": ASKER_OR_COORDINATOR,
}
KEYS_OF: dict[str, dict[str, str]] = {
    "accept": {"match_id": "invited_id"},
    "accept_for": {"match_id": "invited_id"},
    "decline": {"match_id": "invited_id"},
    "withdraw_invitation": {"match_id": "invited_id"},
    "check_in": {"match_id": "stay_id"},
    "check_out": {"match_id": "stay_id"},
    "concerns": {"match_id": "stay_id"},
    "handle_concern": {"match_id": "stay_id"},
    "judge_alike": {"other_id": "other_request_id"},
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
        asked = "?q=سلّة" if self.name.startswith("search_") else ""
        return self.path.format_map({**world.keys, **keys}) + asked


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
    service = {"name": "عيادة", "organisation": "جمعية الصحّة"}
    said: dict[str, dict[str, Any]] = {
        "add_service": service,
        "answer_referral": {"outcome": "helped"},
        "ask_for_call": {"phone": "0791234567", "consent_version": "1"},
        "change_service": service,
        "check_off": {"number": 1},
        "complete_request": {"household_size": 4},
        "judge_alike": {"found": "related"},
        "open_distribution": {
            "offer_id": world.keys["offer_id"],
            "title": "يوم السلال",
            "where": "المدرسة",
            "opens": starts.isoformat(timespec="seconds"),
            "closes": (starts + timedelta(hours=4)).isoformat(timespec="seconds"),
        },
        "raise_concern": {"body": "الباب لا يُقفل"},
        "refer_to_service": {"service_id": world.keys["service_id"]},
        "say_thanks": {"words": "شكرًا لكم"},
        "add_problem_idea": {"words": "مصباح شمسيّ"},
        "raise_problem": {"title": "ماء مقطوع"},
        "add_line": {"category": "blankets"},
        "change_line": {"quantity": 2, "when": "week"},
        "change_request": {"safe_hours": "مساءً"},
        "close_line": {"reason": "met_by_others"},
        "confirm_by_code": {"code": "x"},
        "did_not_happen": {"reason": "no_show"},
        "invite": {"offer_id": world.keys["offer_id"]},
        "join_line": {"days": 1},
        "log_contact": {"outcome": "no_answer"},
        "pause_offer": {"until": (timezone.now() + timedelta(days=3)).date().isoformat()},
        "post_offer": {"category": "blankets", "consent_version": "1"},
        "post_request": {
            "lines": [{"category": "blankets"}],
            "phone": "0791234567",
            "consent_version": "1",
        },
        "refer_line": {"where": "البلديّة"},
        "request_loan": {"first": (timezone.now() + timedelta(days=9)).date().isoformat(), "days": 1},
        "reveal": {"reason": "اتّصال بموعد التسليم"},
        "schedule": {
            "starts": starts.isoformat(timespec="seconds"),
            "ends": (starts + timedelta(hours=1)).isoformat(timespec="seconds"),
        },
        "track": pin,
        "track_add": {**pin, "line": {"category": "blankets"}},
        "track_change": {**pin, "change": {"safe_hours": "مساءً"}},
        "track_change_line": {**pin, "line_id": world.keys["line_id"], "quantity": 1, "when": "week"},
        "track_check_in": {**pin, "match_id": world.keys["match_id"]},
        "track_check_out": {**pin, "match_id": world.keys["match_id"]},
        "track_concern": {**pin, "match_id": world.keys["match_id"], "body": "لم يأتِ أحد"},
        "track_referral": {**pin, "referral_id": world.keys["referral_id"], "outcome": "helped"},
        "track_referrals": pin,
        "track_refuse": {**pin, "match_id": world.keys["match_id"]},
        "track_still_needed": {**pin, "line_id": world.keys["line_id"]},
        "track_thank": {**pin, "match_id": world.keys["match_id"], "words": "شكرًا لكم"},
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

"""Trying a door as one visitor, without leaving a trace."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.doors.world import World

#: Django's admin has its own permissions, tested with the rows it shows; files are public by nature; the doors for
#: programs open by tokens and have a table of their own.
BEYOND = ("admin:", "api:", "djdt:")
KEYS_OF_DOOR: dict[str, dict[str, str]] = {
    "circles:answer": {"session_id": "circle_session_id"},
    "circles:meeting": {"session_id": "circle_past_id"},
    "circles:message": {"message_id": "circle_message_id"},
    "circles:report": {"report_id": "circle_report_id"},
    "circles:seat": {"seat_id": "circle_seat_id"},
    "communities:answer_join": {"request_id": "join_id"},
    "communities:withdraw_invitation": {"invitation_id": "invitation_id"},
    "communities:open_text": {"notice_id": "text_id"},
    "communities:decide_unsure": {"notice_id": "text_id"},
    "communities:settle_text": {"notice_id": "text_id"},
    "needs:answer_invitation": {"match_id": "invited_id"},
    "needs:compare": {"other_id": "other_request_id"},
    "needs:settle_match": {"request_id": "other_request_id", "match_id": "invited_id"},
    "needs:round_invite": {"match_id": "proposed_id"},
}
FIXED = {
    "code": "food-parcel",
    "deed": "verify",
    "purpose": "help",
    "version": "1",
    "key": "x",
    "uidb36": "1",
    "kind": "csv",
    "row_number": "2",
    "pk": "1",
}
FIXED_OF_DOOR: dict[str, dict[str, str]] = {
    "catalogue:category": {"code": "own-thing"},
    "needs:offer_details": {"category": "food"},
    "needs:settle_match": {"verb": "withdraw"},
    "problems:member_deed": {"deed": "follow"},
    "problems:picture_deed": {"deed": "keep"},
    "problems:steer_deed": {"deed": "open"},
    "problems:step_deed": {"deed": "done"},
    "web:role": {"code": "aid"},
    "communities:settle_text": {"deed": "sent"},
    "places:area_deed": {"deed": "close"},
    "catalogue:category_deed": {"deed": "hide"},
    "communities:member_deed": {"deed": "verify"},
}


@dataclass(frozen=True)
class Door:
    """One address of the site."""

    name: str
    words: tuple[str, ...]

    def url(self, world: World) -> str:
        """The address, with what stands in the world put in."""
        kwargs = {}
        for word in self.words:
            key = KEYS_OF_DOOR.get(self.name, {}).get(word, word)
            kwargs[word] = FIXED_OF_DOOR.get(self.name, {}).get(word) or world.keys.get(key) or FIXED[word]
        return reverse(self.name, kwargs=kwargs)


def all_doors() -> list[Door]:
    """Every named address of the site, but for the admin's own."""
    found = {}
    for name, pattern in _walk(get_resolver()):
        if not name.startswith(BEYOND):
            found[name] = Door(name, tuple(pattern.pattern.regex.groupindex) + _outer(name))
    return [found[name] for name in sorted(found)]


def try_door(visitor: Client, *, method: str, url: str) -> Any:
    """Ask once, and take back whatever it did."""
    client = Client(raise_request_exception=True)
    client.cookies = copy.deepcopy(visitor.cookies)
    with transaction.atomic():
        answer = client.get(url) if method == "GET" else client.post(url, {})
        transaction.set_rollback(True)
    return answer


def let_in(answer: HttpResponse) -> bool:
    """Whether the visitor got past the door; what a form then says of its fields is another matter."""
    if answer.status_code in {301, 302, 303}:
        return "/accounts/login/" not in answer["Location"]
    return answer.status_code not in {401, 403, 404, 405}


def _walk(resolver: Any, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern, inner)
        elif pattern.name:
            yield f"{namespace}{pattern.name}", pattern


def _outer(name: str) -> tuple[str, ...]:
    """The words that an enclosing prefix adds."""
    if name in {"mfa_edit_webauthn", "mfa_remove_webauthn"}:
        return ("pk",)
    apps = (
        "communities:",
        "places:",
        "catalogue:",
        "directory:",
        "needs:",
        "library:",
        "circles:",
        "problems:",
    )
    prefixed = name.startswith(apps)
    return ("community",) if prefixed else ()

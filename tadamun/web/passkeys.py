"""Telling the owner of an account about its passkeys, and keeping it on the trail."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tadamun.foundation.notices import services as notices
from tadamun.foundation.notices.wording import register_wording
from tadamun.foundation.trail import services as trail

ADDED, REMOVED = "passkey_added", "passkey_removed"

register_wording(
    kind=f"web.{ADDED}",
    subject=_("A passkey was added to your account"),
    body=_("If it was not you, remove it under «Signing in», change your password and tell a coordinator."),
)
register_wording(
    kind=f"web.{REMOVED}",
    subject=_("A passkey was removed from your account"),
    body=_("If it was not you, change your password now and tell a coordinator."),
)


def tell_of_passkey(*, person: Any, verb: str, at: datetime) -> None:
    """Tell somebody that a passkey came to their account or went from it. Call it last in the transaction.

    :param verb: `ADDED` or `REMOVED`.
    """
    notices.tell(recipient=person, kind=f"web.{verb}", url=reverse("mfa_list_webauthn"), at=at)
    trail.record(
        scope="instance",
        verb=verb,
        thing="person",
        thing_id=person.public_id,
        actor=person.public_id,
        at=at,
    )

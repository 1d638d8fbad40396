"""«We call you»: a phone number is left, and what is needed is said on the phone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from tadamun.foundation.catalogue.errors import NoSuchCategory
from tadamun.foundation.catalogue.models import Category
from tadamun.foundation.catalogue.queries import category_of, open_categories
from tadamun.foundation.communities.models import Community
from tadamun.pillars.aid.needs.errors import NothingAsked, PhoneOrReasonNeeded
from tadamun.pillars.aid.needs.services.asking import Asked, post_request
from tadamun.pillars.aid.needs.services.details import AskDetails, LineDetails
from tadamun.pillars.aid.needs.vocabulary import Origin

UNTIL_CALLED = "advice"
"""Under which category the line waits until the call says what is needed: sensitive, so it shows nowhere."""


@transaction.atomic
def ask_for_call(
    *,
    community: Community,
    actor: Any,
    phone: str,
    at: datetime,
    name: str = "",
    safe_hours: str = "",
    language: str = "ar",
    consent_version: str = "",
) -> Asked:
    """Keep a request that says only whom to call and when; it waits to be sorted like any other.

    :param phone: E.164.
    :raises PhoneOrReasonNeeded: no phone is given.
    :raises NothingAsked: the community uses no category at all.
    """
    if not phone:
        raise PhoneOrReasonNeeded
    details = AskDetails(
        lines=(LineDetails(category=_until_called(community)),),
        origin=Origin.CALL_BACK,
        phone=phone,
        asker_name=name,
        safe_hours=safe_hours,
        language=language,
        consent_version=consent_version,
    )
    return post_request(community=community, actor=actor, details=details, at=at)


def _until_called(community: Community) -> Category:
    """The category of advice, or where it is hidden the first one in use."""
    try:
        return category_of(community=community, code=UNTIL_CALLED)
    except NoSuchCategory:
        first = next((card.code for card in open_categories(community=community)), "")
        if not first:
            raise NothingAsked from None
        return category_of(community=community, code=first)

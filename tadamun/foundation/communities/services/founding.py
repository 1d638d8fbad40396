"""Beginning a community."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from tadamun.foundation.communities.errors import (
    CentreNotOnTheGlobe,
    CommunityNameNeeded,
    NameTaken,
    RegionUnknown,
    SlugNotValid,
    SlugReserved,
)
from tadamun.foundation.communities.models import Community, Invitation
from tadamun.foundation.communities.services.inviting import keep_invitation
from tadamun.foundation.communities.vocabulary import RESERVED_SLUGS, Role
from tadamun.foundation.trail import services as trail
from tadamun.kernel.ids import new_token
from tadamun.kernel.regions import REGIONS
from tadamun.kernel.text import clean_line

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
SLUG_MOST = 40
FIRST_STEWARD_HAS = timedelta(days=7)


@transaction.atomic
def create_community(
    *,
    slug: str,
    name: str,
    region: str,
    at: datetime,
    latitude: float | None = None,
    longitude: float | None = None,
    is_demo: bool = False,
) -> Community:
    """Begin a community with its region's currency and clock; nobody belongs to it yet.

    :param slug: its short name in addresses: small Latin letters, digits and hyphens.
    :param region: two-letter code of the country.
    :raises SlugNotValid: the short name holds something else.
    :raises SlugReserved: it is a word of the site's own addresses.
    :raises CommunityNameNeeded: the name is empty.
    :raises RegionUnknown: no such country is known.
    :raises CentreNotOnTheGlobe: its middle lies nowhere.
    :raises NameTaken: another community has the short name.
    """
    if len(slug) > SLUG_MOST or not _SLUG.match(slug):
        raise SlugNotValid
    if slug in RESERVED_SLUGS:
        raise SlugReserved(slug=slug)
    words = clean_line(name)[:80]
    if not words:
        raise CommunityNameNeeded
    if region.upper() not in REGIONS:
        raise RegionUnknown(region=region[:8])
    require_on_the_globe(latitude, longitude)
    country = REGIONS[region.upper()]
    community = Community(
        slug=slug,
        name=words,
        region=country.code,
        currency=country.currency,
        time_zone=country.time_zone,
        latitude=latitude,
        longitude=longitude,
        is_demo=is_demo,
        created_at=at,
    )
    try:
        with transaction.atomic():
            community.save(force_insert=True)
    except IntegrityError:
        raise NameTaken(slug=slug) from None
    trail.record(
        scope=community.public_id,
        verb="community_created",
        thing="community",
        thing_id=community.public_id,
        data={"region": country.code},
        at=at,
    )
    return community


@transaction.atomic
def invite_first_steward(*, community: Community, at: datetime) -> tuple[Invitation, str]:
    """Make the one-time invitation by which a first steward comes in; for the one who runs the instance.

    :returns: the invitation and its token, which is shown once and never stored.
    """
    token = new_token()
    invitation = keep_invitation(
        community=community,
        token=token,
        role=Role.STEWARD,
        made_by=None,
        most_uses=1,
        valid_for=FIRST_STEWARD_HAS,
        at=at,
    )
    return invitation, token


def require_on_the_globe(latitude: float | None, longitude: float | None) -> None:
    """Both or neither, and within the degrees there are.

    :raises CentreNotOnTheGlobe: otherwise.
    """
    if latitude is None and longitude is None:
        return
    if latitude is None or longitude is None or not (abs(latitude) <= 90 and abs(longitude) <= 180):  # noqa: PLR2004
        raise CentreNotOnTheGlobe

"""How a community calls itself, where it is, whom one calls, and which parts it uses."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import datetime, time
from typing import Any
from zoneinfo import available_timezones

from django.db import transaction

from tadamun.foundation.communities.errors import (
    AppUnknown,
    CommunityNameNeeded,
    CurrencyUnknown,
    RegionUnknown,
    TimeZoneUnknown,
)
from tadamun.foundation.communities.models import Community
from tadamun.foundation.communities.policies import require, require_role
from tadamun.foundation.communities.services.founding import require_on_the_globe
from tadamun.foundation.communities.vocabulary import APPS, Role
from tadamun.foundation.people.models import Person
from tadamun.foundation.trail import services as trail
from tadamun.kernel.phones import read_phone
from tadamun.kernel.regions import REGIONS
from tadamun.kernel.text import clean_line

_CURRENCY = re.compile(r"[A-Z]{3}\Z")


@dataclass(frozen=True)
class CommunityFacts:
    """What a community says of itself."""

    name: str
    region: str
    currency: str
    time_zone: str
    welcome: str = ""
    shows_hijri: bool = False
    open_to_join: bool = True
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True)
class HelplineFacts:
    """Whom one calls, and when. Without a phone there is no helpline."""

    name: str = ""
    phone: str = ""
    opens: time | None = None
    closes: time | None = None


@transaction.atomic
def change_community(
    *, community: Community, actor: Person, facts: CommunityFacts, at: datetime
) -> Community:
    """Change what a community says of itself.

    :raises RoleNeeded: only stewards.
    :raises CommunityNameNeeded: the name is empty.
    :raises RegionUnknown: no such country is known.
    :raises CurrencyUnknown: not three capitals.
    :raises TimeZoneUnknown: the clock does not know it.
    :raises CentreNotOnTheGlobe: its middle lies nowhere.
    """
    name = clean_line(facts.name)[:80]
    require_role(person=actor, community=community, any_of=(Role.STEWARD,))
    require(bool(name), CommunityNameNeeded())
    require(facts.region in REGIONS, RegionUnknown(region=facts.region[:8]))
    require(bool(_CURRENCY.match(facts.currency)), CurrencyUnknown())
    require(facts.time_zone in available_timezones(), TimeZoneUnknown())
    require_on_the_globe(facts.latitude, facts.longitude)
    values = {field.name: getattr(facts, field.name) for field in fields(facts)}
    values |= {"name": name, "welcome": clean_line(facts.welcome)[:300]}
    return _write(community, actor, values, at)


@transaction.atomic
def change_helpline(*, community: Community, actor: Person, facts: HelplineFacts, at: datetime) -> Community:
    """Change whom one calls.

    :raises RoleNeeded: only stewards.
    :raises PhoneNotUnderstood: the number cannot be called.
    """
    require_role(person=actor, community=community, any_of=(Role.STEWARD,))
    phone = read_phone(facts.phone, region=community.region) if facts.phone.strip() else ""
    values = {
        "helpline_name": clean_line(facts.name)[:80] if phone else "",
        "helpline_phone": phone,
        "helpline_opens": facts.opens if phone else None,
        "helpline_closes": facts.closes if phone else None,
    }
    return _write(community, actor, values, at)


@transaction.atomic
def switch_apps(*, community: Community, actor: Person, in_use: Collection[str], at: datetime) -> Community:
    """Settle which parts of the software a community uses; what was written in the others stays.

    :param in_use: codes of the parts to use; all other known ones are switched off.
    :raises RoleNeeded: only stewards.
    :raises AppUnknown: there is no such part.
    """
    require_role(person=actor, community=community, any_of=(Role.STEWARD,))
    require(set(in_use) <= set(APPS), AppUnknown())
    return _write(community, actor, {"switched_off": sorted(set(APPS) - set(in_use))}, at)


def _write(community: Community, actor: Person, values: dict[str, Any], at: datetime) -> Community:
    """Store what differs, and say on the trail which fields, never what stands in them."""
    row = Community.objects.select_for_update(no_key=True).get(pk=community.pk)
    changed = sorted(name for name, value in values.items() if getattr(row, name) != value)
    for name, value in values.items():
        setattr(row, name, value)
        setattr(community, name, value)
    if changed:
        row.save(update_fields=changed)
        trail.record(
            scope=row.public_id,
            verb="settings_changed",
            thing="community",
            thing_id=row.public_id,
            actor=actor.public_id,
            data={"fields": changed},
            at=at,
        )
    return row

"""How the neighbourhood's month went: who asked, who was matched by hand or by the round, what arrived."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction

from tadamun.foundation.communities import queries as communities
from tadamun.foundation.communities import services as community_services
from tadamun.foundation.communities.policies import forget_roles
from tadamun.foundation.notices.services import mark_all_read
from tadamun.foundation.sealed import keyed_hash
from tadamun.kernel.errors import Missing
from tadamun.pillars.aid.needs import services
from tadamun.web.demo.calendar import Calendar, Strand
from tadamun.web.demo.circles import gather_circles
from tadamun.web.demo.directory import write_down
from tadamun.web.demo.fates import FATES
from tadamun.web.demo.keys import GUEST_NUMBER, GUEST_PIN, SLUG
from tadamun.web.demo.library import fill_shelves, lend
from tadamun.web.demo.offers import GIVEN, Given, give
from tadamun.web.demo.people import AREAS, gather, lay_out_areas
from tadamun.web.demo.problems import problems_of
from tadamun.web.demo.requests import GUEST, WANTED, Wanted, ask
from tadamun.web.demo.rounds import round_of

BEGAN_DAYS_AGO = 37
LISTED_DAYS_AGO = 33
ROUND_DAYS_AGO = 3.9
READ_DAYS_AGO = 1.5
SHARED_DAYS_AGO = 25
LENT_DAYS_AGO = 2


@dataclass
class Neighbourhood:
    """The demonstration while it is being told."""

    community: Any
    calendar: Calendar
    people: dict[str, Any]
    areas: dict[str, Any]
    offers: dict[str, Any] = field(default_factory=dict)
    services: dict[str, str] = field(default_factory=dict)
    requests: dict[int, Any] = field(default_factory=dict)

    @property
    def coordinator(self) -> Any:
        """Whoever sorts and invites."""
        return self.people["hind"]

    @property
    def today(self) -> date:
        """Today in the neighbourhood."""
        return self.calendar.now.astimezone(self.calendar.zone).date()


def is_loaded() -> bool:
    """Whether the demonstration stands already."""
    try:
        return communities.community_of(slug=SLUG).is_demo
    except Missing:
        return False


@transaction.atomic
def load(*, at: datetime) -> bool:
    """Tell the story up to `at`; a second time does nothing. Returns whether it was told now."""
    if is_loaded():
        return False
    here = _begin(at)
    for one in GIVEN:
        here.calendar.begin(_giving(here, one))
    for number, wanted in enumerate(WANTED):
        here.calendar.begin(_asking(here, number, wanted))
    here.calendar.begin(_listing(here))
    here.calendar.begin(_sharing(here))
    for told in problems_of(here):
        here.calendar.begin(told)
    here.calendar.begin(round_of(here, days_ago=ROUND_DAYS_AGO))
    here.calendar.begin(_reading(here))
    here.calendar.begin(_circling(here))
    here.calendar.run()
    for person in here.people.values():
        forget_roles(person=person)
    return True


def _begin(at: datetime) -> Neighbourhood:
    """The community with its people, areas, helpline and rule."""
    founded = at - timedelta(days=BEGAN_DAYS_AGO)
    _, latitude, longitude = AREAS["market"]
    community = community_services.create_community(
        slug=SLUG,
        name="حيّ الزيتون",
        region="JO",
        latitude=latitude,
        longitude=longitude,
        is_demo=True,
        at=founded,
    )
    people = gather(community=community, at=founded)
    steward, settled = people["nawal"], founded + timedelta(days=2)
    hours = community_services.HelplineFacts(
        name="هند أو رامي", phone="+962790000100", opens=time(9), closes=time(21)
    )
    community_services.change_helpline(community=community, actor=steward, facts=hours, at=settled)
    facts = community_services.CommunityFacts(
        name=community.name,
        region=community.region,
        currency=community.currency,
        time_zone=community.time_zone,
        welcome="هنا يسند الجيران بعضهم بعضًا: نطلب حين نحتاج، ونعطي ما نستطيع، ونقرّر معًا.",
        latitude=latitude,
        longitude=longitude,
    )
    community_services.change_community(community=community, actor=steward, facts=facts, at=settled)
    services.change_policy(community=community, actor=steward, at=settled, invitation_hours=72)
    calendar = Calendar(now=at, zone=community.time_zone)
    return Neighbourhood(community, calendar, people, lay_out_areas(community=community))


def _listing(here: Neighbourhood) -> Strand:
    """The directory is filled in the first week."""
    at = yield here.calendar.ago(LISTED_DAYS_AGO)
    here.services = write_down(community=here.community, areas=here.areas, actor=here.coordinator, at=at)


def _sharing(here: Neighbourhood) -> Strand:
    """The library opens in the second week; two days ago a ladder and a wheelchair went out."""
    given = {"community": here.community, "people": here.people, "actor": here.coordinator}
    at = yield here.calendar.ago(SHARED_DAYS_AGO)
    items = fill_shelves(**given, at=at)
    at = yield here.calendar.ago(LENT_DAYS_AGO)
    lend(**given, items=items, at=at)


def _circling(here: Neighbourhood) -> Strand:
    """Circles have met for three weeks."""
    at = yield here.calendar.ago(20)
    gather_circles(community=here.community, people=here.people, began=at, now=here.calendar.now)


def _giving(here: Neighbourhood, one: Given) -> Strand:
    at = yield here.calendar.ago(one.days)
    actor = here.people[one.giver] if one.giver else GUEST
    here.offers[one.key] = give(
        one=one, community=here.community, areas=here.areas, actor=actor, today=here.today, at=at
    )


def _asking(here: Neighbourhood, number: int, wanted: Wanted) -> Strand:
    at = yield here.calendar.ago(wanted.days)
    asked = ask(one=wanted, community=here.community, areas=here.areas, people=here.people, at=at)
    here.requests[number] = asked.request
    if asked.request.number == GUEST_NUMBER:
        _settle_pin(asked.request)
    yield from FATES[wanted.fate](here, wanted, asked.request, at)


def _settle_pin(request: Any) -> None:
    """The one request whose PIN everybody may know, as `./run` prints it."""
    request.pin_hash = keyed_hash(f"{request.public_id}:{GUEST_PIN}", purpose="pin")
    request.save(update_fields=["pin_hash"])


def _reading(here: Neighbourhood) -> Strand:
    """Everybody has read what is older than a day and a half."""
    at = yield here.calendar.ago(READ_DAYS_AGO)
    for person in here.people.values():
        mark_all_read(person=person, at=at)

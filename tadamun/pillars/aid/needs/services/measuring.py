"""Many needs at once, for measuring the site under load: rows as asking and sorting would leave them.

Only an instance made for measuring is filled so; nothing of it stands on the trail.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from tadamun.foundation.catalogue.models import Category
from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.queries import phone_hash
from tadamun.foundation.places.models import Area
from tadamun.foundation.places.services import keep_place
from tadamun.foundation.sealed import keyed_hash
from tadamun.pillars.aid.needs.models import NeedLine, Request, RequestCounter
from tadamun.pillars.aid.needs.vocabulary import CloseReason, LineState, Tier, TierReason, When

BATCH = 1_000
SHARES = {LineState.OPEN: 55, LineState.TRIAGE: 5, LineState.MET: 30, LineState.CLOSED: 10}
"""How many of a hundred lines stand where, in a community that has been at work for a year."""
_KINDS = (
    "food-parcel",
    "cooked-meal",
    "infant-formula",
    "nappies",
    "medicine",
    "ride",
    "blankets",
    "tutoring",
)


@transaction.atomic
def fill_with_needs(
    *, community: Community, areas: Sequence[Area], number: int, at: datetime, seed: int = 0
) -> list[tuple[str, str]]:
    """Put in so many guests' requests with one line each; public id and category of those that are open."""
    draw = random.Random(seed)  # noqa: S311  # a bench has to be repeatable, not secret
    categories = list(Category.objects.filter(community=None, code__in=_KINDS))
    places = [keep_place(area=area, address="شارع الزيتون، بناء ٧") for area in areas for _ in range(20)]
    pin_hash, counter = keyed_hash("nobody", purpose="pin"), _counter(community)
    opened: list[tuple[str, str]] = []
    for start in range(0, number, BATCH):
        ages = sorted((draw.uniform(0, 365) for _ in range(min(BATCH, number - start))), reverse=True)
        phones = [f"+96279{start + place:07d}" for place in range(len(ages))]
        requests = Request.objects.bulk_create(
            Request(
                community=community,
                number=counter.last + start + place + 1,
                asker_name=f"أسرة {start + place}",
                phone=phones[place],
                phone_hash=phone_hash(phone=phones[place]),
                household_size=draw.randint(1, 9),
                place=draw.choice(places),
                pin_hash=pin_hash,
                shows_in_public=draw.random() < 0.5,  # noqa: PLR2004
                asked_at=at - timedelta(days=age),
            )
            for place, age in enumerate(ages)
        )
        lines = [_line(request, draw.choice(categories), draw, at=at) for request in requests]
        NeedLine.objects.bulk_create(lines)
        opened += [(line.public_id, line.category.code) for line in lines if line.state == LineState.OPEN]
    RequestCounter.objects.filter(pk=counter.pk).update(last=counter.last + number)
    return opened


def _counter(community: Community) -> RequestCounter:
    RequestCounter.objects.get_or_create(community=community)
    return RequestCounter.objects.select_for_update().get(community=community)


def _line(request: Request, category: Category, draw: random.Random, *, at: datetime) -> NeedLine:
    (state,) = draw.choices(list(SHARES), weights=list(SHARES.values()))
    sorted_out = state in (LineState.OPEN, LineState.MET)
    done = 1 if state == LineState.MET else 0
    return NeedLine(
        request=request,
        community=request.community,
        category=category,
        quantity=1,
        reserved=done,
        promised=done,
        delivered=done,
        when=When.ANY,
        state=state,
        tier=draw.choice(list(Tier)) if sorted_out else None,
        tier_reason=TierReason.ORDINARY if sorted_out else "",
        waiting_since=request.asked_at,
        met_at=at if done else None,
        closed_at=at if state == LineState.CLOSED else None,
        close_reason=CloseReason.WITHDRAWN if state == LineState.CLOSED else "",
    )

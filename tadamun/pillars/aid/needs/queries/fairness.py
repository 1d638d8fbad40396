"""How fairly needs fared by area and by category, for coordinators and auditors; and the rule of the nudge."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import chain
from typing import Any, TypeVar

from django.db.models import F
from django.db.models.functions import Coalesce

from tadamun.foundation.catalogue.queries import cards_by_id
from tadamun.foundation.communities.errors import RoleNeeded
from tadamun.foundation.communities.models import Community
from tadamun.foundation.communities.policies import require
from tadamun.foundation.places.models import Area
from tadamun.pillars.aid.needs import policies
from tadamun.pillars.aid.needs.cards import Fairness, Fared
from tadamun.pillars.aid.needs.models import NeedLine
from tadamun.pillars.aid.needs.queries.rounds import SHOWN_FROM
from tadamun.pillars.aid.needs.vocabulary import CloseReason, LineState

SPANS: dict[str, int | None] = {"30": 30, "90": 90, "all": None}
"""The spans that pages and programs offer, in days; None: since the beginning."""

Key = TypeVar("Key")
HALF, NINE_IN_TEN = 50, 90
_COUNTS = ("asked", "met", "part_met", "still_open", "ended")


@dataclass(slots=True)
class _Tally:
    """What is counted of some lines."""

    asked: int = 0
    met: int = 0
    part_met: int = 0
    still_open: int = 0
    ended: int = 0
    requested: int = 0
    delivered: int = 0
    waits: list[float] = field(default_factory=list)

    def add(self, other: _Tally) -> None:
        for name in (*_COUNTS, "requested", "delivered"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.waits += other.waits


def fairness(*, community: Community, viewer: Any, at: datetime, days: int | None) -> Fairness:
    """How the lines fared that came in within the last so many days, or ever.

    Left out are confidential places, money (which the fund gives, not the board) and what was closed as a duplicate.
    An area or category of fewer than eleven lines says how many, and nothing else; where that would follow from the
    total, the next smallest keeps its counts back too.

    :raises RoleNeeded: the viewer neither coordinates nor audits here.
    """
    allowed = policies.may_coordinate(person=viewer, community=community) or policies.may_audit(
        person=viewer, community=community
    )
    require(allowed, RoleNeeded(roles=["coordinator", "auditor"]))
    tallies = _tallies(community, at=at, days=days)
    by_area = _together((area, tally) for (area, _), tally in tallies.items())
    by_category = _together((category, tally) for (_, category), tally in tallies.items())
    whole = _together(("", tally) for tally in tallies.values()).get("", _Tally())
    slow = waiting_twice(
        waits={area: tally.waits for area, tally in by_area.items() if area is not None}, least=SHOWN_FROM
    )
    quiet_areas, quiet_categories = _kept_back(by_area), _kept_back(by_category)
    named = Area.objects.in_bulk([area for area in by_area if area is not None])
    kinds = cards_by_id(ids=by_category)
    return Fairness(
        areas=_longest_first(
            _fared(
                tally,
                key=named[area].public_id if area is not None else "",
                name=named[area].name if area is not None else "",
                elsewhere=None if area is None else slow.get(area),
                kept_back=area in quiet_areas,
            )
            for area, tally in by_area.items()
        ),
        categories=_longest_first(
            _fared(
                tally,
                key=kinds[category].code,
                name=kinds[category].name,
                kept_back=category in quiet_categories,
            )
            for category, tally in by_category.items()
        ),
        whole=_fared(whole),
    )


def waiting_twice(*, waits: Mapping[Key, Collection[float]], least: int = 1) -> dict[Key, float]:
    """The areas whose median wait is at least twice that of all others together, each with the median of the others.

    The median and not the mean: one line that nobody could meet for months would move the mean of its area, and of
    all others when they are the rest; it says nothing of how long the neighbours wait.

    :param waits: waits by area, in one unit.
    :param least: how many of them an area, and the others together, must have to be compared.
    """
    everything = sorted(chain.from_iterable(waits.values()))
    found = {}
    for area, several in waits.items():
        others = len(everything) - len(several)
        if len(several) < least or others < max(least, 1):
            continue
        own = sorted(several)
        elsewhere = _median_without(own, everything=everything)
        if waited_at_most(own, percent=HALF) >= 2 * elsewhere > 0:
            found[area] = elsewhere
    return found


def waited_at_most(ordered: Sequence[float], *, percent: int) -> float:
    """The shortest of some waits, in order, that at least so many of a hundred do not exceed."""
    return ordered[_rank(len(ordered), percent=percent) - 1]


def _rank(count: int, *, percent: int) -> int:
    return max(-(-count * percent // 100), 1)


def _median_without(several: Sequence[float], *, everything: Sequence[float]) -> float:
    """The median of everything but `several`, both in order: found by counting, as to sort the rest anew for each
    area would take long."""
    rank = _rank(len(everything) - len(several), percent=HALF)
    place = bisect_left(
        everything, rank, key=lambda wait: bisect_right(everything, wait) - bisect_right(several, wait)
    )
    return everything[place]


def _tallies(community: Community, *, at: datetime, days: int | None) -> dict[tuple[int | None, int], _Tally]:
    """The lines counted by area and main category, in one pass."""
    lines = (
        NeedLine.objects.filter(community=community, category__is_money=False, waiting_since__lte=at)
        .exclude(request__place__confidential=True)
        .exclude(close_reason=CloseReason.DUPLICATE)
    )
    if days is not None:
        lines = lines.filter(waiting_since__gte=at - timedelta(days=days))
    rows = lines.annotate(main=Coalesce(F("category__parent_id"), F("category_id"))).values_list(
        "request__place__area_id", "main", "state", "quantity", "delivered", "waiting_since", "met_at"
    )
    tallies: dict[tuple[int | None, int], _Tally] = {}
    for area, main, state, quantity, delivered, since, met_at in rows:
        tally = tallies.get((area, main))
        if tally is None:
            tally = tallies[area, main] = _Tally()
        tally.asked += 1
        tally.requested += quantity
        tally.delivered += delivered
        if state == LineState.MET:
            tally.met += 1
        elif delivered:
            tally.part_met += 1
        elif state == LineState.CLOSED:
            tally.ended += 1
        else:
            tally.still_open += 1
        if state != LineState.CLOSED:
            tally.waits.append(max((met_at or at) - since, timedelta()).total_seconds() / 3600)
    return tallies


def _together(pairs: Iterable[tuple[Key, _Tally]]) -> dict[Key, _Tally]:
    found: dict[Key, _Tally] = {}
    for key, tally in pairs:
        found.setdefault(key, _Tally()).add(tally)
    return found


def _kept_back(tallies: Mapping[Key, _Tally]) -> set[Key]:
    return secondary({key: tally.asked for key, tally in tallies.items()}, least=SHOWN_FROM)


def secondary(sizes: Mapping[Key, int], *, least: int) -> set[Key]:
    """Which groups hide their counts besides those under `least`: else total less what is shown would tell of them.

    Smallest first, until what is hidden is two groups at least and, taken together, not under `least` itself.

    :param sizes: how many lines each group has; all of them make up the total that is shown.
    """
    hidden = [size for size in sizes.values() if size < least]
    if not hidden:
        return set()
    added = set()
    for key in sorted((key for key in sizes if sizes[key] >= least), key=lambda key: (sizes[key], str(key))):
        if len(hidden) > 1 and sum(hidden) >= least:
            break
        hidden.append(sizes[key])
        added.add(key)
    return added


def _fared(
    tally: _Tally, *, key: str = "", name: str = "", elsewhere: float | None = None, kept_back: bool = False
) -> Fared:
    if tally.asked < SHOWN_FROM:
        return Fared(key=key, name=name, asked=tally.asked)
    ordered = sorted(tally.waits)
    known = len(ordered) >= SHOWN_FROM
    half = waited_at_most(ordered, percent=HALF) if known else None
    most = waited_at_most(ordered, percent=NINE_IN_TEN) if known else None
    # Medians do not add up, so they tell nothing of the rest; nor is an area that waits too long passed over.
    card = Fared(
        key=key, name=name, asked=tally.asked, half=half, most=most, elsewhere=elsewhere, kept_back=kept_back
    )
    if kept_back:
        return card
    counts = {count: getattr(tally, count) for count in _COUNTS}
    return replace(card, share=tally.delivered / tally.requested, **counts)


def _longest_first(rows: Iterable[Fared]) -> tuple[Fared, ...]:
    return tuple(sorted(rows, key=lambda row: (row.few, -(row.half or 0.0), row.name)))

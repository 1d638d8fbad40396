"""How many a problem affects, by area; areas with few are put together, so that nobody can be guessed."""

from __future__ import annotations

from django.db.models import Count

from tadamun.foundation.places.models import Area
from tadamun.pillars.support.problems.cards import AreaCount
from tadamun.pillars.support.problems.models import Problem
from tadamun.pillars.support.problems.vocabulary import AREA_SHOWN_FROM


def counted_by_area(*, problem: Problem) -> tuple[AreaCount, ...]:
    """Areas from eleven up, the largest first, and the rest under no name.

    While the rest is under eleven itself, the smallest named area goes into it: else the rest would say what was
    left out. Where no area is named there is nothing to tell but the number of all.
    """
    found = problem.affected.values("area").annotate(many=Count("pk")).order_by("-many", "area")
    counts = [(row["area"], row["many"]) for row in found]
    shown = [(key, many) for key, many in counts if key is not None and many >= AREA_SHOWN_FROM]
    rest = sum(many for _, many in counts) - sum(many for _, many in shown)
    while shown and 0 < rest < AREA_SHOWN_FROM:
        rest += shown.pop()[1]
    if not shown:
        return ()
    names = dict(Area.objects.filter(pk__in=[key for key, _ in shown]).values_list("pk", "name"))
    rows = [AreaCount(names[key], many) for key, many in shown]
    return (*rows, *([AreaCount("", rest)] if rest else []))

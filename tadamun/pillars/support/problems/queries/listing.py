"""The list of problems, those that are like what somebody is about to write, and those that a search finds."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, QuerySet

from tadamun.foundation.communities.models import Community
from tadamun.kernel.arabic import analyser
from tadamun.pillars.support.problems import policies
from tadamun.pillars.support.problems.cards import ProblemRow
from tadamun.pillars.support.problems.models import Problem
from tadamun.pillars.support.problems.vocabulary import OPEN, SETTLED, SIMILAR_MOST, ProblemState

PAGE = 20
LOOKED_AT_MOST = 1000
FOUND_MOST = 20
LIKE_FROM = 0.34
"""From which share of the words of a title on, rare words counting more, another problem is shown as like it."""
SAME_AREA, SAME_KIND = 0.1, 0.15
ICON = "hand-stop"


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for; what is empty narrows nothing."""

    text: str = ""
    area: str = ""
    """Public id of an area of the community."""
    settled: bool = False
    mine: bool = False
    """Those that the viewer follows."""


def problem_page(
    *, community: Community, viewer: Any, wanted: Wanted, number: int | str = 1
) -> Page[ProblemRow]:
    """One page of the problems that the viewer may see and that fit, those that affect most first."""
    rows = seen(community=community, viewer=viewer)
    rows = rows.filter(state__in=SETTLED if wanted.settled else OPEN)
    if wanted.area:
        rows = rows.filter(area__public_id=wanted.area)
    if wanted.mine and getattr(viewer, "is_authenticated", False):
        rows = rows.filter(followers__person=viewer)
    if wanted.text:
        rows = rows.filter(pk__in=_keys_found(rows, wanted.text))
    if wanted.settled:
        rows = rows.order_by(F("settled_at").desc(), "-pk")
    else:
        rows = rows.order_by("-many", "-raised_at", "-pk")
    page: Page[Any] = Paginator(rows, PAGE).get_page(number)
    page.object_list = [row_card(row) for row in page.object_list]
    return page


def problems_in_parts(
    *, community: Community, viewer: Any, most: int, before: int | None = None
) -> list[tuple[int, ProblemRow]]:
    """So many problems that the viewer may see, the last raised first, each with the key of its row: for programs."""
    rows = seen(community=community, viewer=viewer).order_by("-pk")
    rows = rows.filter(pk__lt=before) if before is not None else rows
    return [(row.pk, row_card(row)) for row in rows[:most]]


def found_problems(*, community: Community, viewer: Any, text: str) -> list[ProblemRow]:
    """Problems that answer all words of a text, the newest first."""
    rows = seen(community=community, viewer=viewer)
    return [row_card(row) for row in rows.filter(pk__in=_keys_found(rows, text)).order_by("-pk")[:FOUND_MOST]]


def similar_problems(
    *, community: Community, viewer: Any, title: str, area: str = "", category: str = "", but: str = ""
) -> list[ProblemRow]:
    """Problems like a title, the likest first: shared words count by how rare they are, then area and kind.

    :param area: public id of an area.
    :param category: code of a category.
    :param but: public id of the problem itself, where it stands already.
    """
    query = analyser().query(title)
    rows = seen(community=community, viewer=viewer).exclude(public_id=but)
    rows = rows.exclude(state=ProblemState.SET_ASIDE).order_by("-pk")[:LOOKED_AT_MOST]
    known = [(row, frozenset(row.words.split())) for row in rows]
    weights = [_weight(word.any_of, [tokens for _, tokens in known]) for word in query.words]
    whole = sum(weights)
    scored: list[tuple[float, int, Problem]] = []
    for row, tokens in known:
        said = zip(query.words, weights, strict=True)
        shared = sum(weight for word, weight in said if tokens.intersection(word.any_of))
        if not whole or not shared:
            continue
        same_area = bool(area) and row.area is not None and row.area.public_id == area
        same_kind = bool(category) and row.category is not None and row.category.code == category
        score = shared / whole + SAME_AREA * same_area + SAME_KIND * same_kind
        if score >= LIKE_FROM:
            scored.append((score, row.pk, row))
    scored.sort(key=lambda one: (-one[0], -one[1]))
    return [row_card(row) for _, _, row in scored[:SIMILAR_MOST]]


def seen(*, community: Community, viewer: Any) -> QuerySet[Problem]:
    """The rows that a viewer may see: members all, others those that were opened; each with `many`, whom it affects."""
    rows = Problem.objects.filter(community=community, merged_into__isnull=True)
    if not policies.is_member(person=viewer, community=community):
        rows = rows.filter(opened_at__isnull=False)
    return rows.select_related("area", "category").annotate(many=Count("affected", distinct=True))


def row_card(row: Any) -> ProblemRow:
    """A row of `seen` as a list shows it."""
    return ProblemRow(
        public_id=row.public_id,
        title=row.title,
        area=row.area.name if row.area else "",
        icon=row.category.icon if row.category else ICON,
        state=ProblemState(row.state),
        affected=row.many,
        raised_at=row.raised_at,
    )


def _keys_found(rows: QuerySet[Problem], text: str) -> list[int]:
    query = analyser().query(text[:200])
    known = rows.order_by("-pk").values_list("pk", "words")[:LOOKED_AT_MOST]
    return [key for key, words in known if analyser().finds(query, tokens=frozenset(words.split()))]


def _weight(any_of: Iterable[str], known: list[frozenset[str]]) -> float:
    """How much a word tells: the fewer problems say it, the more."""
    asked = frozenset(any_of)
    return math.log(1 + (len(known) + 1) / (1 + sum(1 for tokens in known if tokens & asked)))

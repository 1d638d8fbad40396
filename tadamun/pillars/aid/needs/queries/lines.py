"""Rows to cards: the one place that decides what of a line is shown."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, QuerySet

from tadamun.foundation.catalogue.queries import name_among, name_of
from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Person
from tadamun.pillars.aid.needs.cards import UNSAID, LineCard
from tadamun.pillars.aid.needs.models import Match, NeedLine, Offer, Request
from tadamun.pillars.aid.needs.wording import word_for

_COLUMNS = (
    *("pk", "public_id", "quantity", "reserved", "promised", "delivered", "state", "close_reason", "when"),
    *("until_at", "tier", "tier_reason", "waiting_since", "asks_for_call"),
    "amount_unsaid",
    *("request__public_id", "request__number", "request__place__confidential", "request__place__area__name"),
    *("category__code", "category__name_ar", "category__name_en", "category__name_fr", "category__icon"),
    *("category__unit", "category__is_money", "category__sensitive", "category__whole"),
)
"""What a `LineCard` is made of."""
_AS_THEY_ARE = _COLUMNS[1:14]
_CALL_ICON = "phone-call"


def with_relations(lines: QuerySet[NeedLine]) -> QuerySet[NeedLine]:
    """Lines with all that a card needs, in one query."""
    return lines.select_related("category", "request__place__area", "request__owner", "community")


def cards_with_keys(
    lines: QuerySet[NeedLine], *, community: Community, most: int
) -> list[tuple[int, LineCard]]:
    """The cards of the first lines of one community, each with its row's key; what is sealed is not read.

    Read as columns: as objects, twenty lines with what belongs to them are a hundred, and take three times as long.
    """
    return [(row["pk"], _card_of_columns(row, community)) for row in lines.values(*_COLUMNS)[:most]]


def _card_of_columns(row: dict[str, Any], community: Community) -> LineCard:
    is_money = row["category__is_money"]
    names = {language: row[f"category__name_{language}"] for language in ("ar", "en", "fr")}
    return LineCard(
        request_id=row["request__public_id"],
        request_number=row["request__number"],
        category_code=row["category__code"],
        category=_call() if row["asks_for_call"] else name_among(names),
        icon=_CALL_ICON if row["asks_for_call"] else row["category__icon"],
        unit=_unit(community.currency if is_money else row["category__unit"], unsaid=row["amount_unsaid"]),
        area=_shown_area(row["request__place__area__name"], confidential=row["request__place__confidential"]),
        sensitive=row["category__sensitive"],
        is_money=is_money,
        is_stay=row["category__whole"],
        **{name: row[name] for name in _AS_THEY_ARE},
    )


def line_card(line: NeedLine) -> LineCard:
    """One line, without anything that says whose it is."""
    request = line.request
    return LineCard(
        public_id=line.public_id,
        request_id=request.public_id,
        request_number=request.number,
        category_code=line.category.code,
        category=what_of(line),
        icon=icon_of(line),
        # Money is counted in the community's currency.
        unit=_unit(
            line.community.currency if line.category.is_money else line.category.unit,
            unsaid=line.amount_unsaid,
        ),
        quantity=line.quantity,
        reserved=line.reserved,
        promised=line.promised,
        delivered=line.delivered,
        state=line.state,
        close_reason=line.close_reason,
        when=line.when,
        until_at=line.until_at,
        tier=line.tier,
        tier_reason=line.tier_reason,
        waiting_since=line.waiting_since,
        area=area_of(request),
        sensitive=line.category.sensitive,
        is_money=line.category.is_money,
        is_stay=line.category.whole,
        asks_for_call=line.asks_for_call,
    )


def what_of(line: NeedLine) -> str:
    """What is asked for, in the viewer's language: a category, or as long as nothing else was said a call."""
    return _call() if line.asks_for_call else name_of(category=line.category)


def icon_of(line: NeedLine) -> str:
    """The icon of what is asked for."""
    return _CALL_ICON if line.asks_for_call else line.category.icon


def _unit(unit: str, *, unsaid: bool) -> str:
    return UNSAID if unsaid else unit


def _call() -> str:
    return word_for(kind="asks_for", code="call")


def asked_again(lines: Iterable[NeedLine]) -> dict[int, tuple[int, datetime]]:
    """How often, and when last, a call that waits was asked for once more, by the key of its request."""
    waiting = {line.request_id for line in lines if line.asks_for_call}
    if not waiting:
        return {}
    repeats = Request.objects.filter(repeats__in=waiting).values("repeats")
    counted = repeats.annotate(times=Count("pk"), last=Max("asked_at"))
    return {row["repeats"]: (row["times"], row["last"]) for row in counted}


def area_of(request: Request) -> str:
    """The area's name; empty where the place is confidential or unknown."""
    place = request.place
    if place is None or place.area is None:
        return ""
    return _shown_area(place.area.name, confidential=place.confidential)


def _shown_area(name: str | None, *, confidential: bool | None) -> str:
    return "" if confidential or name is None else name


def giver_name(offer: Offer) -> str:
    """What coordinators call the giver."""
    return offer.giver_name or (offer.giver.name if offer.giver else "")


def short_name(person: Person | None) -> str:
    """The first name: all that another side ever reads of a person in passing."""
    return person.first_name if person else ""


def stay_of(match: Match) -> dict[str, Any]:
    """The four moments of a stay, for a match about nights; empty for any other."""
    if not match.line.category.whole:
        return {}
    stay = getattr(match, "stay", None)
    names = ("guest_in_at", "host_in_at", "guest_out_at", "host_out_at")
    return {name: getattr(stay, name, None) for name in names}

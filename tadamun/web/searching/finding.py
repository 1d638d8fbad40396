"""One query in one community: what the viewer may see of what the index, the catalogue and the help page hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from tadamun.foundation.catalogue.queries import names_in_every_language, open_categories
from tadamun.foundation.communities import queries as communities
from tadamun.foundation.communities.cards import MemberCard
from tadamun.foundation.communities.models import Community
from tadamun.foundation.communities.policies import is_member, may_coordinate, may_steward
from tadamun.foundation.people.queries import phone_hash
from tadamun.foundation.search import queries as index
from tadamun.foundation.search.cards import Found
from tadamun.foundation.search.vocabulary import Audience, Kind, only
from tadamun.kernel.arabic import Query, analyser, joined
from tadamun.kernel.phones import PhoneNotUnderstood, read_phone
from tadamun.pillars.aid.needs import queries as needs
from tadamun.pillars.aid.needs.cards import FoundOffer, FoundRequest
from tadamun.pillars.support.library import queries as library
from tadamun.pillars.support.library.cards import ItemRow
from tadamun.pillars.support.problems import queries as problems
from tadamun.pillars.support.problems.cards import ProblemRow
from tadamun.web.navigation import address_of
from tadamun.web.searching.help_sections import help_sections
from tadamun.web.searching.marking import Part, marked_name, marked_text

_PHONE_DIGITS_LEAST = 6
_SHOWN = 20
_SHORT_TEXT = 160
_GROUP_OF = {Kind.REQUEST: "requests", Kind.OFFER: "offers", Kind.MEMBER: "people"}
EVERY_AUDIENCE = (Audience.COORDINATORS.value, Audience.LEADERS.value)
"""What leaders belong to: for the terminal, which shows ids only."""


@dataclass(frozen=True)
class Row:
    """One thing found: where it is, and what it says, with the words marked that answer."""

    url: str
    icon: str
    title: tuple[Part, ...]
    text: tuple[Part, ...] = ()
    number: int | None = None
    at: Any = None


@dataclass(frozen=True)
class Group:
    """What was found of one kind, newest first, and whether there is more of it."""

    code: str
    rows: tuple[Row, ...]
    more: bool = False


@dataclass(frozen=True)
class Results:
    """What was found; groups without any row are left out."""

    groups: tuple[Group, ...] = ()

    @property
    def count(self) -> int:
        """How many things are shown."""
        return sum(len(group.rows) for group in self.groups)


def audiences_of(*, viewer: Any, community: Community) -> tuple[str, ...]:
    """What the viewer belongs to, for the index; nobody outside the community belongs to anything."""
    if not is_member(person=viewer, community=community):
        return ()
    coordinates = may_coordinate(person=viewer, community=community)
    leads = coordinates or may_steward(person=viewer, community=community)
    return (
        only(viewer.pk),
        *([Audience.COORDINATORS.value] if coordinates else []),
        *([Audience.LEADERS.value] if leads else []),
    )


def search(*, community: Community, viewer: Any, text: str) -> Results:
    """Everything in the community that answers all words of a text, for this viewer.

    Requests and offers are found by their words, their number or the whole phone number; people by name or phone.
    """
    asked = index.asked_for(text, scope=community.pk)
    query = joined(asked)
    found = search_index(
        community=community,
        audiences=audiences_of(viewer=viewer, community=community),
        text=text,
        kinds=tuple(Kind) if community.has_on("needs") else (Kind.MEMBER,),
        asked=asked,
    )
    ids = {kind: [hit.about for hit in each.hits] for kind, each in found.items()}
    rows: dict[str, list[Row]] = {}
    if community.has_on("needs"):
        requests = needs.found_requests(community=community, viewer=viewer, ids=ids[Kind.REQUEST])
        offers = needs.found_offers(community=community, viewer=viewer, ids=ids[Kind.OFFER])
        rows["requests"] = [_request(card, community, query) for card in requests]
        rows["offers"] = [_offer(card, community, query) for card in offers]
    members = communities.found_members(
        community=community,
        viewer=viewer,
        person_ids=ids[Kind.MEMBER],
        phone=_phone(text, region=community.region),
    )
    rows["people"] = [_member(card, community, text) for card in members]
    if community.has_on("library"):
        shared = library.found_items(community=community, viewer=viewer, text=text)
        rows["library"] = [_shared(card, community, joined(asked)) for card in shared]
    if community.has_on("problems"):
        common = problems.found_problems(community=community, viewer=viewer, text=text)
        rows["problems"] = [_problem(card, community, joined(asked)) for card in common]
    rows["categories"] = _categories(community, asked)
    rows["help"] = _help(asked)
    more = {_GROUP_OF[kind] for kind, each in found.items() if each.more}
    groups = (Group(code, tuple(some), code in more) for code, some in rows.items() if some)
    return Results(tuple(groups))


def search_index(
    *,
    community: Community,
    audiences: Sequence[str],
    text: str,
    kinds: Sequence[Kind],
    limit: int = _SHOWN,
    asked: Sequence[Query] | None = None,
) -> dict[Kind, Found]:
    """What the index holds for audiences: people by name, all else by words and by a whole phone number.

    :param asked: the text as it was read already, by `search.queries.asked_for`.
    """
    asked = index.asked_for(text, scope=community.pk) if asked is None else asked
    phone = _phone(text, region=community.region)
    ways = [index.as_way(query) for query in asked]
    if phone:
        ways.append(index.by_phone(written=text, phone_hash=phone_hash(phone=phone)))
    return {
        kind: index.find(
            scope=community.pk,
            kind=kind,
            audiences=audiences,
            ways=[index.by_name(text)] if kind is Kind.MEMBER else ways,
            limit=limit,
        )
        for kind in kinds
    }


def _phone(text: str, *, region: str) -> str:
    """A query as a phone number (E.164); empty when it is none."""
    if sum(letter.isdigit() for letter in text) < _PHONE_DIGITS_LEAST:
        return ""
    try:
        return read_phone(text, region=region)
    except PhoneNotUnderstood:
        return ""


def _request(card: FoundRequest, community: Community, query: Query) -> Row:
    name = "needs:track" if card.is_own else "needs:request"
    return Row(
        url=address_of(name, community=community, request_id=card.public_id),
        icon=card.icon,
        title=marked_text(" · ".join(card.categories), query=query),
        text=marked_text(" · ".join(filter(None, (*card.within, card.area))), query=query),
        number=card.number,
        at=card.asked_at,
    )


def _member(card: MemberCard, community: Community, text: str) -> Row:
    return Row(
        url=address_of("communities:member", community=community, member_id=card.public_id),
        icon="user-check" if card.verified_at else "user",
        title=marked_name(card.shown_name, query=text),
        text=tuple(Part(str(role.label), False) for role in card.roles[:1]),
    )


def _offer(card: FoundOffer, community: Community, query: Query) -> Row:
    said = " · ".join(filter(None, (card.detail, card.within, card.giver, card.area)))
    return Row(
        url=address_of("needs:offer_page", community=community, offer_id=card.public_id),
        icon=card.icon,
        title=marked_text(card.category, query=query),
        text=marked_text(said, query=query),
        at=card.made_at,
    )


def _problem(card: ProblemRow, community: Community, query: Query) -> Row:
    return Row(
        url=address_of("problems:problem", community=community, problem_id=card.public_id),
        icon=card.icon,
        title=marked_text(card.title, query=query),
        text=marked_text(card.area, query=query),
    )


def _shared(card: ItemRow, community: Community, query: Query) -> Row:
    return Row(
        url=address_of("library:item", community=community, item_id=card.public_id),
        icon=card.icon,
        title=marked_text(card.name, query=query),
        text=marked_text(card.place, query=query),
    )


def _answers(asked: Sequence[Query], *, text: str) -> bool:
    """Whether a text answers a query in one of its ways."""
    tokens = analyser().tokens(text)
    return any(analyser().finds(query, tokens=tokens) for query in asked)


def _categories(community: Community, asked: Sequence[Query]) -> list[Row]:
    query = joined(asked)
    ask = address_of("needs:ask", community=community) if community.has_on("needs") else ""
    if not ask or not query:
        return []
    names = names_in_every_language(community=community)
    rows = []
    for root in open_categories(community=community):
        for card in (root, *root.below):
            if _answers(asked, text=names[card.code]):
                rows.append(
                    Row(f"{ask}?category={card.code}", card.icon, marked_text(card.name, query=query))
                )
    return rows


def _help(asked: Sequence[Query]) -> list[Row]:
    query = joined(asked)
    rows = []
    for section in help_sections():
        if _answers(asked, text=f"{section.title} {section.text}"):
            around = _around(section.text, query=query)
            title = marked_text(section.title, query=query)
            rows.append(
                Row(
                    f"{reverse('web:help')}#{section.anchor}",
                    "lifebuoy",
                    title,
                    marked_text(around, query=query),
                )
            )
    return rows


def _around(text: str, *, query: Query) -> str:
    """The words of a long text around the first that answers."""
    first = next((mark.start for mark in analyser().marks(query, text=text)), 0)
    if len(text) <= _SHORT_TEXT:
        return text
    begin = text.rfind(" ", 0, max(0, first - _SHORT_TEXT // 3)) + 1
    end = text.rfind(" ", begin, begin + _SHORT_TEXT)
    return ("… " if begin else "") + text[begin : end if end > begin else None] + " …"

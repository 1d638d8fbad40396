"""One request as coordinators see it: its lines and matches, contact, likely doubles, and who looked."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.queries import reveals_about
from tadamun.pillars.aid.needs import policies
from tadamun.pillars.aid.needs.cards import (
    AlikeCard,
    ConcernCard,
    ContactLogCard,
    LineCard,
    LookCard,
    MatchCard,
    MessageCard,
    RequestCard,
)
from tadamun.pillars.aid.needs.errors import NoSuchMatch, NoSuchNeed
from tadamun.pillars.aid.needs.fitting import lacks_address, place_known
from tadamun.pillars.aid.needs.models import Match, NeedLine, Request, RequestLink, StayConcern
from tadamun.pillars.aid.needs.queries.lines import (
    area_of,
    asked_again,
    giver_name,
    line_card,
    short_name,
    stay_of,
    what_of,
    with_relations,
)
from tadamun.pillars.aid.needs.queries.untold import is_untold
from tadamun.pillars.aid.needs.vocabulary import Delivery, LineState, MatchState


def request_card(*, request_id: str, viewer: Any, community: Community | None = None) -> RequestCard:
    """One request before any reveal.

    :raises NoSuchNeed: none of this id, or none in the community of the page.
    :raises CoordinatorsOnly: the viewer does not coordinate its community.
    """
    request = _request(request_id, viewer=viewer)
    if community is not None and request.community_id != community.pk:
        raise NoSuchNeed
    return _request_card(request, viewer=viewer)


def matches_of(*, line_id: str, viewer: Any) -> list[MatchCard]:
    """Every invitation and promise of a line, newest first."""
    line = line_for(line_id, viewer=viewer)
    return _matches(Match.objects.filter(line=line)).get(line.public_id, [])


def matches_of_request(*, request_id: str, viewer: Any) -> dict[str, list[MatchCard]]:
    """Every invitation and promise of a request by the id of its line, newest first."""
    request = _request(request_id, viewer=viewer)
    return _matches(Match.objects.filter(line__request=request))


def one_line(*, line_id: str, viewer: Any) -> LineCard:
    """One line, for coordinators.

    :raises NoSuchNeed: none of this id.
    """
    return line_card(line_for(line_id, viewer=viewer))


def concerns_of(*, match_id: str, viewer: Any) -> list[ConcernCard]:
    """What was said in confidence about a match, oldest first, for coordinators.

    :raises NoSuchMatch: none of this id.
    """
    match = Match.objects.select_related("community").filter(public_id=match_id).first()
    if match is None:
        raise NoSuchMatch
    policies.require_coordinator(actor=viewer, community=match.community)
    return [_concern_card(one) for one in match.concerns.order_by("pk")]


def thread(*, request_id: str, viewer: Any) -> list[MessageCard]:
    """The messages between asker and coordinators, oldest first."""
    request = _request(request_id, viewer=viewer)
    return messages_of(request)


def messages_of(request: Request) -> list[MessageCard]:
    """The messages of a request that the caller may already see."""
    rows = request.messages.select_related("author").order_by("at", "pk")
    return [
        MessageCard(side=row.side, author=short_name(row.author), body=row.body, at=row.at) for row in rows
    ]


def contact_log(*, request_id: str, viewer: Any) -> list[ContactLogCard]:
    """The calls and messages tried, newest first."""
    rows = _request(request_id, viewer=viewer).contacts.select_related("by").order_by("-at", "-pk")
    return [
        ContactLogCard(outcome=row.outcome, by=short_name(row.by), note=row.note, at=row.at) for row in rows
    ]


def alike(*, request_id: str, viewer: Any) -> list[AlikeCard]:
    """Other requests that may be of the same household: same phone, or same address. For a person to judge.

    Whoever asks once more for a call that waits is left out: the first waits for both, and shows them nothing.
    """
    request = _request(request_id, viewer=viewer)
    if request.repeats_id is not None:
        return []
    others = Request.objects.filter(
        community=request.community, forgotten_at__isnull=True, repeats__isnull=True
    ).exclude(pk=request.pk)
    links = {
        (link.second_id if link.first_id == request.pk else link.first_id): link.kind
        for link in RequestLink.objects.filter(Q(first=request) | Q(second=request))
    }
    address = request.place.address if request.place else ""
    cards = []
    near = Q(phone_hash=request.phone_hash) if request.phone_hash else Q(pk__in=[])
    if address and request.place and request.place.cell:
        near |= Q(place__cell=request.place.cell)
    for other in (
        others.filter(near | Q(pk__in=links)).select_related("place").prefetch_related("lines__category")[:50]
    ):
        same_phone = bool(request.phone_hash) and other.phone_hash == request.phone_hash
        same_place = bool(address) and other.place is not None and other.place.address == address
        if same_phone or same_place or other.pk in links:
            cards.append(
                AlikeCard(
                    request_id=other.public_id,
                    number=other.number,
                    asked_at=other.asked_at,
                    same_phone=same_phone,
                    same_place=same_place,
                    categories=tuple(sorted({what_of(line) for line in other.lines.all()})),
                    found=links.get(other.pk, ""),
                    merged=other.merged_into_id is not None,
                    may_join=other.asker_id == request.asker_id,
                )
            )
    return cards


def likeness(*, request_id: str, other_id: str, viewer: Any) -> AlikeCard:
    """Why two requests look alike.

    :raises NoSuchNeed: nothing makes them look so.
    """
    found = alike(request_id=request_id, viewer=viewer)
    same = next((one for one in found if one.request_id == other_id), None)
    if same is None:
        raise NoSuchNeed
    return same


def looks_at(*, request_id: str, viewer: Any) -> list[LookCard]:
    """Who looked at name, phone, place or notes of a request, newest first."""
    request = _request(request_id, viewer=viewer)
    return [
        LookCard(
            viewer=short_name(look.viewer),
            role=look.viewer_role,
            what=look.what,
            reason=look.reason,
            at=look.at,
        )
        for look in reveals_about(about=request.public_id)
    ]


def _request_card(request: Request, *, viewer: Any) -> RequestCard:
    lines = list(with_relations(NeedLine.objects.filter(request=request)).order_by("pk"))
    again = asked_again(lines).get(request.pk)
    place = request.place
    return RequestCard(
        public_id=request.public_id,
        number=request.number,
        origin=request.origin,
        asked_at=request.asked_at,
        household_size=request.household_size,
        household=request.household,
        area=area_of(request),
        delivery=request.delivery,
        requirements=tuple(request.requirements),
        contact_way=request.contact_way,
        safe_hours=request.safe_hours,
        language=request.language,
        has_phone=bool(request.phone_hash),
        has_notes=bool(request.notes),
        has_address=bool(place and place.address),
        on_behalf=bool(request.recipient_name) or request.origin == "on_behalf",
        owner=short_name(request.owner),
        owned_by_viewer=request.owner_id == viewer.pk,
        call_by=request.call_by,
        follow_up_on=request.follow_up_on,
        unreachable_since=request.unreachable_since,
        merged_into=request.merged_into.number if request.merged_into else None,
        lines=tuple(line_card(line) for line in lines),
        merged_into_id=request.merged_into.public_id if request.merged_into else "",
        said={line.public_id: line.detail for line in lines if line.detail},
        referred_to={line.public_id: line.referred_to for line in lines if line.referred_to},
        area_id=place.area.public_id if place and place.area and not place.confidential else "",
        has_name=bool(request.asker_name),
        confidential=bool(place and place.confidential),
        place_known=place_known(place=place),
        lacks_address=_lacks_address(request, lines),
        told=request.told_by,
        is_untold=is_untold(request_key=request.pk, lines=lines),
        asked_again=again[0] if again else 0,
        asked_again_at=again[1] if again else None,
    )


def _lacks_address(request: Request, lines: list[NeedLine]) -> bool:
    """Whether something still to come is to be brought to the home, and nobody has said where that is."""
    brought = any(
        line.state not in {LineState.MET, LineState.CLOSED}
        and not (line.category.whole or line.category.is_money)
        for line in lines
    )
    known = bool(request.place and request.place.address)
    return brought and request.delivery == Delivery.HOME and not known


def _matches(found: QuerySet[Match]) -> dict[str, list[MatchCard]]:
    rows = found.exclude(state=MatchState.PROPOSED).order_by("-pk")
    cards: dict[str, list[MatchCard]] = {}
    for match in rows.select_related(
        "slot__offer__giver", "line__category", "line__request__place", "stay"
    ).prefetch_related("concerns"):
        cards.setdefault(match.line.public_id, []).append(_match_card(match))
    return cards


def _match_card(match: Match) -> MatchCard:
    return MatchCard(
        public_id=match.public_id,
        state=match.state,
        quantity=match.quantity,
        delivered=match.delivered,
        giver=giver_name(match.slot.offer),
        giver_has_account=match.slot.offer.giver_id is not None,
        offer_id=match.slot.offer.public_id,
        invited_at=match.invited_at,
        expires_at=match.expires_at,
        window_from=match.window_from,
        window_until=match.window_until,
        handed_over_at=match.handed_over_at,
        confirmed_at=match.confirmed_at,
        confirmed_how=match.confirmed_how,
        end_reason=match.end_reason,
        change_reason=match.change_reason,
        code_tries=match.code_tries,
        is_stay=match.line.category.whole,
        stay=stay_of(match),
        concerns=tuple(_concern_card(one) for one in match.concerns.all()),
        lacks_address=lacks_address(match=match),
    )


def _concern_card(row: StayConcern) -> ConcernCard:
    return ConcernCard(pk=row.pk, side=row.side, body=row.body, at=row.at, handled=row.handled_at is not None)


def _request(request_id: str, *, viewer: Any) -> Request:
    rows = Request.objects.select_related("community", "place__area", "owner", "merged_into")
    request = rows.filter(public_id=request_id).first()
    if request is None:
        raise NoSuchNeed
    policies.require_coordinator(actor=viewer, community=request.community)
    return request


def line_for(line_id: str, *, viewer: Any) -> NeedLine:
    """The row of a line, for the queries of this app.

    :raises NoSuchNeed: none of this id.
    :raises CoordinatorsOnly: the viewer does not coordinate its community.
    """
    line = with_relations(NeedLine.objects.filter(public_id=line_id)).first()
    if line is None:
        raise NoSuchNeed
    policies.require_coordinator(actor=viewer, community=line.community)
    return line

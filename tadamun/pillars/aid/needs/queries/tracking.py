"""What an asker sees of their own request."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db.models import Prefetch, QuerySet

from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.queries import reveals_about
from tadamun.kernel.text import given_name
from tadamun.pillars.aid.needs import policies
from tadamun.pillars.aid.needs.cards import HelpCard, LookCard, MessageCard, TrackCard, TrackedLine
from tadamun.pillars.aid.needs.errors import NoSuchNeed, NotYourNeed
from tadamun.pillars.aid.needs.fitting import comes_home
from tadamun.pillars.aid.needs.models import Match, NeedLine, Request, RoundOutcome
from tadamun.pillars.aid.needs.queries.lines import (
    giver_name,
    line_card,
    short_name,
    stay_of,
    with_relations,
)
from tadamun.pillars.aid.needs.queries.requests import messages_of
from tadamun.pillars.aid.needs.vocabulary import CODE_TRIES_MOST, PROMISED, CloseReason, LineState, MatchState


def track_card(
    *, request_id: str, viewer: Any, with_pin: bool = False, community: Community | None = None
) -> TrackCard:
    """Everything the asker may know: who calls, who helps, when, the codes, the thread, and who looked.

    :param community: where the page stands; a request of another community is not found there.
    :raises NoSuchNeed: none of this id.
    :raises NotYourNeed: neither the asker, nor with the PIN. A coordinator has the board instead.
    """
    request = _own_request(request_id, viewer=viewer, with_pin=with_pin)
    if community is not None and request.community_id != community.pk:
        raise NoSuchNeed
    looks = tuple(
        LookCard(
            viewer=short_name(look.viewer),
            role=look.viewer_role,
            what=look.what,
            reason=look.reason,
            at=look.at,
        )
        for look in reveals_about(about=request.public_id)
    )
    return _card(request, messages=tuple(messages_of(request)), looks=looks)


def own_requests(*, viewer: Any, community: Community | None = None) -> list[TrackCard]:
    """The requests a member made, newest first; in one community only, when it is given.

    Thread and access log stand on each one's own page and are left out here.
    """
    if not getattr(viewer, "is_authenticated", False):
        return []
    found = _with_lines(
        Request.objects.filter(asker=viewer, forgotten_at__isnull=True, merged_into__isnull=True)
    )
    if community is not None:
        found = found.filter(community=community)
    return [_card(request) for request in found.order_by("-asked_at", "-pk")[:20]]


def canonical_request_id(*, request_id: str) -> str:
    """Where a merged request goes on, for its asker's side: an old number and link still lead to the truth.

    :raises NoSuchNeed: none of this id.
    :raises JoinedToAnother: not the same account asked for both.
    """
    asked = Request.objects.select_related("merged_into").filter(public_id=request_id).first()
    if asked is None:
        raise NoSuchNeed
    request, seen = asked, {asked.pk}
    while request.merged_into is not None and request.merged_into_id not in seen:
        request = request.merged_into
        seen.add(request.pk)
    policies.require_same_asker(asked=asked, goes_on=request)
    return request.public_id


def _own_request(request_id: str, *, viewer: Any, with_pin: bool) -> Request:
    request = _with_lines(Request.objects.filter(public_id=request_id)).first()
    if request is None or request.forgotten_at is not None:
        raise NoSuchNeed
    own = getattr(viewer, "is_authenticated", False) and request.asker_id == viewer.pk
    if not (with_pin or own):
        raise NotYourNeed
    return request


def _with_lines(requests: QuerySet[Request]) -> QuerySet[Request]:
    """Requests with their lines, the promises and the last rounds of each, in as many queries for one as for all."""
    promised = Match.objects.filter(state__in=PROMISED).order_by("pk")
    promises = promised.select_related("slot__offer__giver", "slot__offer__shelter", "line__category", "stay")
    outcomes = RoundOutcome.objects.select_related("round").order_by("-round__number")
    lines = with_relations(NeedLine.objects.order_by("pk")).prefetch_related(
        Prefetch("matches", queryset=promises), Prefetch("outcomes", queryset=outcomes)
    )
    related = requests.select_related("community", "place__area", "owner")
    return related.prefetch_related(Prefetch("lines", queryset=lines))


def _card(
    request: Request, *, messages: tuple[MessageCard, ...] = (), looks: tuple[LookCard, ...] = ()
) -> TrackCard:
    place = request.place
    return TrackCard(
        public_id=request.public_id,
        number=request.number,
        asked_at=request.asked_at,
        owner=short_name(request.owner),
        call_by=request.call_by,
        unreachable=request.unreachable_since is not None,
        safe_hours=request.safe_hours,
        address=place.address if place else "",
        area_id=place.area.public_id if place and place.area else "",
        notes=request.notes,
        lines=tuple(_tracked(line) for line in request.lines.all()),
        messages=messages,
        looks=looks,
        contact_way=request.contact_way,
        has_phone=bool(request.phone_hash),
        shows_in_public=request.shows_in_public,
        household_size=request.household_size,
        delivery=request.delivery,
        lacks_address=not (place and place.address) and _somebody_comes(request),
    )


def _somebody_comes(request: Request) -> bool:
    """Whether a promise that is still to be kept comes to the door."""
    matches = [(line, match) for line in request.lines.all() for match in line.matches.all()]
    return any(
        match.state in {MatchState.ACCEPTED, MatchState.SCHEDULED}
        and comes_home(request=request, line=line, offer=match.slot.offer)
        for line, match in matches
    )


def _tracked(line: NeedLine) -> TrackedLine:
    last = next(iter(line.outcomes.all()), None)
    card = line_card(line)
    if _asks_once_more(line):
        state = LineState.TRIAGE if _first_waits(line) else LineState.CLOSED
        card = replace(card, state=state.value, close_reason="")
    return TrackedLine(
        line=card,
        detail=line.detail,
        referred_to=line.referred_to,
        helps=tuple(_help(match) for match in line.matches.all()),
        searched_at=last.round.reckoned_at if last else None,
        asked_about=line.is_asked_about,
    )


def _asks_once_more(line: NeedLine) -> bool:
    """Whether a call was asked for that waits already: it is shown as if it waited here, and nothing of the other.

    Why it ended is never said either: that there is another request is the other's own business.
    """
    repeats = line.request.repeats_id is not None
    return repeats and line.asks_for_call and line.close_reason == CloseReason.DUPLICATE


def _first_waits(line: NeedLine) -> bool:
    waiting = NeedLine.objects.filter(asks_for_call=True, state=LineState.TRIAGE)
    return waiting.filter(request=line.request.repeats_id).exists()


def _help(match: Match) -> HelpCard:
    offer = match.slot.offer
    shelter = getattr(offer, "shelter", None)
    who = giver_name(offer)
    locked = match.code_tries >= CODE_TRIES_MOST and match.state != MatchState.CONFIRMED
    return HelpCard(
        match_id=match.public_id,
        state=match.state,
        giver=who if offer.is_organisation else given_name(who),
        quantity=match.quantity,
        delivered=match.delivered,
        code="" if locked or match.state == MatchState.CONFIRMED else match.code,
        window_from=match.window_from,
        window_until=match.window_until,
        confirmed_at=match.confirmed_at,
        is_stay=match.line.category.whole,
        stay=stay_of(match),
        about_house=shelter.about_house if shelter else "",
        house_rules=shelter.house_rules if shelter else "",
        thanked=bool(match.thanks),
        code_locked=locked,
    )

"""What the home pages show: put together from the queries of the apps below, in shapes that templates read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from tadamun.foundation.communities.policies import may_coordinate, may_steward
from tadamun.foundation.notices import queries as notices
from tadamun.pillars.aid.needs import queries as needs
from tadamun.pillars.aid.needs.cards import (
    HelpCard,
    InvitationCard,
    MonthTotals,
    RoundCard,
    TaskCard,
    TrackCard,
)
from tadamun.pillars.aid.needs.vocabulary import LineState
from tadamun.web.gates import GATES, Gate
from tadamun.web.navigation import address_of

REQUESTS_MOST = 3
TASKS_MOST = 3
NOTICES_MOST = 3
_PLACE_OF = {
    LineState.TRIAGE: 2,
    LineState.OPEN: 2,
    LineState.PART_MATCHED: 2,
    LineState.MATCHED: 3,
    LineState.SCHEDULED: 4,
    LineState.HANDED_OVER: 4,
    LineState.MET: 5,
}


@dataclass(frozen=True)
class GateLink:
    """One of the five doors with where it leads; no address where the part is not in use here."""

    gate: Gate
    url: str


@dataclass(frozen=True)
class OwnRequest:
    """One of a member's open requests: how far it is, and the help that comes next."""

    card: TrackCard
    url: str
    steps: tuple[tuple[Any, str], ...]
    state: str
    help: HelpCard | None
    is_late: bool


@dataclass(frozen=True)
class PublicFace:
    """What anybody sees of a community."""

    uses_needs: bool
    uses_directory: bool
    totals: MonthTotals
    gates: tuple[GateLink, ...]
    policy: Any
    last_round: RoundCard | None


@dataclass(frozen=True)
class MemberSide:
    """What a member's own home shows."""

    requests: tuple[OwnRequest, ...]
    requests_open: int
    invitation: InvitationCard | None
    tasks: tuple[TaskCard, ...]
    notices: tuple[Any, ...]
    coordinates: bool
    stewards: bool
    shows_requests: bool
    """Not where a coordinator has none: their home is for the board."""


def public_face(*, community: Any, at: datetime) -> PublicFace:
    """The community as anybody sees it: totals, doors, the published rule and the last round's verdict."""
    return PublicFace(
        uses_needs=community.has_on("needs"),
        uses_directory=community.has_on("directory"),
        totals=needs.month_totals(community=community, at=at),
        gates=tuple(GateLink(gate, gate_url(gate, community=community)) for gate in GATES),
        policy=needs.policy_of(community=community),
        last_round=needs.last_round(community=community),
    )


def member_side(*, community: Any, viewer: Any, at: datetime) -> MemberSide:
    """A member's own: requests under way, the next invitation, tasks, what is new."""
    uses = community.has_on("needs")
    open_requests = [card for card in _requests_of(community, viewer) if card.is_open] if uses else []
    own_tasks = needs.tasks(community=community, viewer=viewer, at=at) if uses else []
    unread = [card for card in notices.inbox(person=viewer).object_list if card.unread]
    coordinates = may_coordinate(person=viewer, community=community)
    return MemberSide(
        requests=tuple(
            own_request(card, community=community, at=at) for card in open_requests[:REQUESTS_MOST]
        ),
        requests_open=len(open_requests),
        invitation=needs.next_invitation(community=community, viewer=viewer, at=at) if uses else None,
        tasks=tuple(card for card in own_tasks if card.confirmed_at is None)[:TASKS_MOST],
        notices=tuple(unread[:NOTICES_MOST]),
        coordinates=coordinates,
        stewards=may_steward(person=viewer, community=community),
        shows_requests=uses and (bool(open_requests) or not coordinates),
    )


def own_request(card: TrackCard, *, community: Any, at: datetime) -> OwnRequest:
    """A request as its line that is furthest behind stands."""
    lines = [tracked for tracked in card.lines if tracked.line.state not in {LineState.CLOSED, LineState.MET}]
    last = min(lines, key=lambda tracked: _PLACE_OF.get(LineState(tracked.line.state), 0)) if lines else None
    state = LineState(last.line.state) if last else LineState.MET
    helps = [one for tracked in lines for one in tracked.helps if one.confirmed_at is None]
    helps.sort(key=lambda one: (one.window_from is None, one.window_from or card.asked_at))
    return OwnRequest(
        card=card,
        url=address_of("needs:track", community=community, request_id=card.public_id),
        steps=_steps(state),
        state=state.value,
        help=helps[0] if helps else None,
        is_late=state is LineState.TRIAGE and card.call_by is not None and card.call_by < at,
    )


def _steps(state: LineState) -> tuple[tuple[Any, str], ...]:
    """Four steps in the words of the request's own page; what is done is said as done."""
    place = _PLACE_OF[state]
    looking = _("Under review") if state is LineState.TRIAGE else _("Looking for somebody")
    labels = (
        _("It reached us"),
        _("Somebody was found") if place > _PLACE_OF[LineState.OPEN] else looking,
        _("Agree on a time") if state is LineState.MATCHED else _("Time agreed"),
        _("Handover"),
    )
    return tuple(
        (label, "done" if number < place else "now" if number == place else "next")
        for number, label in enumerate(labels, start=1)
    )


def gate_url(gate: Gate, *, community: Any) -> str:
    """Where a door leads: straight to what there is, else to the role's own page."""
    direct = address_of(gate.opens, community=community) if gate.opens and community.has_on("needs") else ""
    return direct or address_of("web:role", community=community, code=gate.code)


def _requests_of(community: Any, viewer: Any) -> list[TrackCard]:
    return needs.own_requests(viewer=viewer, community=community)

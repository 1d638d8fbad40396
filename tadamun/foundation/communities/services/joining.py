"""Asking to belong, and the answer."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from tadamun.foundation.communities.errors import (
    AlreadyAsked,
    AlreadyDecided,
    AlreadyMember,
    JoiningClosed,
    NoSuchJoinRequest,
)
from tadamun.foundation.communities.models import Community, JoinRequest, Membership
from tadamun.foundation.communities.policies import (
    forget_roles,
    is_member,
    may_steward,
    require,
    require_role,
)
from tadamun.foundation.communities.queries import LEADERS, people_with_role
from tadamun.foundation.communities.services.membership import enter
from tadamun.foundation.communities.vocabulary import JoinState
from tadamun.foundation.notices import services as notices
from tadamun.foundation.people.models import Person
from tadamun.foundation.trail import services as trail
from tadamun.kernel.text import clean_line


@transaction.atomic
def ask_to_join(*, community: Community, person: Person, at: datetime, note: str = "") -> JoinRequest:
    """Ask to belong; coordinators and stewards are told.

    :raises AlreadyMember: the person belongs here.
    :raises JoiningClosed: the community takes no requests.
    :raises AlreadyAsked: a request waits.
    """
    require(not is_member(person=person, community=community), AlreadyMember())
    require(community.open_to_join, JoiningClosed())
    try:
        with transaction.atomic():
            request = JoinRequest.objects.create(
                community=community, person=person, note=clean_line(note)[:500], asked_at=at
            )
    except IntegrityError:
        raise AlreadyAsked from None
    leaders = {
        leader.pk: leader for role in LEADERS for leader in people_with_role(community=community, role=role)
    }
    for leader in leaders.values():
        notices.tell(
            recipient=leader,
            kind="communities.join_asked",
            params={"community": community.name},
            url=f"/c/{community.slug}/join-requests/",
            scope=community.public_id,
            about=request.public_id,
            at=at,
        )
    trail.record(
        scope=community.public_id,
        verb="join_asked",
        thing="join_request",
        thing_id=request.public_id,
        actor=person.public_id,
        at=at,
    )
    return request


@transaction.atomic
def accept_join(*, community: Community, actor: Person, request_id: str, at: datetime) -> Membership:
    """Take somebody in who asked; who was removed before, only a steward takes back.

    :raises RoleNeeded: only coordinators and stewards.
    :raises AlreadyDecided: somebody was faster.
    :raises RemovedEarlier: the person was removed, and the actor is no steward.
    """
    request = _decide(community, actor, request_id, JoinState.ACCEPTED, at)
    steward = may_steward(person=actor, community=community)
    membership = enter(community=community, person=request.person, at=at, by_steward=steward)
    forget_roles(person=request.person)
    _tell(request, "communities.join_accepted", f"/c/{community.slug}/", at)
    _log(request, actor, "join_accepted", at, membership=membership.public_id)
    return membership


@transaction.atomic
def decline_join(*, community: Community, actor: Person, request_id: str, at: datetime) -> None:
    """Decline somebody's request; they can ask again.

    :raises RoleNeeded: only coordinators and stewards.
    :raises AlreadyDecided: somebody was faster.
    """
    request = _decide(community, actor, request_id, JoinState.DECLINED, at)
    _tell(request, "communities.join_declined", "", at)
    _log(request, actor, "join_declined", at)


def _decide(
    community: Community, actor: Person, request_id: str, state: JoinState, at: datetime
) -> JoinRequest:
    require_role(person=actor, community=community, any_of=LEADERS)
    rows = JoinRequest.objects.select_for_update(of=("self",)).select_related("person", "community")
    request = rows.filter(community=community, public_id=request_id).first()
    if request is None:
        raise NoSuchJoinRequest
    require(request.state == JoinState.WAITING, AlreadyDecided())
    request.state, request.decided_at, request.decided_by = state, at, actor
    request.save(update_fields=["state", "decided_at", "decided_by"])
    return request


def _tell(request: JoinRequest, kind: str, url: str, at: datetime) -> None:
    notices.tell(
        recipient=request.person,
        kind=kind,
        params={"community": request.community.name},
        url=url,
        scope=request.community.public_id,
        about=request.public_id,
        at=at,
    )


def _log(request: JoinRequest, actor: Person, verb: str, at: datetime, **data: str) -> None:
    trail.record(
        scope=request.community.public_id,
        verb=verb,
        thing="join_request",
        thing_id=request.public_id,
        actor=actor.public_id,
        data=data,
        at=at,
    )

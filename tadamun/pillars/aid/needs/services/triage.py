"""Sorting what came in: severity, contact, likely duplicates, referring, closing."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Min

from tadamun.foundation.catalogue.models import Category
from tadamun.foundation.people.models import Person
from tadamun.foundation.places.services import keep_confidential
from tadamun.foundation.trail.services import record
from tadamun.pillars.aid.needs import policies
from tadamun.pillars.aid.needs.errors import AskedByTwo, CannotMerge, NeedCannotMove, NoSuchNeed
from tadamun.pillars.aid.needs.models import ContactAttempt, Match, NeedLine, Request, RequestLink
from tadamun.pillars.aid.needs.services.finding import put_request
from tadamun.pillars.aid.needs.services.lines import close_line
from tadamun.pillars.aid.needs.services.settling import find_line, lock_requests, lock_several, settle
from tadamun.pillars.aid.needs.services.telling import call_to_tell
from tadamun.pillars.aid.needs.services.texts import kept_text
from tadamun.pillars.aid.needs.vocabulary import (
    TEXT_MOST,
    CloseReason,
    ContactOutcome,
    Delivery,
    Household,
    LineState,
    LinkKind,
    MatchState,
    Tier,
    TierReason,
)

TRIES_UNTIL_UNREACHABLE = 3
SPOKEN = (ContactOutcome.REACHED, ContactOutcome.CALL_LATER)


@transaction.atomic
def triage_line(
    *,
    line_id: str,
    tier: Tier,
    reason: TierReason,
    actor: Person,
    at: datetime,
    category: Category | None = None,
) -> NeedLine:
    """Settle how severe a line is, and why, and what exactly is needed; the first time it joins the queue.

    :raises NeedCannotMove: it is met or closed, or somebody was already asked for another category.
    """
    # Two lines of one request may be named at once; each must know of the other what the request is found by.
    lock_requests(ids=Request.objects.filter(lines__public_id=line_id).values_list("public_id", flat=True))
    line = _line(line_id, actor=actor)
    if line.state in {LineState.MET, LineState.CLOSED}:
        raise NeedCannotMove(now=line.state, asked=LineState.OPEN.value)
    if category is not None and category.pk != line.category_id:
        if line.reserved:
            raise NeedCannotMove(now=line.state, asked="other_category")
        Match.objects.filter(line=line, state=MatchState.PROPOSED).delete()
        line.category, line.amount_unsaid = category, line.amount_unsaid and category.is_money
    renamed = category is not None or line.asks_for_call
    line.tier, line.tier_reason, line.asks_for_call = tier, reason, False
    # Money is sorted like everything else, but waits for the fund instead of a round.
    if line.category.is_money:
        line.state = LineState.TRIAGE
    elif line.state == LineState.TRIAGE:
        line.state = LineState.OPEN
    line.save()
    if renamed:
        put_request(request=line.request)
    settle(line=line, at=at)
    _record(
        line.request,
        verb="line_triaged",
        actor=actor,
        at=at,
        line=line.public_id,
        tier=tier.value,
        reason=reason.value,
    )
    return line


@transaction.atomic
def refer_line(*, line_id: str, where: str, actor: Person, at: datetime) -> NeedLine:
    """Close a line because somebody else can help better, and keep where it went."""
    line = _line(line_id, actor=actor)
    close_line(line, reason=CloseReason.REFERRED, actor=actor, at=at, referred_to=where)
    call_to_tell(line, request=line.request, at=at)
    return line


@transaction.atomic
def end_line(*, line_id: str, reason: CloseReason, actor: Person, at: datetime) -> NeedLine:
    """Close a line with an honest reason."""
    return close_line(_line(line_id, actor=actor), reason=reason, actor=actor, at=at)


@transaction.atomic
def reopen_line(*, line_id: str, actor: Person, at: datetime) -> NeedLine:
    """Take a closed line up again: it waits in triage, and keeps its place by when it was asked."""
    line = _line(line_id, actor=actor)
    if line.state != LineState.CLOSED or line.request.merged_into_id is not None:
        raise NeedCannotMove(now=line.state, asked=LineState.TRIAGE.value)
    line.state, line.close_reason, line.closed_at, line.referred_to = LineState.TRIAGE, "", None, ""
    line.heard_at = at
    line.save()
    settle(line=line, at=at)
    _record(line.request, verb="line_reopened", actor=actor, at=at, line=line.public_id)
    return line


@transaction.atomic
def log_contact(
    *,
    request_id: str,
    outcome: ContactOutcome,
    actor: Person,
    at: datetime,
    note: str = "",
    follow_up_on: date | None = None,
) -> ContactAttempt:
    """Write down a call, what came of it, and when to come back; after three tries in vain: unreachable."""
    request = _request(request_id, actor=actor)
    attempt = ContactAttempt.objects.create(
        request=request, by=actor, outcome=outcome, note=kept_text(note, most=TEXT_MOST), at=at
    )
    recent = list(
        request.contacts.order_by("-at", "-pk").values_list("outcome", flat=True)[:TRIES_UNTIL_UNREACHABLE]
    )
    in_vain = len(recent) == TRIES_UNTIL_UNREACHABLE and not set(SPOKEN).intersection(recent)
    if outcome in SPOKEN:
        request.unreachable_since = None
    elif in_vain and request.unreachable_since is None:
        request.unreachable_since = at
    request.follow_up_on = follow_up_on
    request.follow_up_by = actor if follow_up_on else None
    if outcome is ContactOutcome.REACHED:
        request.call_by, request.heard_at = None, at
        request.repeated_by.update(call_by=None)
    request.save()
    _record(request, verb="contact_logged", actor=actor, at=at, outcome=outcome.value)
    return attempt


@transaction.atomic
def take_over(*, request_id: str, actor: Person, at: datetime) -> Request:
    """Become the coordinator whom the asker deals with, and who comes back to it."""
    return _taken_over(_request(request_id, actor=actor), actor=actor, at=at)


@transaction.atomic
def take_if_free(*, request_id: str, actor: Person, at: datetime) -> Request:
    """Take on a request that nobody sees to; of two who press at once the first has it."""
    request = _request(request_id, actor=actor)
    return request if request.owner_id else _taken_over(request, actor=actor, at=at)


@transaction.atomic
def link_requests(
    *, first_id: str, second_id: str, kind: LinkKind, actor: Person, at: datetime
) -> RequestLink:
    """Keep what a person found about two requests that look alike: the same, related, or different."""
    first, second = _both(first_id, second_id, actor=actor)
    low, high = sorted((first, second), key=lambda request: request.pk)
    link, _ = RequestLink.objects.update_or_create(
        first=low, second=high, defaults={"kind": kind, "by": actor, "at": at}
    )
    _record(first, verb="requests_compared", actor=actor, at=at, other=second.public_id, kind=kind.value)
    return link


@transaction.atomic
def merge_requests(*, keep_id: str, merge_id: str, actor: Person, at: datetime) -> Request:
    """Make two requests of one household one: every line moves to the kept request, none is lost.

    A repeat is often an escalation: lines of one category all wait since the earliest of them.

    :raises CannotMerge: it is the same request, one of them is merged already, or only asks for a call once more.
    :raises AskedByTwo: they are of two accounts, or of an account and a guest.
    """
    keep, merge = _both(keep_id, merge_id, actor=actor)
    _refuse_unsound_join(keep, merge)
    both = NeedLine.objects.filter(request__in=[keep, merge])
    lock_several(matches=Match.objects.none(), lines=both.values_list("pk", flat=True))
    merge.lines.update(request=keep)
    for category in set(keep.lines.values_list("category", flat=True)):
        alike = keep.lines.filter(category=category)
        alike.update(waiting_since=alike.aggregate(first=Min("waiting_since"))["first"])
    merge.messages.update(request=keep)
    merge.contacts.update(request=keep)
    merge.repeated_by.update(repeats=keep)
    _join_facts(keep, merge)
    merge.merged_into = keep
    merge.save(update_fields=["merged_into"])
    low, high = sorted((keep, merge), key=lambda request: request.pk)
    RequestLink.objects.update_or_create(
        first=low, second=high, defaults={"kind": LinkKind.SAME, "by": actor, "at": at}
    )
    put_request(request=merge)
    put_request(request=keep)
    _record(keep, verb="requests_merged", actor=actor, at=at, other=merge.public_id)
    return keep


def _refuse_unsound_join(keep: Request, merge: Request) -> None:
    """What one side wrote would be read, exported and forgotten with the other's."""
    if any(one.merged_into_id or one.repeats_id for one in (keep, merge)):
        raise CannotMerge
    if keep.asker_id != merge.asker_id:
        raise AskedByTwo


def _join_facts(keep: Request, merge: Request) -> None:
    """What the joined request said holds for its lines under the new number too; of two answers the safer one."""
    keep.requirements = sorted({*keep.requirements, *merge.requirements})
    keep.shows_in_public = keep.shows_in_public and merge.shows_in_public
    if merge.delivery == Delivery.HOME:
        keep.delivery = Delivery.HOME
    if not keep.phone_hash and merge.phone_hash:
        keep.phone, keep.phone_hash = merge.phone, merge.phone_hash
        keep.contact_way, keep.language = merge.contact_way, merge.language
    keep.household = _of_both(keep, merge)
    for name in ("asker_name", "place", "household_size", "recipient_name", "safe_hours"):
        if not getattr(keep, name):
            setattr(keep, name, getattr(merge, name))
    keep.call_by = min(filter(None, (keep.call_by, merge.call_by)), default=None)
    keep.heard_at = max(filter(None, (keep.heard_at, merge.heard_at)), default=None)
    if merge.follow_up_on and (keep.follow_up_on is None or merge.follow_up_on < keep.follow_up_on):
        keep.follow_up_on, keep.follow_up_by = merge.follow_up_on, merge.follow_up_by
    if keep.place and merge.place and merge.place.confidential:
        keep_confidential(place=keep.place)
    if merge.notes and merge.notes not in keep.notes:
        keep.notes = "\n\n".join(filter(None, (keep.notes, merge.notes)))
    keep.save()


def _of_both(keep: Request, merge: Request) -> str:
    """Who comes, of two answers: men among them if either says so, women only if both do, else it is asked again."""
    said = {keep.household, merge.household}
    if Household.MIXED in said:
        return Household.MIXED.value
    return Household.WOMEN.value if said == {Household.WOMEN.value} else Household.UNKNOWN.value


def _taken_over(request: Request, *, actor: Person, at: datetime) -> Request:
    request.owner = actor
    if request.follow_up_on is not None:
        request.follow_up_by = actor
    request.save(update_fields=["owner", "follow_up_by"])
    _record(request, verb="owner_changed", actor=actor, at=at)
    return request


def _both(first_id: str, second_id: str, *, actor: Person) -> tuple[Request, Request]:
    if first_id == second_id:
        raise CannotMerge
    locked = {request.public_id: request for request in lock_requests(ids=(first_id, second_id))}
    if locked.keys() != {first_id, second_id}:
        raise NoSuchNeed
    first, second = locked[first_id], locked[second_id]
    for request in (first, second):
        policies.require_coordinator(actor=actor, community=request.community)
    if first.community_id != second.community_id:
        raise CannotMerge
    return first, second


def _request(request_id: str, *, actor: Person) -> Request:
    request = (
        Request.objects.select_for_update(of=("self",))
        .select_related("community")
        .filter(public_id=request_id)
        .first()
    )
    if request is None:
        raise NoSuchNeed
    policies.require_coordinator(actor=actor, community=request.community)
    return request


def _line(line_id: str, *, actor: Person) -> NeedLine:
    line = find_line(line_id=line_id)
    policies.require_coordinator(actor=actor, community=line.community)
    return line


def _record(request: Request, *, verb: str, actor: Person, at: datetime, **data: Any) -> None:
    record(
        scope=request.community.public_id,
        verb=verb,
        thing="request",
        thing_id=request.public_id,
        actor=actor.public_id,
        at=at,
        data=data,
    )

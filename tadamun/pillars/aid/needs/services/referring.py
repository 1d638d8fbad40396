"""Sending a line to a service of the directory, and asking later whether it helped."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.urls import reverse

from tadamun.foundation.communities.policies import require_app
from tadamun.foundation.people.models import Person
from tadamun.foundation.trail.services import held_back, record
from tadamun.pillars.aid.directory import queries as directory
from tadamun.pillars.aid.directory.cards import Directions
from tadamun.pillars.aid.needs import policies
from tadamun.pillars.aid.needs.errors import NeedCannotMove, NoSuchNeed
from tadamun.pillars.aid.needs.models import NeedLine, Referral
from tadamun.pillars.aid.needs.queries.rounds import policy_of
from tadamun.pillars.aid.needs.services.lines import close_line
from tadamun.pillars.aid.needs.services.settling import find_line, settle
from tadamun.pillars.aid.needs.services.sides import tell_asking_side, tell_owning_side
from tadamun.pillars.aid.needs.services.sweeping import one_by_one
from tadamun.pillars.aid.needs.services.telling import call_to_tell
from tadamun.pillars.aid.needs.vocabulary import CloseReason, LineState, ReferralOutcome

AT_ONCE = 200
ANSWERS = (ReferralOutcome.HELPED, ReferralOutcome.NOT_HELPED, ReferralOutcome.NOT_GONE)


@transaction.atomic
def refer_to_service(*, line_id: str, service_id: str, actor: Person, at: datetime) -> Referral:
    """Close a line because a service of the directory can help better, and tell the asker the way there.

    Where the service hides, or the need is a private one, what is sent names neither: the asker's own page does.

    :raises CoordinatorsOnly: anybody else.
    :raises NoSuchService: none of this id here, or no longer listed.
    :raises NeedCannotMove: the line is met or closed.
    """
    line = find_line(line_id=line_id)
    policies.require_coordinator(actor=actor, community=line.community)
    require_app(community=line.community, app="directory")
    way = directory.directions_to(community=line.community, service_id=service_id, at=at)
    with held_back():
        close_line(
            line,
            reason=CloseReason.REFERRED,
            actor=actor,
            at=at,
            referred_to=way.name if way.name == way.organisation else f"{way.name} ({way.organisation})",
        )
        return _referred(line, way=way, actor=actor, at=at)


def _referred(line: NeedLine, *, way: Directions, actor: Person, at: datetime) -> Referral:
    # A line that was taken up again after an earlier referral is asked about this one only.
    line.referrals.filter(outcome=ReferralOutcome.WAITING).update(
        outcome=ReferralOutcome.NOT_GONE, answered_at=at
    )
    days = timedelta(days=policy_of(community=line.community).referral_asks_after_days)
    row = Referral.objects.create(
        line=line,
        service_id=directory.service_key(community=line.community, service_id=way.service_id),
        by=actor,
        referred_at=at,
        asks_on=(at + days).astimezone(ZoneInfo(line.community.time_zone)).date(),
    )
    _tell_the_way(row, way=way, at=at)
    call_to_tell(line, request=line.request, at=at)
    # The trail stays for good: that somebody was sent on may stand there, where to may not.
    _record(row, verb="line_referred", actor=actor, at=at)
    return row


def ask_about_referrals(*, at: datetime) -> int:
    """Ask about every referral whose day has come; returns how many were asked."""
    due = Referral.objects.filter(
        outcome=ReferralOutcome.WAITING,
        asked_at=None,
        # The earliest place on the globe is half a day ahead; each is asked on its own community's day.
        asks_on__lte=(at + timedelta(hours=14)).date(),
        line__state=LineState.CLOSED,
        line__request__forgotten_at=None,
    )
    ids = due.order_by("asks_on", "pk").values_list("public_id", flat=True)[:AT_ONCE]
    return one_by_one(ids=ids, do=_ask, what="ask_about_referrals", at=at)


@transaction.atomic
def answer_referral(
    *, referral_id: str, outcome: ReferralOutcome, actor: Any, at: datetime, with_pin: bool = False
) -> Referral:
    """Keep what the asker says of a referral; one that did not help is sorted again, as if it were new.

    :raises NoSuchNeed: there is no such referral.
    :raises NotYourNeed: neither the asker, nor with the PIN, nor a coordinator.
    :raises NeedCannotMove: it was answered already.
    """
    line_id = Referral.objects.filter(public_id=referral_id).values_list("line__public_id", flat=True).first()
    if line_id is None or outcome not in ANSWERS:
        raise NoSuchNeed
    line = find_line(line_id=line_id)
    policies.require_asker(actor=actor, request=line.request, with_pin=with_pin)
    row = Referral.objects.select_for_update(of=("self",)).get(public_id=referral_id)
    if row.outcome != ReferralOutcome.WAITING:
        raise NeedCannotMove(now=row.outcome, asked=outcome.value)
    row.outcome, row.answered_at = outcome, at
    row.save(update_fields=["outcome", "answered_at"])
    # Whoever answers has been heard, and is not asked in the same hour whether the need is there still.
    line.heard_at = at
    line.save(update_fields=["heard_at"])
    if outcome is ReferralOutcome.NOT_HELPED:
        _take_up(line, row, at=at)
    _record(row, verb="referral_answered", actor=actor, at=at, outcome=outcome.value)
    return row


def _take_up(line: NeedLine, row: Referral, *, at: datetime) -> None:
    if line.state == LineState.CLOSED and line.close_reason == CloseReason.REFERRED:
        line.state, line.close_reason, line.closed_at, line.referred_to = LineState.TRIAGE, "", None, ""
        line.save()
        settle(line=line, at=at)
        tell_owning_side(
            request=line.request,
            kind="needs.referral_failed",
            dedupe_key=f"needs.referral_failed:{row.public_id}",
            at=at,
        )


@transaction.atomic
def _ask(referral_id: str, *, at: datetime) -> int:
    row = (
        Referral.objects.select_for_update(of=("self",))
        .select_related("line__request__asker", "line__request__community")
        .filter(public_id=referral_id, asked_at=None, outcome=ReferralOutcome.WAITING)
        .first()
    )
    if row is None:
        return 0
    request = row.line.request
    if row.asks_on > at.astimezone(ZoneInfo(request.community.time_zone)).date():
        return 0
    row.asked_at = at
    row.save(update_fields=["asked_at"])
    tell_asking_side(
        request=request, kind="needs.did_it_help", dedupe_key=f"needs.did_it_help:{row.public_id}", at=at
    )
    return 1


def _tell_the_way(row: Referral, *, way: Directions, at: datetime) -> None:
    line = row.line
    if way.discreet or line.category.sensitive:
        tell_asking_side(
            request=line.request, kind="needs.answer", dedupe_key=f"needs.referred:{row.public_id}", at=at
        )
        return
    address = reverse("directory:service", args=[line.community.slug, way.service_id])
    tell_asking_side(
        request=line.request,
        kind="needs.referred",
        dedupe_key=f"needs.referred:{row.public_id}",
        at=at,
        params={
            "service": way.name,
            "where": " · ".join(filter(None, (way.address, way.phone))) or way.organisation,
        },
        url=address,
    )


def _record(row: Referral, *, verb: str, actor: Any, at: datetime, **data: Any) -> None:
    record(
        scope=row.line.community.public_id,
        verb=verb,
        thing="referral",
        thing_id=row.public_id,
        actor=getattr(actor, "public_id", ""),
        at=at,
        data={"line": row.line.public_id, **data},
    )

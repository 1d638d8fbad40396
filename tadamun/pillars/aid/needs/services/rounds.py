"""Matching rounds: asked for on a page, reckoned by the worker, stored with their proof, verified at any time."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import IntegrityError, transaction
from django.db.models import Max

from tadamun.foundation.communities.errors import RoleNeeded
from tadamun.foundation.communities.models import Community
from tadamun.foundation.communities.policies import require
from tadamun.foundation.notices.services import tell
from tadamun.foundation.people.models import Person
from tadamun.foundation.trail.services import record
from tadamun.pillars.aid.needs import adapters, policies
from tadamun.pillars.aid.needs.errors import NoSuchRound, QuantityOutOfRange, RoundUnderWay
from tadamun.pillars.aid.needs.models import MatchingPolicy, Round, RoundOutcome
from tadamun.pillars.aid.needs.queries.rounds import policy_of
from tadamun.pillars.aid.needs.services.proofs import forgotten_since
from tadamun.pillars.aid.needs.services.proposing import replace_proposals
from tadamun.pillars.aid.needs.services.sweeping import one_by_one
from tadamun.pillars.aid.needs.vocabulary import (
    CHECK_DAYS_MOST,
    ESCALATION_DAYS_MOST,
    INVITATION_HOURS_MOST,
    RECKONING,
    REFERRAL_DAYS_MOST,
    ROUND_PATIENCE,
    RoundState,
)

log = structlog.get_logger("tadamun.needs")
CUT_OFF = "cut_off"
"""The problem of a round that was never finished."""
GIVEN_UP_AFTER = timedelta(hours=1)
"""Nobody waits for such a round any more, and one that stops its worker each time must not be tried for ever."""


@transaction.atomic
def ask_for_round(*, community: Community, actor: Person, at: datetime) -> Round:
    """Queue a round over the community's open lines and offers; the worker reckons it.

    One that was cut off is given up for it, and changes nothing any more even if its worker comes back.

    :raises RoundUnderWay: one is being reckoned already.
    """
    policies.require_coordinator(actor=actor, community=community)
    Community.objects.select_for_update(no_key=True).get(pk=community.pk)
    cut_off = Round.objects.filter(community=community, state__in=RECKONING, asked_at__lt=at - ROUND_PATIENCE)
    cut_off.update(state=RoundState.FAILED, problem=CUT_OFF)
    number = (Round.objects.filter(community=community).aggregate(last=Max("number"))["last"] or 0) + 1
    try:
        with transaction.atomic():
            row = Round.objects.create(community=community, number=number, asked_by=actor, asked_at=at)
    except IntegrityError:
        raise RoundUnderWay from None
    from tadamun.pillars.aid.needs.services.jobs import reckon

    reckon.enqueue(round_id=row.public_id)
    record(
        scope=community.public_id,
        verb="round_asked",
        thing="round",
        thing_id=row.public_id,
        actor=actor.public_id,
        at=at,
        data={"number": number},
    )
    return row


def reckon_round(*, round_id: str, at: datetime) -> Round:
    """Reckon a queued round and store proposals, outcomes, certificate and the checker's verdict.

    A round that was cut off in the middle is reckoned again from the start; one that is done or given up stays so.

    :raises NoSuchRound: none of this id.
    """
    row = _begin(round_id)
    if row.state not in RECKONING:
        return row
    try:
        solved = adapters.solve(community=row.community, policy=policy_of(community=row.community), at=at)
    except Exception as error:
        problem = type(error).__name__[:60]
        Round.objects.filter(pk=row.pk, state__in=RECKONING).update(state=RoundState.FAILED, problem=problem)
        log.exception("round_failed", round=round_id)
        raise
    return _store(row, solved, at=at)


@transaction.atomic
def change_policy(*, community: Community, actor: Person, at: datetime, **settings: Any) -> MatchingPolicy:
    """Change how the community matches; the next rounds follow it, the trail keeps what it was.

    :param settings: what `MatchingPolicy` keeps: escalate_after_days, fair_by_area, widen, invitation_hours,
        referral_asks_after_days, check_after_days.
    """
    require(policies.may_steward(person=actor, community=community), RoleNeeded(roles=["steward"]))
    policy, _ = MatchingPolicy.objects.select_for_update().get_or_create(community=community)
    for name in (
        "escalate_after_days",
        "fair_by_area",
        "widen",
        "invitation_hours",
        "referral_asks_after_days",
        "check_after_days",
    ):
        if name in settings:
            setattr(policy, name, settings[name])
    if not 1 <= policy.escalate_after_days <= ESCALATION_DAYS_MOST:
        raise QuantityOutOfRange(most=ESCALATION_DAYS_MOST)
    if not 1 <= policy.invitation_hours <= INVITATION_HOURS_MOST:
        raise QuantityOutOfRange(most=INVITATION_HOURS_MOST)
    if not 1 <= policy.referral_asks_after_days <= REFERRAL_DAYS_MOST:
        raise QuantityOutOfRange(most=REFERRAL_DAYS_MOST)
    if not 1 <= policy.check_after_days <= CHECK_DAYS_MOST:
        raise QuantityOutOfRange(most=CHECK_DAYS_MOST)
    policy.save()
    record(
        scope=community.public_id,
        verb="policy_changed",
        thing="policy",
        thing_id=community.public_id,
        actor=actor.public_id,
        at=at,
        data={
            "escalate_after_days": policy.escalate_after_days,
            "fair_by_area": policy.fair_by_area,
            "widen": policy.widen,
            "invitation_hours": policy.invitation_hours,
            "referral_asks_after_days": policy.referral_asks_after_days,
            "check_after_days": policy.check_after_days,
        },
    )
    return policy


@transaction.atomic
def _begin(round_id: str) -> Round:
    row = (
        Round.objects.select_for_update(of=("self",))
        .select_related("community", "asked_by")
        .filter(public_id=round_id)
        .first()
    )
    if row is None:
        raise NoSuchRound
    if row.state in RECKONING:
        row.state = RoundState.RUNNING
        row.save(update_fields=["state"])
    return row


@transaction.atomic
def _store(row: Round, solved: adapters.Solved, *, at: datetime) -> Round:
    """Replace the standing proposals by this round's; what people have answered meanwhile is left alone."""
    row = Round.objects.select_for_update(of=("self",)).select_related("community", "asked_by").get(pk=row.pk)
    if row.state not in RECKONING:  # another worker was faster, or a new round has taken its place
        return row
    lines = replace_proposals(community=row.community, plan=solved, round_=row)
    RoundOutcome.objects.bulk_create(
        RoundOutcome(
            round=row, line=lines[one.line_id], outcome=one.outcome, units=one.units, reason=one.reason
        )
        for one in solved.outcomes
    )
    row.state, row.reckoned_at = RoundState.DONE, at
    row.policy, row.figures, row.violations = solved.policy, solved.figures, solved.violations
    row.inputs = "" if forgotten_since(row, lines=lines, files=solved.files) else json.dumps(solved.files)
    row.certificate, row.input_digest = solved.certificate, solved.input_digest
    row.certificate_digest = hashlib.sha256(solved.certificate.encode()).hexdigest()
    row.save()
    _announce(row, at=at)
    return row


def _announce(row: Round, *, at: datetime) -> None:
    if row.asked_by is not None:
        tell(
            recipient=row.asked_by,
            kind="needs.round_done",
            params={"number": row.number},
            url=f"/c/{row.community.slug}/rounds/{row.public_id}/",
            scope=row.community.public_id,
            dedupe_key=f"round_done:{row.public_id}",
            at=at,
        )
    record(
        scope=row.community.public_id,
        verb="round_done",
        thing="round",
        thing_id=row.public_id,
        at=at,
        data={
            "number": row.number,
            "inputs": row.input_digest,
            "certificate": row.certificate_digest,
            "violations": row.violations or 0,
        },
    )


def take_up_cut_off_rounds(*, at: datetime) -> int:
    """Reckon rounds whose worker was stopped, and give up those asked for an hour ago. Returns how many were reckoned.

    :raises ExceptionGroup: some of them failed; the others are done.
    """
    left = Round.objects.filter(state__in=RECKONING)
    left.filter(asked_at__lt=at - GIVEN_UP_AFTER).update(state=RoundState.FAILED, problem=CUT_OFF)
    ids = left.filter(asked_at__lt=at - ROUND_PATIENCE).values_list("public_id", flat=True)
    return one_by_one(ids=ids, do=_take_up, what="take_up_rounds", at=at)


def _take_up(round_id: str, *, at: datetime) -> int:
    reckon_round(round_id=round_id, at=at)
    return 1

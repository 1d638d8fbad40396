"""Between two rounds: proposals follow every new need, new offer, cancellation and answer within a moment.

What has happened is read off the community's trail: the clock looks how far it has grown, the worker reckons anew.
Nobody is told of a proposal and it reserves nothing, so it may change; what was answered never moves.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from tadamun.foundation.communities.models import Community
from tadamun.foundation.jobs import queries as jobs
from tadamun.foundation.trail import queries as trail
from tadamun.pillars.aid.needs import adapters
from tadamun.pillars.aid.needs.models import Round, StandingOutcome, StandingPlan
from tadamun.pillars.aid.needs.queries.rounds import policy_of
from tadamun.pillars.aid.needs.services.proposing import replace_proposals
from tadamun.pillars.aid.needs.vocabulary import MOVES_NO_PROPOSAL, RoundState

APP = "needs"
ANEW_AFTER = timedelta(hours=1)
"""Time itself changes proposals: needs wait, offers end."""
LOST_AFTER = timedelta(seconds=30)
"""A job that was begun and has not come by then was lost, and is queued again."""
MOST_DOUBLINGS = 7
"""One that fails is queued again after one, two, four … minutes, about an hour at most."""


def something_has_changed(*, at: datetime) -> bool:
    """Whether some community's proposals are behind and nothing is under way yet; it reads alone."""
    return next(_left_behind(at=at), None) is not None


def queue_what_has_changed(*, at: datetime) -> int:
    """Queue a job for every community in which something has happened since its proposals were made; how many.

    A community takes part after its first round, as long as it uses needs. While its job waits for a worker no other is
    queued; what keeps failing is left alone longer and longer.
    """
    from tadamun.pillars.aid.needs.services.jobs import keep_up

    queued = 0
    for community in _left_behind(at=at):
        StandingPlan.objects.get_or_create(community=community)
        with transaction.atomic():
            plan = StandingPlan.objects.select_for_update().get(community=community)
            if _is_under_way(plan, community, at=at):
                continue
            StandingPlan.objects.filter(pk=plan.pk).update(queued_at=at)
            keep_up.enqueue(community_id=community.public_id)
        queued += 1
    return queued


def _left_behind(*, at: datetime) -> Iterator[Community]:
    """The communities whose proposals are behind, without those for whom a job is under way."""
    done = Round.objects.filter(community=OuterRef("pk"), state=RoundState.DONE)
    here = [one for one in Community.objects.filter(Exists(done)).order_by("pk") if one.has_on(APP)]
    plans = {plan.community_id: plan for plan in StandingPlan.objects.filter(community__in=here)}
    lengths = trail.lengths_of(scopes=[community.public_id for community in here])
    for community in here:
        plan = plans.get(community.pk) or StandingPlan(community=community)
        length = lengths.get(community.public_id, 0)
        if _is_behind(plan, community, length=length, at=at) and not _is_under_way(plan, community, at=at):
            yield community


def _is_under_way(plan: StandingPlan, community: Community, *, at: datetime) -> bool:
    """Whether a job waits or may still come, or ought to rest because the last ones failed."""
    from tadamun.pillars.aid.needs.services.jobs import keep_up

    # One dated in the future was queued by a clock that has been set back since.
    waited = at - plan.queued_at if plan.queued_at is not None and plan.queued_at <= at else None
    if waited is not None and waited < LOST_AFTER:
        return True
    if jobs.waits(job=keep_up, community_id=community.public_id):
        return True
    if waited is None:
        return False
    failures = jobs.failures_since(plan.kept_at, job=keep_up, community_id=community.public_id)
    return waited < LOST_AFTER * 2 ** min(failures, MOST_DOUBLINGS)


def bring_up_to_date(*, community_id: str, at: datetime) -> bool:
    """Reckon a community's proposals anew and keep what has changed; whether they were stored.

    They are not when somebody else has stored later ones meanwhile.
    """
    community = Community.objects.filter(public_id=community_id).first()
    if community is None or not community.has_on(APP) or not _rounds(community).exists():
        return False
    # Before anything is read: what happens from here on is seen next time.
    length = trail.length_of(scope=community.public_id)
    known = StandingPlan.objects.filter(community=community).first()
    if known is not None and not _is_behind(known, community, length=length, at=at):
        StandingPlan.objects.filter(pk=known.pk, trail_length=known.trail_length).update(queued_at=None)
        return False
    plan = adapters.plan(community=community, policy=policy_of(community=community), at=at)
    return _store(community, plan, length=length, at=at)


@transaction.atomic
def _store(community: Community, plan: adapters.Plan, *, length: int, at: datetime) -> bool:
    StandingPlan.objects.get_or_create(community=community)
    standing = StandingPlan.objects.select_for_update().get(community=community)
    if standing.trail_length > length:
        return False
    lines = replace_proposals(community=community, plan=plan)
    rows = {row.line_id: row for row in StandingOutcome.objects.filter(line__community=community)}
    StandingOutcome.objects.filter(line__community=community).exclude(line__in=lines).delete()
    new, changed = [], []
    for one in plan.outcomes:
        row = rows.get(one.line_id)
        found = (one.outcome, one.units, one.reason)
        if row is None and one.line_id in lines:
            new.append(
                StandingOutcome(line_id=one.line_id, outcome=found[0], units=found[1], reason=found[2])
            )
        elif row is not None and (row.outcome, row.units, row.reason) != found:
            row.outcome, row.units, row.reason = found
            changed.append(row)
    StandingOutcome.objects.bulk_create(new)
    StandingOutcome.objects.bulk_update(changed, ["outcome", "units", "reason"])
    standing.trail_length, standing.kept_at, standing.queued_at = length, at, None
    standing.save()
    return True


def _rounds(community: Community) -> QuerySet[Round]:
    return Round.objects.filter(community=community, state=RoundState.DONE)


def _is_behind(plan: StandingPlan, community: Community, *, length: int, at: datetime) -> bool:
    """Whether time or the trail, which is so long by now, asks for other proposals."""
    if plan.kept_at is None or at - plan.kept_at > ANEW_AFTER:
        return True
    if length <= plan.trail_length:
        return False
    verbs = trail.verbs_since(scope=community.public_id, number=plan.trail_length)
    return bool(verbs - MOVES_NO_PROPOSAL)

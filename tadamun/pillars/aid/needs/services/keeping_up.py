"""Between two rounds: proposals follow every new need, new offer, cancellation and answer within a moment.

What has happened is read off the community's trail: the clock looks how far it has grown, the worker reckons anew.
Nobody is told of a proposal and it reserves nothing, so it may change; what was answered never moves.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from tadamun.foundation.communities.models import Community
from tadamun.foundation.trail import queries as trail
from tadamun.pillars.aid.needs import adapters
from tadamun.pillars.aid.needs.models import Round, StandingOutcome, StandingPlan
from tadamun.pillars.aid.needs.services.proposing import replace_proposals
from tadamun.pillars.aid.needs.services.rounds import policy_of
from tadamun.pillars.aid.needs.vocabulary import MOVES_NO_PROPOSAL, RoundState

ANEW_AFTER = timedelta(hours=1)
"""Time itself changes proposals: needs wait, offers end."""
LOST_AFTER = timedelta(seconds=30)
"""A queued job that has not come by then was lost, and is queued again."""


def queue_what_has_changed(*, at: datetime) -> int:
    """Queue a job for every community in which something has happened since its proposals were made; how many.

    A community takes part after its first round.
    """
    from tadamun.pillars.aid.needs.services.jobs import keep_up

    queued = 0
    for community in Community.objects.filter(rounds__state=RoundState.DONE).distinct():
        plan, _ = StandingPlan.objects.get_or_create(community=community)
        if plan.queued_at is not None and at - plan.queued_at < LOST_AFTER:
            continue
        if not _is_behind(plan, community, at=at):
            continue
        with transaction.atomic():
            StandingPlan.objects.filter(pk=plan.pk).update(queued_at=at)
            keep_up.enqueue(community_id=community.public_id)
        queued += 1
    return queued


def bring_up_to_date(*, community_id: str, at: datetime) -> bool:
    """Reckon a community's proposals anew and keep what has changed; whether they were stored.

    They are not when somebody else has stored later ones meanwhile.
    """
    community = Community.objects.filter(public_id=community_id).first()
    if community is None or not _rounds(community).exists():
        return False
    known = StandingPlan.objects.filter(community=community).first()
    if known is not None and not _is_behind(known, community, at=at):
        return False
    # Before anything is read: what happens from here on is seen next time.
    length = trail.length_of(scope=community.public_id)
    plan = adapters.plan(community=community, policy=policy_of(community), at=at)
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


def _is_behind(plan: StandingPlan, community: Community, *, at: datetime) -> bool:
    if plan.kept_at is None or at - plan.kept_at > ANEW_AFTER:
        return True
    verbs = trail.verbs_since(scope=community.public_id, number=plan.trail_length)
    return bool(verbs - MOVES_NO_PROPOSAL)

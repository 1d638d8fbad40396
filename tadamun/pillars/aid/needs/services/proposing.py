"""Proposals: what a round, or the worker between two rounds, puts before the coordinators. They reserve nothing."""

from __future__ import annotations

from tadamun.foundation.communities.models import Community
from tadamun.pillars.aid.needs.adapters import Plan
from tadamun.pillars.aid.needs.models import Match, NeedLine, OfferSlot, Round
from tadamun.pillars.aid.needs.services.settling import lock_several
from tadamun.pillars.aid.needs.vocabulary import MatchState


def replace_proposals(
    *, community: Community, plan: Plan, round_: Round | None = None
) -> dict[int, NeedLine]:
    """Put a plan in the place of the standing proposals; what people were asked or have answered is left alone.

    A proposal that is in both stays the same row, so that whoever looks at it just now can go on with it.

    :param round_: the round that proposes; without one a kept proposal stays that of its round.
    :returns: the lines of the plan by key, all under lock.
    """
    # Locked before anything is written, lines before slots, as whoever invites at this moment locks them.
    standing = Match.objects.filter(community=community, state=MatchState.PROPOSED)
    lock_several(
        matches=standing,
        lines=[one.line_id for one in plan.outcomes],
        slots=[one.slot_id for one in plan.proposals],
    )
    lines = NeedLine.objects.in_bulk([one.line_id for one in plan.outcomes])
    slots = OfferSlot.objects.in_bulk([one.slot_id for one in plan.proposals])
    live = Match.objects.filter(
        line__in=lines, slot__in=slots, ended_at__isnull=True, confirmed_at__isnull=True
    )
    taken = set(live.exclude(state=MatchState.PROPOSED).values_list("line_id", "slot_id"))
    wanted = {
        (one.line_id, one.slot_id): one
        for one in plan.proposals
        if (one.line_id, one.slot_id) not in taken and one.line_id in lines and one.slot_id in slots
    }
    gone, changed = [], []
    for row in standing:
        one = wanted.pop((row.line_id, row.slot_id), None)
        if one is None:
            gone.append(row.pk)
            continue
        now = (one.quantity, one.reason, round_.pk if round_ else row.round_id)
        if (row.quantity, row.reason, row.round_id) != now:
            row.quantity, row.reason, row.round_id = now
            changed.append(row)
    Match.objects.filter(pk__in=gone, state=MatchState.PROPOSED).delete()
    Match.objects.bulk_update(changed, ["quantity", "reason", "round"])
    Match.objects.bulk_create(
        Match(
            community=community,
            line=lines[one.line_id],
            slot=slots[one.slot_id],
            round=round_,
            quantity=one.quantity,
            reason=one.reason,
        )
        for one in wanted.values()
    )
    return lines

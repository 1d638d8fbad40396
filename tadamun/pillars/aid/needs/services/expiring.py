"""When nobody answers an invitation: it ends, and the next choice is asked."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tadamun.foundation.trail.services import held_back
from tadamun.pillars.aid.needs import policies
from tadamun.pillars.aid.needs.errors import AlreadyTaken, OfferDoesNotFit, OfferUsedUp
from tadamun.pillars.aid.needs.models import Match
from tadamun.pillars.aid.needs.queries.choices import choices_for
from tadamun.pillars.aid.needs.services.inviting import invite
from tadamun.pillars.aid.needs.services.settling import end_match, lock_if_free, locked_match
from tadamun.pillars.aid.needs.services.sweeping import one_by_one
from tadamun.pillars.aid.needs.services.telling import record_match, tell_owner
from tadamun.pillars.aid.needs.vocabulary import EndReason, MatchState


def expire_invitations(*, at: datetime) -> int:
    """End every invitation that nobody answered in time, and ask the next choice. Returns how many.

    :raises ExceptionGroup: some of them failed; the others have ended.
    """
    due = Match.objects.filter(state=MatchState.INVITED, expires_at__lte=at).values_list(
        "public_id", flat=True
    )
    return one_by_one(ids=due, do=_expire, what="expire_invitations", at=at)


@transaction.atomic
def _expire(match_id: str, *, at: datetime) -> int:
    match = locked_match(match_id=match_id)
    if match.state != MatchState.INVITED or match.expires_at is None or match.expires_at > at:
        return 0
    end_match(match=match, state=MatchState.EXPIRED, reason=EndReason.NONE, at=at)
    with held_back():
        record_match(match, verb="invitation_expired", actor=None, at=at)
        _invite_next(match, at=at)
    return 1


def _invite_next(match: Match, *, at: datetime) -> None:
    """Ask the next choice for the line, the round's own first; with none left tell the coordinator."""
    inviter = match.invited_by
    if inviter is not None and policies.may_coordinate(person=inviter, community=match.community):
        line_id = match.line.public_id
        for choice in choices_for(line_id=line_id, viewer=inviter, at=at):
            try:
                with transaction.atomic(), held_back():
                    if not lock_if_free(offer_id=choice.offer_id):
                        continue
                    invite(
                        line_id=line_id,
                        offer_id=choice.offer_id,
                        actor=inviter,
                        at=at,
                        change_reason="unanswered",
                    )
            except (AlreadyTaken, OfferUsedUp, OfferDoesNotFit):
                continue
            return
    tell_owner(match, kind="needs.unanswered", at=at)

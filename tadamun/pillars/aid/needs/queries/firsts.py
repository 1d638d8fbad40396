"""How far an empty community has come on the way to its first matched request."""

from __future__ import annotations

from typing import Any

from tadamun.foundation.communities.models import Community
from tadamun.pillars.aid.needs import policies
from tadamun.pillars.aid.needs.cards import Firsts
from tadamun.pillars.aid.needs.models import Match, NeedLine, Offer, Request, Round
from tadamun.pillars.aid.needs.vocabulary import PROMISED, LineState, MatchState, RoundState


def firsts(*, community: Community, viewer: Any) -> Firsts:
    """Which first things have happened here, for coordinators and stewards.

    :raises CoordinatorsOnly: anybody else.
    """
    if not policies.may_steward(person=viewer, community=community):
        policies.require_coordinator(actor=viewer, community=community)
    matches = Match.objects.filter(community=community)
    return Firsts(
        offer=Offer.objects.filter(community=community).exists(),
        request=Request.objects.filter(community=community).exists(),
        triage=NeedLine.objects.filter(community=community).exclude(state=LineState.TRIAGE).exists(),
        round=Round.objects.filter(community=community, state=RoundState.DONE).exists(),
        invitation=matches.exclude(state=MatchState.PROPOSED).exists(),
        match=matches.filter(state__in=PROMISED).exists(),
    )

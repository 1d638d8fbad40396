"""Matches: one offer's help for one line, from proposal to confirmation."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from tadamun.foundation.codes import one_of
from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Person
from tadamun.foundation.sealed import SealedTextField
from tadamun.kernel.ids import new_public_id
from tadamun.pillars.aid.needs.errors import MatchCannotMove
from tadamun.pillars.aid.needs.models.offers import OfferSlot
from tadamun.pillars.aid.needs.models.requests import NeedLine
from tadamun.pillars.aid.needs.models.rounds import Round
from tadamun.pillars.aid.needs.vocabulary import (
    LIVE,
    MATCH_MOVES,
    UNDER_WAY,
    Confirmation,
    EndReason,
    MatchState,
    Side,
)

ENDED = (MatchState.DECLINED, MatchState.EXPIRED, MatchState.CANCELLED, MatchState.DID_NOT_HAPPEN)


class Match(models.Model):
    """One offer's help for one line."""

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="+")
    line = models.ForeignKey(NeedLine, on_delete=models.CASCADE, related_name="matches")
    slot = models.ForeignKey(OfferSlot, on_delete=models.PROTECT, related_name="matches")
    round = models.ForeignKey(Round, null=True, blank=True, on_delete=models.SET_NULL, related_name="matches")
    quantity = models.PositiveIntegerField()
    delivered = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=16, default=MatchState.PROPOSED)
    reason = models.JSONField(default=dict, blank=True)
    """Why this offer: a code and figures."""
    change_reason = models.CharField(max_length=24, blank=True)
    """A code, when a coordinator chose otherwise than proposed."""
    invited_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    invited_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    window_from = models.DateTimeField(null=True, blank=True)
    window_until = models.DateTimeField(null=True, blank=True)
    code = SealedTextField(blank=True, default="")
    code_tries = models.PositiveSmallIntegerField(default=0)
    handed_over_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_how = models.CharField(max_length=10, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=24, blank=True, default=EndReason.NONE)
    thanks = SealedTextField(blank=True, default="")

    class Meta:
        verbose_name_plural = "matches"
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gte=1), name="match_gives_something"),
            models.CheckConstraint(
                condition=Q(delivered__lte=F("quantity")), name="match_delivers_at_most_promised"
            ),
            models.CheckConstraint(
                condition=Q(state=MatchState.CONFIRMED, confirmed_at__isnull=False, delivered__gte=1)
                & Q(confirmed_how__in=[how.value for how in Confirmation])
                | (
                    ~Q(state=MatchState.CONFIRMED)
                    & Q(confirmed_at__isnull=True, delivered=0, confirmed_how="")
                ),
                name="match_is_confirmed_exactly_when_dated",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ENDED, ended_at__isnull=False)
                | (~Q(state__in=ENDED) & Q(ended_at__isnull=True)),
                name="match_is_ended_exactly_when_dated",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[MatchState.PROPOSED, *ENDED]) | Q(invited_at__isnull=False),
                name="match_under_way_was_invited",
            ),
            models.CheckConstraint(
                condition=~Q(state=MatchState.SCHEDULED)
                | Q(
                    window_from__isnull=False, window_until__isnull=False, window_from__lte=F("window_until")
                ),
                name="match_scheduled_has_a_window",
            ),
            models.UniqueConstraint(
                fields=["line", "slot"],
                condition=Q(state__in=[MatchState.PROPOSED, *LIVE]),
                name="match_is_live_once_a_pair",
            ),
            one_of("state", MatchState, name="match_state_is_known"),
            one_of("end_reason", EndReason, name="match_end_reason_is_known"),
        ]
        indexes = [models.Index(fields=["community", "state"], name="match_by_state")]

    def __str__(self) -> str:
        return self.public_id

    @property
    def is_under_way(self) -> bool:
        """Promised and not yet confirmed."""
        return self.state in UNDER_WAY

    def move_to(self, state: MatchState) -> None:
        """Change state in memory; the service saves.

        :raises MatchCannotMove: the present state does not lead there.
        """
        if state not in MATCH_MOVES[MatchState(self.state)]:
            raise MatchCannotMove(now=self.state, asked=state.value)
        self.state = state


class Stay(models.Model):
    """Nights under somebody's roof: coming and going, each confirmed by both sides."""

    match = models.OneToOneField(Match, on_delete=models.CASCADE, related_name="stay")
    guest_in_at = models.DateTimeField(null=True, blank=True)
    host_in_at = models.DateTimeField(null=True, blank=True)
    guest_out_at = models.DateTimeField(null=True, blank=True)
    host_out_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.match_id)


class StayConcern(models.Model):
    """Said in private, to the coordinators alone: something was wrong."""

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="concerns")
    side = models.CharField(max_length=12)
    body = SealedTextField()
    at = models.DateTimeField()
    handled_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    handled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [one_of("side", Side, name="concern_side_is_known")]

    def __str__(self) -> str:
        return self.side

"""What becomes of an invitation: yes, not this time, or no answer at all."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError

from tadamun.pillars.aid.needs import queries, services
from tadamun.pillars.aid.needs.errors import (
    MatchCannotMove,
)
from tadamun.pillars.aid.needs.models import Match, OfferSlot
from tadamun.pillars.aid.needs.services import expiring
from tadamun.pillars.aid.needs.vocabulary import EndReason, LineState, MatchState, Tier
from tests.aid import make
from tests.aid.make import NOON
from tests.aid.services.told import kinds_told


class TestAnswers:
    def test_yes_gives_the_asker_a_code_and_word(self, community, coordinator):
        asker = make.make_member(community)
        line = make.make_line(community, by=coordinator, actor=asker)

        match = make.accepted_match(line, make.make_offer(community), by=coordinator)

        line.refresh_from_db()
        assert (line.state, line.promised, len(match.code)) == (LineState.MATCHED, 1, 3)
        assert "needs.accepted" in kinds_told(asker)
        assert "needs.giver_accepted" in kinds_told(coordinator)

    def test_part_of_a_need_leaves_the_rest_waiting(self, community, coordinator):
        line = make.make_line(community, by=coordinator, quantity=5)

        make.accepted_match(line, make.make_offer(community, quantity=2), by=coordinator)

        line.refresh_from_db()
        assert (line.state, line.promised, line.unreserved) == (LineState.PART_MATCHED, 2, 3)

    def test_not_this_time_frees_both_sides(self, community, coordinator):
        line, offer = make.make_line(community, by=coordinator), make.make_offer(community)
        match = make.invited_match(line, offer, by=coordinator)

        services.decline(match_id=match.public_id, actor=offer.giver, at=NOON)

        line.refresh_from_db()
        assert (line.state, line.reserved, OfferSlot.objects.get(offer=offer).free) == (LineState.OPEN, 0, 1)
        assert "needs.declined" in kinds_told(coordinator)

    def test_who_said_no_is_not_among_the_choices_again(self, community, coordinator):
        line, offer = make.make_line(community, by=coordinator), make.make_offer(community)
        match = make.invited_match(line, offer, by=coordinator)
        services.decline(match_id=match.public_id, actor=offer.giver, at=NOON)

        assert queries.choices_for(line_id=line.public_id, viewer=coordinator, at=NOON) == []

    def test_a_giver_without_an_account_answers_on_the_phone(self, community, coordinator):
        offer = make.make_offer(community, giver=make.GUEST, phone="+962790000009", giver_name="أبو سليم")
        match = make.invited_match(make.make_line(community, by=coordinator), offer, by=coordinator)

        accepted = services.accept_for(match_id=match.public_id, actor=coordinator, at=NOON)

        assert accepted.state == MatchState.ACCEPTED

    def test_a_promise_is_no_invitation_to_withdraw(self, community, coordinator):
        match = make.accepted_match(
            make.make_line(community, by=coordinator), make.make_offer(community), by=coordinator
        )

        with pytest.raises(MatchCannotMove):
            services.withdraw_invitation(match_id=match.public_id, actor=coordinator, at=NOON)

    def test_the_asker_may_refuse_and_keeps_the_place(self, community, coordinator):
        asker = make.make_member(community)
        line, offer = make.make_line(community, by=coordinator, actor=asker), make.make_offer(community)
        match = make.accepted_match(line, offer, by=coordinator)

        ended = services.refuse_help(match_id=match.public_id, actor=asker, at=NOON)

        line.refresh_from_db()
        assert (ended.state, ended.end_reason) == (MatchState.CANCELLED, EndReason.ASKER_REFUSED)
        assert (line.state, line.waiting_since, line.tier) == (LineState.OPEN, NOON, Tier.NORMAL)


class TestExpiry:
    def test_goes_to_the_next_person(self, community, coordinator):
        line = make.make_line(community, by=coordinator)
        near, far = make.make_offer(community, km=0.5), make.make_offer(community, km=2.0)
        first = make.invited_match(line, near, by=coordinator)

        ended = services.expire_invitations(at=first.expires_at)

        first.refresh_from_db()
        second = Match.objects.get(slot__offer=far)
        assert (ended, first.state, second.state) == (1, MatchState.EXPIRED, MatchState.INVITED)
        assert second.change_reason == "unanswered"
        assert "needs.invitation" in kinds_told(far.giver)

    def test_passes_over_a_choice_that_is_gone(self, community, coordinator):
        line = make.make_line(community, by=coordinator)
        near, gone, far = (make.make_offer(community, km=km) for km in (0.5, 1.0, 2.0))
        first = make.invited_match(line, near, by=coordinator)
        Match.objects.create(community=community, line=line, slot=gone.slots.get(), quantity=1)
        services.pause_offer(offer_id=gone.public_id, until=date(2026, 3, 9), actor=gone.giver, at=NOON)

        services.expire_invitations(at=first.expires_at)

        assert Match.objects.get(slot__offer=far).state == MatchState.INVITED

    def test_one_that_fails_keeps_no_other_waiting_and_is_tried_again(
        self, community, coordinator, monkeypatch
    ):
        matches = [
            make.invited_match(
                make.make_line(community, by=coordinator), make.make_offer(community), by=coordinator
            )
            for _ in range(3)
        ]
        broken, at = matches[0], matches[-1].expires_at
        whole = expiring.record_match

        def failing(match, **given):
            if match.pk == broken.pk:
                raise DatabaseError
            whole(match, **given)

        monkeypatch.setattr(expiring, "record_match", failing)
        with pytest.raises(ExceptionGroup) as failed:
            services.expire_invitations(at=at)
        states = [Match.objects.get(pk=match.pk).state for match in matches]
        assert [type(error) for error in failed.value.exceptions] == [DatabaseError]
        assert states == [MatchState.INVITED, MatchState.EXPIRED, MatchState.EXPIRED]

        monkeypatch.undo()
        assert services.expire_invitations(at=at) == 1
        assert Match.objects.get(pk=broken.pk).state == MatchState.EXPIRED

    def test_says_so_when_there_is_nobody_else(self, community, coordinator):
        line = make.make_line(community, by=coordinator)
        match = make.invited_match(line, make.make_offer(community), by=coordinator)

        services.expire_invitations(at=match.expires_at)

        line.refresh_from_db()
        assert (line.state, line.reserved) == (LineState.OPEN, 0)
        assert "needs.unanswered" in kinds_told(coordinator)

    def test_leaves_alone_what_was_answered(self, community, coordinator):
        match = make.accepted_match(
            make.make_line(community, by=coordinator), make.make_offer(community), by=coordinator
        )

        assert services.expire_invitations(at=NOON + timedelta(days=3)) == 0
        match.refresh_from_db()
        assert match.state == MatchState.ACCEPTED

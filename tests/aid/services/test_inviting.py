"""Inviting a giver, the answer, and what happens when none comes."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError

from tadamun.foundation.communities.models import Membership
from tadamun.foundation.notices.models import Notice
from tadamun.foundation.trail.queries import history_of
from tadamun.pillars.aid.needs import queries, services
from tadamun.pillars.aid.needs.errors import (
    AlreadyTaken,
    MatchCannotMove,
    MoneyWaitsForTheFund,
    NeedCannotMove,
    NoSuchOffer,
    OfferDoesNotFit,
    OfferUsedUp,
)
from tadamun.pillars.aid.needs.models import Match, MatchingPolicy, OfferSlot
from tadamun.pillars.aid.needs.services import expiring
from tadamun.pillars.aid.needs.vocabulary import EndReason, LineState, MatchState, Rhythm, Tier
from tests.aid import make
from tests.aid.make import NOON


def kinds_told(person):
    return set(Notice.objects.filter(recipient=person).values_list("kind", flat=True))


class TestInvite:
    def test_holds_back_the_quantity_on_both_sides(self, community, coordinator):
        line = make.make_line(community, by=coordinator, quantity=3)
        offer = make.make_offer(community, quantity=5)

        match = make.invited_match(line, offer, by=coordinator)

        line.refresh_from_db()
        slot = OfferSlot.objects.get(offer=offer)
        assert (match.quantity, line.reserved, line.promised, slot.free) == (3, 3, 0, 2)
        assert line.state == LineState.OPEN
        assert "needs.invitation" in kinds_told(offer.giver)
        assert [entry.verb for entry in history_of(thing="match", thing_id=match.public_id)] == [
            "giver_invited"
        ]

    def test_expires_after_the_hours_of_the_policy(self, community, coordinator):
        MatchingPolicy.objects.create(community=community, invitation_hours=5)
        match = make.invited_match(
            make.make_line(community, by=coordinator), make.make_offer(community), by=coordinator
        )

        assert match.expires_at == NOON + timedelta(hours=5)

    def test_takes_what_the_round_proposed(self, community, coordinator):
        line = make.make_line(community, by=coordinator, quantity=5)
        offer = make.make_offer(community, quantity=5)
        Match.objects.create(community=community, line=line, slot=offer.slots.get(), quantity=2)

        match = make.invited_match(line, offer, by=coordinator)

        assert match.quantity == 2
        assert Match.objects.filter(line=line).count() == 1

    def test_keeps_why_another_choice_was_taken(self, community, coordinator):
        match = make.invited_match(
            make.make_line(community, by=coordinator),
            make.make_offer(community),
            by=coordinator,
            change_reason="asker_wish",
        )

        (entry,) = history_of(thing="match", thing_id=match.public_id)
        assert (match.change_reason, entry.data["change"]) == ("asker_wish", "asker_wish")

    def test_refuses_the_last_unit_twice(self, community, coordinator):
        first, second = (make.make_line(community, by=coordinator) for _ in range(2))
        offer = make.make_offer(community, quantity=1)
        make.invited_match(first, offer, by=coordinator)

        with pytest.raises(AlreadyTaken):
            make.invited_match(second, offer, by=coordinator)

    def test_refuses_more_than_is_left(self, community, coordinator):
        line = make.make_line(community, by=coordinator, quantity=5)
        offer = make.make_offer(community, quantity=3)

        with pytest.raises(AlreadyTaken):
            make.invited_match(line, offer, by=coordinator, quantity=4)

    def test_refuses_a_line_nobody_sorted(self, community, coordinator):
        line = make.make_request(community).request.lines.get()

        with pytest.raises(NeedCannotMove) as refused:
            make.invited_match(line, make.make_offer(community), by=coordinator)

        assert refused.value.params == {"now": "triage", "asked": "matched"}

    def test_refuses_money(self, community, coordinator):
        line = make.make_line(community, by=coordinator, category="bill", quantity=50)

        assert line.state == LineState.TRIAGE
        with pytest.raises(MoneyWaitsForTheFund):
            make.invited_match(line, make.make_offer(community), by=coordinator)

    def test_an_offer_of_another_community_is_not_there(self, community, coordinator):
        line = make.make_line(community, by=coordinator)
        elsewhere = make.make_offer(make.make_community())

        with pytest.raises(NoSuchOffer):
            make.invited_match(line, elsewhere, by=coordinator)


class TestWhatFits:
    @pytest.mark.parametrize(
        ("asked", "offered", "why"),
        [
            ({}, {"category": "blankets"}, "other_category"),
            ({}, {"km": 6.0}, "reach"),
            ({"requirements": ("halal",)}, {}, "requirement"),
            ({"delivery": "home"}, {"brings_it": False}, "requirement"),
            ({"when": "today"}, {"from_at": NOON + timedelta(days=2)}, "window"),
        ],
    )
    def test_refuses_what_cannot_serve(self, community, coordinator, asked, offered, why):
        line = make.make_line(community, by=coordinator, exact=make.HERE, **asked)
        offer = make.make_offer(community, **offered)

        with pytest.raises(OfferDoesNotFit) as refused:
            make.invited_match(line, offer, by=coordinator)

        assert refused.value.params == {"why": why}
        assert queries.choices_for(line_id=line.public_id, viewer=coordinator, at=NOON) == []

    def test_a_need_past_its_day_takes_any_day(self, community, coordinator):
        line = make.make_line(community, by=coordinator, when="today")
        later = NOON + timedelta(days=2)
        offer = make.make_offer(community, at=later, from_at=later + timedelta(days=1))

        assert make.invited_match(line, offer, by=coordinator, at=later).state == MatchState.INVITED

    def test_nobody_helps_their_own_request(self, community, coordinator, volunteer):
        line = make.make_line(community, by=coordinator, actor=volunteer)

        with pytest.raises(OfferDoesNotFit) as refused:
            make.invited_match(line, make.make_offer(community, giver=volunteer), by=coordinator)

        assert refused.value.params == {"why": "own_request"}

    def test_food_is_never_matched_past_its_last_good_day(self, community, coordinator):
        line = make.make_line(community, by=coordinator)
        offer = make.make_offer(community, best_before=date(2026, 3, 2))

        with pytest.raises(OfferUsedUp):
            make.invited_match(line, offer, by=coordinator, at=NOON + timedelta(days=2))

    def test_a_paused_offer_rests(self, community, coordinator):
        line, offer = make.make_line(community, by=coordinator), make.make_offer(community)
        services.pause_offer(offer_id=offer.public_id, until=date(2026, 3, 8), actor=offer.giver, at=NOON)

        with pytest.raises(OfferUsedUp):
            make.invited_match(line, offer, by=coordinator)
        later = NOON + timedelta(days=7)
        assert make.invited_match(line, offer, by=coordinator, at=later).state == MatchState.INVITED

    def test_a_closed_offer_is_used_up(self, community, coordinator):
        line, offer = make.make_line(community, by=coordinator), make.make_offer(community)
        services.close_offer(offer_id=offer.public_id, actor=offer.giver, at=NOON)

        with pytest.raises(OfferUsedUp):
            make.invited_match(line, offer, by=coordinator)

    def test_nobody_helps_oftener_than_they_said(self, community, coordinator):
        offer = make.make_offer(community, quantity=10, monthly_limit=2)
        for _ in range(2):
            make.accepted_match(make.make_line(community, by=coordinator), offer, by=coordinator)
        third = make.make_line(community, by=coordinator)

        with pytest.raises(OfferUsedUp):
            make.invited_match(third, offer, by=coordinator)
        next_month = NOON + timedelta(days=31)
        assert make.invited_match(third, offer, by=coordinator, at=next_month).quantity == 1

    def test_a_weekly_offer_is_whole_again_next_saturday(self, community, coordinator):
        offer = make.make_offer(community, quantity=1, rhythm=Rhythm.WEEKLY)
        make.accepted_match(make.make_line(community, by=coordinator), offer, by=coordinator)
        second = make.make_line(community, by=coordinator)

        with pytest.raises(AlreadyTaken):
            make.invited_match(second, offer, by=coordinator, at=NOON + timedelta(days=5))
        saturday = NOON + timedelta(days=6)
        assert make.invited_match(second, offer, by=coordinator, at=saturday).quantity == 1


class TestIndivisible:
    def test_serves_one_line_whose_quantity_it_covers(self, community, coordinator):
        offer = make.make_offer(community, quantity=4, divisible=False)
        first, second = (make.make_line(community, by=coordinator, quantity=2) for _ in range(2))

        assert make.invited_match(first, offer, by=coordinator).quantity == 2
        with pytest.raises(AlreadyTaken):
            make.invited_match(second, offer, by=coordinator)

    def test_is_not_split_for_a_larger_need(self, community, coordinator):
        offer = make.make_offer(community, quantity=4, divisible=False)

        with pytest.raises(AlreadyTaken):
            make.invited_match(make.make_line(community, by=coordinator, quantity=5), offer, by=coordinator)


class TestSafety:
    @pytest.mark.parametrize(
        ("category", "verified", "overnight", "allowed"),
        [
            ("food-parcel", False, False, True),
            ("home-repair", False, False, False),
            ("home-repair", True, False, True),
            ("night", True, False, False),
            ("night", True, True, True),
        ],
    )
    def test_home_visits_need_a_verified_giver_and_nights_an_approved_host(
        self, community, coordinator, category, verified, overnight, allowed
    ):
        giver = make.make_member(community, "volunteer", verified=verified, overnight=overnight)
        line = make.make_line(community, by=coordinator, category=category)
        if category == "night":
            offer = make.make_shelter_offer(community, giver=giver)
        else:
            offer = make.make_offer(community, giver=giver, category=category)

        if allowed:
            assert make.invited_match(line, offer, by=coordinator).state == MatchState.INVITED
        else:
            with pytest.raises(OfferDoesNotFit) as refused:
                make.invited_match(line, offer, by=coordinator)
            assert refused.value.params == {"why": "not_verified"}

    def test_a_withdrawn_verification_counts_at_once(self, community, coordinator, volunteer):
        line = make.make_line(community, by=coordinator, category="home-repair")
        offer = make.make_offer(community, giver=volunteer, category="home-repair")
        Membership.objects.filter(person=volunteer).update(verified_at=None)

        with pytest.raises(OfferDoesNotFit):
            make.invited_match(line, offer, by=coordinator)

    def test_a_house_for_women_takes_only_those_who_asked_for_one_or_do_not_mind(
        self, community, coordinator
    ):
        line = make.make_line(community, by=coordinator, category="night", requirements=("women_only_house",))

        with pytest.raises(OfferDoesNotFit):
            make.invited_match(line, make.make_shelter_offer(community), by=coordinator)

    def test_a_house_is_free_only_in_its_nights(self, community, coordinator):
        line = make.make_line(community, by=coordinator, category="night", when="today")
        host = make.make_member(community, "volunteer", overnight=True)
        offer = make.make_shelter_offer(community, giver=host)
        offer.shelter.nights_from = date(2026, 3, 10)
        offer.shelter.save()

        with pytest.raises(OfferDoesNotFit) as refused:
            make.invited_match(line, offer, by=coordinator)
        assert refused.value.params == {"why": "window"}


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

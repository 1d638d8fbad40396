"""Inviting a giver, the answer, and what happens when none comes."""

from datetime import date, timedelta

import pytest

from tadamun.foundation.communities.models import Membership
from tadamun.foundation.trail.queries import history_of
from tadamun.pillars.aid.needs import queries, services
from tadamun.pillars.aid.needs.errors import (
    AlreadyTaken,
    MoneyWaitsForTheFund,
    NeedCannotMove,
    NoSuchOffer,
    OfferDoesNotFit,
    OfferUsedUp,
)
from tadamun.pillars.aid.needs.models import Match, MatchingPolicy, OfferSlot
from tadamun.pillars.aid.needs.vocabulary import LineState, MatchState, Rhythm
from tests.aid import make
from tests.aid.make import NOON
from tests.aid.services.told import kinds_told


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

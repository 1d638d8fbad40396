"""What was true when a giver was invited may not be true any more: they are asked no further, and see no door."""

from datetime import date, timedelta

import pytest

from tadamun.foundation.communities import services as communities
from tadamun.foundation.communities.models import Membership
from tadamun.foundation.people.models import Reveal
from tadamun.pillars.aid.needs import queries, services
from tadamun.pillars.aid.needs.errors import (
    DateOutOfRange,
    GiverNotVerified,
    MatchCannotMove,
    OfferDoesNotFit,
)
from tadamun.pillars.aid.needs.vocabulary import LineState, MatchState
from tests.aid import make
from tests.aid.make import NOON


@pytest.fixture
def line(community, coordinator):
    return make.make_line(community, by=coordinator)


@pytest.fixture
def offer(community, volunteer):
    return make.make_offer(community, giver=volunteer)


def remove(community, person):
    steward = make.make_member(community, "steward")
    member = Membership.objects.get(community=community, person=person)
    communities.remove_member(community=community, actor=steward, member_id=member.public_id, at=NOON)


class TestRemovedFromTheCommunity:
    def test_is_invited_no_more(self, community, coordinator, volunteer, line, offer):
        remove(community, volunteer)

        with pytest.raises(OfferDoesNotFit):
            make.invited_match(line, offer, by=coordinator)
        assert queries.choices_for(line_id=line.public_id, viewer=coordinator, at=NOON) == []

    def test_accepts_nothing(self, community, coordinator, volunteer, line, offer):
        match = make.invited_match(line, offer, by=coordinator)
        remove(community, volunteer)

        with pytest.raises(GiverNotVerified):
            services.accept(match_id=match.public_id, actor=volunteer, at=NOON)

    def test_sees_no_door_even_on_the_day(self, community, coordinator, volunteer, line, offer):
        match = make.scheduled_match(line, offer, by=coordinator, hours=1)
        remove(community, volunteer)

        with pytest.raises(GiverNotVerified):
            services.reveal_place_to_giver(match_id=match.public_id, actor=volunteer, at=NOON)
        assert not Reveal.objects.exists()


def test_who_is_not_verified_any_more_sees_no_door(community, coordinator, volunteer):
    make.make_category("food-parcel", safety_tier=1)
    line, offer = make.make_line(community, by=coordinator), make.make_offer(community, giver=volunteer)
    match = make.scheduled_match(line, offer, by=coordinator, hours=1)
    member = Membership.objects.get(community=community, person=volunteer)
    communities.withdraw_verification(
        community=community, actor=coordinator, member_id=member.public_id, at=NOON
    )

    with pytest.raises(GiverNotVerified):
        services.reveal_place_to_giver(match_id=match.public_id, actor=volunteer, at=NOON)


class TestTimeThatRanOut:
    def test_an_invitation_is_not_accepted_late(self, coordinator, volunteer, line, offer):
        match = make.invited_match(line, offer, by=coordinator)

        with pytest.raises(MatchCannotMove) as refused:
            services.accept(match_id=match.public_id, actor=volunteer, at=NOON + timedelta(hours=13))

        assert refused.value.params["now"] == MatchState.EXPIRED

    def test_an_invitation_ends_with_the_foods_last_good_day(self, community, coordinator, volunteer, line):
        services.change_policy(
            community=community, actor=make.make_member(community, "steward"), at=NOON, invitation_hours=168
        )
        offer = make.make_offer(community, giver=volunteer, best_before=NOON.date())

        match = make.invited_match(line, offer, by=coordinator)

        assert match.expires_at < NOON + timedelta(days=1)

    def test_a_window_is_a_day_and_not_a_season(self, coordinator, line, offer):
        match = make.accepted_match(line, offer, by=coordinator)

        with pytest.raises(DateOutOfRange):
            services.schedule(
                match_id=match.public_id,
                starts=NOON,
                ends=NOON + timedelta(days=60),
                actor=coordinator,
                at=NOON,
            )

    @pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
    def test_no_offer_names_a_day_at_the_end_of_the_calendar(self, community, volunteer, day):
        with pytest.raises(DateOutOfRange):
            make.make_offer(community, giver=volunteer, best_before=day)


def test_a_whole_offer_serves_what_is_left_of_a_line(community, coordinator):
    line = make.make_line(community, by=coordinator, quantity=5)
    first = make.make_offer(community, quantity=2)
    make.accepted_match(line, first, by=coordinator)
    whole = make.make_offer(community, quantity=3, divisible=False)
    (choice,) = queries.choices_for(line_id=line.public_id, viewer=coordinator, at=NOON)
    assert choice.offer_id == whole.public_id

    assert make.invited_match(line, whole, by=coordinator).quantity == 3


def test_who_reached_their_own_limit_is_no_choice(community, coordinator, line):
    offer = make.make_offer(community, quantity=5, monthly_limit=1)
    make.invited_match(make.make_line(community, by=coordinator), offer, by=coordinator)

    assert queries.choices_for(line_id=line.public_id, viewer=coordinator, at=NOON) == []


class TestStay:
    @pytest.fixture
    def stay(self, community, coordinator):
        line = make.make_line(community, by=coordinator, category="night", quantity=3)
        return make.accepted_match(line, make.make_shelter_offer(community), by=coordinator)

    def test_neither_side_alone_begins_or_ends_it_by_another_door(self, stay):
        host = stay.slot.offer.giver
        with pytest.raises(MatchCannotMove):
            services.mark_handed_over(match_id=stay.public_id, actor=host, at=NOON)
        with pytest.raises(MatchCannotMove):
            services.confirm_by_code(match_id=stay.public_id, code=stay.code, actor=host, at=NOON)
        with pytest.raises(MatchCannotMove):
            services.confirm_receipt(match_id=stay.public_id, actor=make.GUEST, at=NOON, with_pin=True)

    @pytest.mark.parametrize(("household", "fits"), [(6, True), (7, False)])
    def test_a_house_has_a_bed_for_everybody_in_the_round_and_by_hand(
        self, community, coordinator, household, fits
    ):
        line = make.make_line(
            community, by=coordinator, category="night", quantity=1, household_size=household
        )
        make.make_shelter_offer(community)
        asked = services.ask_for_round(community=community, actor=coordinator, at=NOON)
        services.reckon_round(round_id=asked.public_id, at=NOON)

        assert bool(queries.choices_for(line_id=line.public_id, viewer=coordinator, at=NOON)) is fits
        assert line.matches.exists() is fits

    def test_a_coordinator_who_called_both_settles_it(self, stay, coordinator):
        services.confirm_receipt(match_id=stay.public_id, actor=coordinator, at=NOON)

        stay.line.refresh_from_db()
        assert stay.line.state == LineState.MET

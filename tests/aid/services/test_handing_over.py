"""From a promise to its confirmation, and the ways it can fall through."""

from datetime import date, timedelta

import pytest

from tadamun.foundation.people.models import Reveal
from tadamun.foundation.trail.models import TrailEntry
from tadamun.pillars.aid.needs import services
from tadamun.pillars.aid.needs.errors import (
    DateOutOfRange,
    LaterThanAsked,
    MatchCannotMove,
    NotOnTheDay,
    NotYourNeed,
    NotYourTask,
    QuantityOutOfRange,
    WrongCode,
)
from tadamun.pillars.aid.needs.models import OfferSlot
from tadamun.pillars.aid.needs.vocabulary import Confirmation, EndReason, LineState, MatchState
from tests.aid import make
from tests.aid.make import NOON


@pytest.fixture
def offer(community, volunteer):
    return make.make_offer(community, giver=volunteer, quantity=4)


@pytest.fixture
def line(community, coordinator):
    return make.make_line(community, by=coordinator, quantity=4)


@pytest.fixture
def promised(line, offer, coordinator):
    return make.accepted_match(line, offer, by=coordinator)


class TestSchedule:
    @pytest.mark.parametrize("hours", [-2, 24 * 91])
    def test_refuses_the_past_and_the_far_future(self, promised, volunteer, hours):
        starts = NOON + timedelta(hours=hours)

        with pytest.raises(DateOutOfRange):
            services.schedule(
                match_id=promised.public_id,
                starts=starts,
                ends=starts + timedelta(hours=1),
                actor=volunteer,
                at=NOON,
            )

    def test_refuses_an_end_before_the_start(self, promised, volunteer):
        with pytest.raises(DateOutOfRange):
            services.schedule(
                match_id=promised.public_id,
                starts=NOON + timedelta(hours=2),
                ends=NOON + timedelta(hours=1),
                actor=volunteer,
                at=NOON,
            )

    def test_refuses_a_day_past_the_last_good_one(self, community, coordinator, line):
        offer = make.make_offer(community, quantity=4, best_before=date(2026, 3, 2))

        with pytest.raises(DateOutOfRange):
            make.scheduled_match(line, offer, by=coordinator, hours=48)

    def test_a_time_later_than_asked_for_takes_the_households_agreement(self, promised, volunteer):
        starts = NOON + timedelta(days=8)
        window = {"starts": starts, "ends": starts + timedelta(hours=1), "actor": volunteer, "at": NOON}

        with pytest.raises(LaterThanAsked):
            services.schedule(match_id=promised.public_id, **window)
        settled = services.schedule(match_id=promised.public_id, **window, late_is_agreed=True)

        assert settled.state == MatchState.SCHEDULED
        assert TrailEntry.objects.get(verb="handover_scheduled").data["change"] == "late_as_agreed"

    def test_a_time_can_be_moved(self, line, offer, coordinator):
        match = make.scheduled_match(line, offer, by=coordinator)
        starts = NOON + timedelta(days=3)

        moved = services.schedule(
            match_id=match.public_id, starts=starts, ends=starts, actor=coordinator, at=NOON
        )

        assert (moved.state, moved.window_from) == (MatchState.SCHEDULED, starts)


class TestTheDoor:
    def test_opens_on_the_day_only_and_is_logged(self, line, offer, coordinator, volunteer):
        match = make.scheduled_match(line, offer, by=coordinator, hours=24)

        with pytest.raises(NotOnTheDay):
            services.reveal_place_to_giver(match_id=match.public_id, actor=volunteer, at=NOON)
        door = services.reveal_place_to_giver(
            match_id=match.public_id, actor=volunteer, at=NOON + timedelta(hours=20)
        )
        with pytest.raises(NotOnTheDay):
            services.reveal_place_to_giver(
                match_id=match.public_id, actor=volunteer, at=NOON + timedelta(days=2)
            )

        (look,) = Reveal.objects.filter(about=line.request.public_id)
        assert (look.viewer, look.what, look.viewer_role) == (volunteer, "place", "volunteer")
        assert (door.first_name, door.address.startswith("شارع")) == ("أم ليلى", True)

    def test_stays_closed_to_everybody_else(self, community, line, offer, coordinator):
        match = make.scheduled_match(line, offer, by=coordinator)
        other = make.make_member(community, "volunteer")

        for stranger in (other, coordinator, make.GUEST):
            with pytest.raises(NotYourTask):
                services.reveal_place_to_giver(
                    match_id=match.public_id, actor=stranger, at=NOON + timedelta(days=1)
                )
        assert not Reveal.objects.exists()

    def test_closes_when_the_promise_ends(self, line, offer, coordinator, volunteer):
        match = make.scheduled_match(line, offer, by=coordinator)
        services.cancel_match(match_id=match.public_id, actor=volunteer, at=NOON)

        with pytest.raises(NotOnTheDay):
            services.reveal_place_to_giver(
                match_id=match.public_id, actor=volunteer, at=NOON + timedelta(days=1)
            )


class TestConfirm:
    def test_by_the_code_of_the_household_in_either_digits(self, promised, line, volunteer):
        code = promised.code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))

        match = services.confirm_by_code(
            match_id=promised.public_id, code=f" {code} ", actor=volunteer, at=NOON
        )

        line.refresh_from_db()
        assert (match.state, match.confirmed_how, line.state) == (
            MatchState.CONFIRMED,
            Confirmation.CODE,
            LineState.MET,
        )
        assert line.met_at == NOON

    def test_a_wrong_code_is_refused_and_after_five_even_the_right_one(
        self, promised, volunteer, coordinator
    ):
        wrong = "000" if promised.code != "000" else "111"
        for _ in range(5):
            with pytest.raises(WrongCode):
                services.confirm_by_code(match_id=promised.public_id, code=wrong, actor=volunteer, at=NOON)
        with pytest.raises(WrongCode):
            services.confirm_by_code(
                match_id=promised.public_id, code=promised.code, actor=volunteer, at=NOON
            )

        match = services.confirm_receipt(match_id=promised.public_id, actor=coordinator, at=NOON)
        assert (match.confirmed_how, match.code_tries) == (Confirmation.CALL_BACK, 5)

    @pytest.mark.parametrize("code", ["", "   ", "9" * 100_000, "'; drop table", "\x00", "٧٣"])
    def test_hostile_codes_are_only_wrong(self, promised, volunteer, code):
        with pytest.raises(WrongCode):
            services.confirm_by_code(match_id=promised.public_id, code=code, actor=volunteer, at=NOON)

    def test_a_code_is_worth_nothing_in_other_hands(self, community, promised):
        other = make.make_member(community, "volunteer")

        with pytest.raises(NotYourTask):
            services.confirm_by_code(match_id=promised.public_id, code=promised.code, actor=other, at=NOON)

    def test_the_giver_cannot_confirm_without_it(self, promised, volunteer):
        with pytest.raises(NotYourNeed):
            services.confirm_receipt(match_id=promised.public_id, actor=volunteer, at=NOON)

    def test_a_part_counts_and_the_rest_waits_again(self, promised, line, offer, coordinator):
        services.confirm_receipt(match_id=promised.public_id, actor=coordinator, at=NOON, quantity=3)

        line.refresh_from_db()
        slot = OfferSlot.objects.get(offer=offer)
        assert (line.state, line.delivered, line.promised, line.reserved) == (LineState.PART_MATCHED, 3, 3, 3)
        assert (line.unreserved, slot.free) == (1, 1)

    @pytest.mark.parametrize("quantity", [0, -1, 5, 10**12])
    def test_refuses_more_than_promised_and_less_than_one(self, promised, coordinator, quantity):
        with pytest.raises(QuantityOutOfRange):
            services.confirm_receipt(
                match_id=promised.public_id, actor=coordinator, at=NOON, quantity=quantity
            )

    def test_handed_over_is_not_yet_met(self, promised, line, volunteer):
        services.mark_handed_over(match_id=promised.public_id, actor=volunteer, at=NOON)

        line.refresh_from_db()
        assert (line.state, line.delivered, line.met_at) == (LineState.HANDED_OVER, 0, None)


class TestFallingThrough:
    @pytest.mark.parametrize(
        ("hours", "reason"), [(24, EndReason.CANCELLED_EARLY), (11, EndReason.CANCELLED_LATE)]
    )
    def test_early_and_late_are_kept_apart(self, line, offer, coordinator, volunteer, hours, reason):
        match = make.scheduled_match(line, offer, by=coordinator, hours=hours)

        ended = services.cancel_match(match_id=match.public_id, actor=volunteer, at=NOON)

        line.refresh_from_db()
        assert (ended.state, ended.end_reason, ended.code) == (MatchState.CANCELLED, reason, "")
        assert (line.state, line.reserved, line.waiting_since) == (LineState.OPEN, 0, NOON)

    @pytest.mark.parametrize("reason", [EndReason.NO_SHOW, EndReason.NOBODYS_FAULT])
    def test_did_not_happen_puts_the_line_back(self, line, offer, coordinator, reason):
        match = make.scheduled_match(line, offer, by=coordinator)

        ended = services.did_not_happen(
            match_id=match.public_id, reason=reason, actor=coordinator, at=NOON + timedelta(days=2)
        )

        line.refresh_from_db()
        assert (ended.end_reason, line.state) == (reason, LineState.OPEN)

    def test_nothing_that_fell_through_blocks_further_help(
        self, community, line, offer, coordinator, volunteer
    ):
        match = make.scheduled_match(line, offer, by=coordinator, hours=2)
        services.did_not_happen(
            match_id=match.public_id,
            reason=EndReason.NO_SHOW,
            actor=coordinator,
            at=NOON + timedelta(hours=5),
        )
        another = make.make_line(community, by=coordinator)

        assert make.accepted_match(another, offer, by=coordinator).state == MatchState.ACCEPTED

    def test_other_reasons_are_no_reasons(self, promised, coordinator):
        with pytest.raises(MatchCannotMove):
            services.did_not_happen(
                match_id=promised.public_id, reason=EndReason.ASKER_REFUSED, actor=coordinator, at=NOON
            )

    def test_an_invitation_is_declined_not_cancelled(self, line, offer, coordinator, volunteer):
        match = make.invited_match(line, offer, by=coordinator)

        with pytest.raises(MatchCannotMove):
            services.cancel_match(match_id=match.public_id, actor=volunteer, at=NOON)


def verbs(match, actor):
    starts = NOON + timedelta(hours=3)
    ident = match.public_id
    return {
        "accept": lambda: services.accept_for(match_id=ident, actor=actor, at=NOON),
        "decline": lambda: services.decline(match_id=ident, actor=actor, at=NOON),
        "withdraw": lambda: services.withdraw_invitation(match_id=ident, actor=actor, at=NOON),
        "schedule": lambda: services.schedule(
            match_id=ident, starts=starts, ends=starts, actor=actor, at=NOON
        ),
        "hand_over": lambda: services.mark_handed_over(match_id=ident, actor=actor, at=NOON),
        "confirm": lambda: services.confirm_receipt(match_id=ident, actor=actor, at=NOON),
        "cancel": lambda: services.cancel_match(match_id=ident, actor=actor, at=NOON),
        "did_not": lambda: services.did_not_happen(
            match_id=ident, reason=EndReason.NOBODYS_FAULT, actor=actor, at=NOON
        ),
    }


PATHS = {
    "invited": (),
    "accepted": ("accept",),
    "scheduled": ("accept", "schedule"),
    "handed_over": ("accept", "hand_over"),
    "confirmed": ("accept", "confirm"),
    "declined": ("decline",),
    "cancelled": ("withdraw",),
    "did_not_happen": ("accept", "did_not"),
}
ALLOWED = {
    "invited": {"accept", "decline", "withdraw"},
    "accepted": {"schedule", "hand_over", "confirm", "cancel", "did_not"},
    "scheduled": {"schedule", "hand_over", "confirm", "cancel", "did_not"},
    "handed_over": {"confirm", "did_not"},
    "confirmed": set(),
    "declined": set(),
    "cancelled": set(),
    "did_not_happen": set(),
}


@pytest.mark.parametrize("verb", sorted(PATHS and {v for allowed in ALLOWED.values() for v in allowed}))
@pytest.mark.parametrize("state", PATHS)
def test_each_state_leads_only_where_it_may(line, offer, coordinator, state, verb):
    match = make.invited_match(line, offer, by=coordinator)
    for step in PATHS[state]:
        verbs(match, coordinator)[step]()

    if verb in ALLOWED[state]:
        verbs(match, coordinator)[verb]()
    else:
        with pytest.raises(MatchCannotMove) as refused:
            verbs(match, coordinator)[verb]()
        assert refused.value.params["now"] == state

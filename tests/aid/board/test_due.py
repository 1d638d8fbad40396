"""The list of the day: each kind of row comes and goes, with its owner and its date; and whom it is open to."""

from datetime import date, timedelta

import pytest

from tadamun.pillars.aid.needs import queries, services
from tadamun.pillars.aid.needs.vocabulary import CloseReason, ContactOutcome, DueKind, EndReason, Tier
from tests.aid import make
from tests.aid.board.calls import DAY, call, due_at
from tests.aid.make import NOON

HOUR = timedelta(hours=1)


class TestCalls:
    def test_a_promised_call_stands_there_until_somebody_is_reached(self, see, community, coordinator):
        line = make.make_line(community, by=coordinator)

        (card,) = see(DueKind.CALL, at=NOON)
        assert (card.request_number, card.owner, card.overdue) == (line.request.number, "هند", False)
        assert card.owned_by_viewer
        (late,) = see(DueKind.CALL, at=NOON + DAY)
        assert late.overdue

        call(line, ContactOutcome.REACHED, by=coordinator, at=NOON)
        assert see(DueKind.CALL, at=NOON + DAY) == []

    def test_a_call_in_vain_is_enough_for_the_day_and_comes_back_the_next(self, see, community, coordinator):
        line = make.make_line(community, by=coordinator)
        call(line, ContactOutcome.NO_ANSWER, by=coordinator, at=NOON)

        assert see(DueKind.CALL, at=NOON + HOUR) == []
        assert len(see(DueKind.CALL, at=NOON + DAY)) == 1

    def test_a_call_to_be_made_again_belongs_to_whoever_logged_the_last_one(
        self, see, community, coordinator
    ):
        line = make.make_line(community, by=coordinator)
        other = make.make_coordinator(community, name="رامي سعد")
        call(line, ContactOutcome.CALL_LATER, by=other, at=NOON, on=date(2026, 3, 3))

        assert see(DueKind.FOLLOW_UP, at=NOON + DAY) == []
        assert see(DueKind.CALL, at=NOON + DAY) == []
        (card,) = see(DueKind.FOLLOW_UP, at=NOON + 2 * DAY)
        assert (card.owner, card.day, card.overdue) == ("رامي", date(2026, 3, 3), False)
        assert see(DueKind.FOLLOW_UP, at=NOON + 3 * DAY)[0].overdue

        services.take_over(request_id=line.request.public_id, actor=coordinator, at=NOON + 2 * DAY)
        (card,) = see(DueKind.FOLLOW_UP, at=NOON + 2 * DAY)
        assert (card.owner, card.owned_by_viewer) == ("هند", True)

        call(line, ContactOutcome.REACHED, by=coordinator, at=NOON + 2 * DAY)
        assert see(DueKind.FOLLOW_UP, at=NOON + 2 * DAY) == []

    def test_three_tries_in_vain_ask_for_another_way(self, see, community, coordinator):
        line = make.make_line(community, by=coordinator)
        for days in range(3):
            assert see(DueKind.UNREACHABLE, at=NOON + days * DAY) == []
            call(line, ContactOutcome.NO_ANSWER, by=coordinator, at=NOON + days * DAY)

        assert len(see(DueKind.UNREACHABLE, at=NOON + 2 * DAY)) == 1
        assert see(DueKind.CALL, at=NOON + 3 * DAY) == []

        services.end_line(
            line_id=line.public_id, reason=CloseReason.EXPIRED, actor=coordinator, at=NOON + 3 * DAY
        )
        assert see(DueKind.UNREACHABLE, at=NOON + 3 * DAY) == []

    def test_what_is_put_off_after_three_tries_comes_back_on_its_day(self, see, community, coordinator):
        line = make.make_line(community, by=coordinator)
        for days in range(3):
            call(line, ContactOutcome.NO_ANSWER, by=coordinator, at=NOON + days * DAY)
        call(line, ContactOutcome.NO_ANSWER, by=coordinator, at=NOON + 2 * DAY, on=date(2026, 3, 10))

        assert see(DueKind.UNREACHABLE, at=NOON + 3 * DAY) == []
        assert len(see(DueKind.FOLLOW_UP, at=NOON + 9 * DAY)) == 1

    def test_a_joined_request_keeps_the_call_that_was_promised_for_either(self, see, community, coordinator):
        first, second = (make.make_line(community, by=coordinator) for _ in range(2))
        call(first, ContactOutcome.REACHED, by=coordinator, at=NOON)
        call(second, ContactOutcome.CALL_LATER, by=coordinator, at=NOON, on=date(2026, 3, 4))
        services.merge_requests(
            keep_id=first.request.public_id, merge_id=second.request.public_id, actor=coordinator, at=NOON
        )

        (card,) = see(DueKind.FOLLOW_UP, at=NOON + 3 * DAY)
        assert card.request_number == first.request.number


class TestHelpUnderWay:
    def test_an_invitation_that_runs_out_soon_or_is_long_unanswered(self, see, community, coordinator):
        line, offer = make.make_line(community, by=coordinator), make.make_offer(community)
        match = make.invited_match(line, offer, by=coordinator)

        assert see(DueKind.INVITATION, at=NOON + 9 * HOUR) == []
        (card,) = see(DueKind.INVITATION, at=NOON + 10 * HOUR)
        assert (card.moment, card.line_id, card.overdue) == (match.expires_at, line.public_id, False)

        services.accept(match_id=match.public_id, actor=offer.giver, at=NOON + 10 * HOUR)
        assert see(DueKind.INVITATION, at=NOON + 10 * HOUR) == []

    def test_an_invitation_open_for_a_week_is_looked_at_after_a_day(self, see, community, coordinator):
        steward = make.make_member(community, "steward")
        services.change_policy(community=community, actor=steward, at=NOON, invitation_hours=168)
        make.invited_match(
            make.make_line(community, by=coordinator), make.make_offer(community), by=coordinator
        )

        assert see(DueKind.INVITATION, at=NOON + 23 * HOUR) == []
        assert len(see(DueKind.INVITATION, at=NOON + DAY)) == 1

    def test_a_promise_without_a_time_after_a_day(self, see, community, coordinator):
        line, offer = make.make_line(community, by=coordinator), make.make_offer(community)
        match = make.accepted_match(line, offer, by=coordinator)

        assert see(DueKind.NO_TIME, at=NOON + 23 * HOUR) == []
        assert see(DueKind.NO_TIME, at=NOON + DAY)[0].line_id == line.public_id

        starts = NOON + 2 * DAY
        services.schedule(
            match_id=match.public_id, starts=starts, ends=starts + HOUR, actor=coordinator, at=NOON + DAY
        )
        assert see(DueKind.NO_TIME, at=NOON + DAY) == []

    def test_a_time_that_is_over_without_a_word(self, see, community, coordinator):
        line, offer = make.make_line(community, by=coordinator), make.make_offer(community)
        match = make.scheduled_match(line, offer, by=coordinator, hours=1)

        assert see(DueKind.NO_WORD, at=NOON + 2 * HOUR) == []
        assert see(DueKind.NO_WORD, at=NOON + 4 * HOUR)[0].overdue

        services.did_not_happen(
            match_id=match.public_id, reason=EndReason.NOBODYS_FAULT, actor=coordinator, at=NOON + 4 * HOUR
        )
        assert see(DueKind.NO_WORD, at=NOON + 4 * HOUR) == []

    def test_a_handover_that_nobody_confirmed_after_a_day(self, see, community, coordinator):
        line, offer = make.make_line(community, by=coordinator), make.make_offer(community)
        match = make.scheduled_match(line, offer, by=coordinator, hours=1)
        services.mark_handed_over(match_id=match.public_id, actor=offer.giver, at=NOON + 2 * HOUR)

        assert see(DueKind.UNCONFIRMED, at=NOON + DAY) == []
        assert len(see(DueKind.UNCONFIRMED, at=NOON + DAY + 2 * HOUR)) == 1

        services.confirm_receipt(match_id=match.public_id, actor=coordinator, at=NOON + 2 * DAY)
        assert see(DueKind.UNCONFIRMED, at=NOON + 2 * DAY) == []

    def test_a_stay_is_asked_about_only_after_its_nights(self, see, community, coordinator):
        line = make.make_line(community, by=coordinator, category="night", quantity=3)
        offer = make.make_shelter_offer(community)
        match = make.accepted_match(line, offer, by=coordinator)
        for actor in (offer.giver, coordinator):
            services.check_in(match_id=match.public_id, actor=actor, at=NOON)

        assert see(DueKind.UNCONFIRMED, at=NOON + 3 * DAY) == []
        assert len(see(DueKind.UNCONFIRMED, at=NOON + 4 * DAY)) == 1

    @pytest.mark.parametrize("host_says", [True, False])
    def test_a_stay_that_only_one_side_says_has_begun(self, see, community, coordinator, host_says):
        line = make.make_line(community, by=coordinator, category="night", quantity=3)
        offer = make.make_shelter_offer(community)
        match = make.accepted_match(line, offer, by=coordinator)
        first, second = (offer.giver, coordinator) if host_says else (coordinator, offer.giver)
        services.check_in(match_id=match.public_id, actor=first, at=NOON + HOUR)

        assert see(DueKind.UNCONFIRMED, at=NOON + DAY) == []
        assert len(see(DueKind.UNCONFIRMED, at=NOON + DAY + HOUR)) == 1
        assert see(DueKind.NO_TIME, at=NOON + 2 * DAY) == []

        services.check_in(match_id=match.public_id, actor=second, at=NOON + 2 * DAY)
        assert see(DueKind.UNCONFIRMED, at=NOON + 2 * DAY) == []

    def test_a_concern_until_a_coordinator_took_care_of_it(self, see, community, coordinator):
        line = make.make_line(community, by=coordinator, category="night")
        offer = make.make_shelter_offer(community)
        match = make.accepted_match(line, offer, by=coordinator)
        concern = services.raise_concern(
            match_id=match.public_id, body="باب لا يُقفل", actor=offer.giver, at=NOON
        )

        (card,) = see(DueKind.CONCERN, at=NOON + HOUR)
        assert card.overdue
        assert "باب" not in repr(card)

        services.handle_concern(concern_id=concern.pk, actor=coordinator, at=NOON + HOUR)
        assert see(DueKind.CONCERN, at=NOON + HOUR) == []


class TestWhatWaits:
    def test_money_that_was_sorted_and_has_waited_two_weeks(self, see, community, coordinator):
        line = make.make_request(community, categories=("bill",), quantity=45).request.lines.get()
        assert see(DueKind.MONEY, at=NOON + 15 * DAY) == []
        make.triage(line, by=coordinator, tier=Tier.HIGH)

        assert see(DueKind.MONEY, at=NOON + 13 * DAY) == []
        assert len(see(DueKind.MONEY, at=NOON + 14 * DAY)) == 1

        call(line, ContactOutcome.REACHED, by=coordinator, at=NOON + 14 * DAY, on=date(2026, 4, 1))
        assert see(DueKind.MONEY, at=NOON + 14 * DAY) == []

    def test_food_that_will_not_keep_while_something_is_left(self, see, community, coordinator):
        offer = make.make_offer(community, category="cooked-meal", quantity=1, best_before=date(2026, 3, 4))
        make.make_offer(community, category="cooked-meal", quantity=1, best_before=date(2026, 3, 20))

        assert see(DueKind.PERISHABLE, at=NOON) == []
        (card,) = see(DueKind.PERISHABLE, at=NOON + DAY)
        assert (card.offer_id, card.free, card.owner) == (offer.public_id, 1, "")

        line = make.make_line(community, by=coordinator, category="cooked-meal", at=NOON + DAY)
        make.invited_match(line, offer, by=coordinator, at=NOON + DAY)
        assert see(DueKind.PERISHABLE, at=NOON + DAY) == []

    def test_overdue_stands_first_then_today_and_of_a_day_first_what_spoils(self, community, coordinator):
        at = NOON + 2 * DAY
        make.make_offer(community, category="cooked-meal", best_before=date(2026, 3, 4))
        make.make_offer(community, category="cooked-meal", best_before=date(2026, 3, 3))
        make.make_line(community, by=coordinator, at=at)
        make.make_line(community, by=coordinator, at=NOON)

        shown = [(c.kind, c.overdue, c.day.day) for c in due_at(community, coordinator, at)]

        assert shown == [
            ("call", True, 1),
            ("perishable", False, 3),
            ("call", False, 3),
            ("perishable", False, 4),
        ]

    def test_what_spoils_is_chosen_before_what_lies_nearer(self, community, coordinator):
        make.make_offer(community, category="cooked-meal", km=0.2)
        hurries = make.make_offer(community, category="cooked-meal", km=2, best_before=date(2026, 3, 2))
        make.make_offer(community, category="cooked-meal", km=0.1, best_before=date(2026, 3, 20))
        line = make.make_line(community, by=coordinator, category="cooked-meal")

        choices = queries.choices_for(line_id=line.public_id, viewer=coordinator, at=NOON)
        offered = queries.offers(community=community, viewer=coordinator, at=NOON)

        assert choices[0].offer_id == hurries.public_id
        assert [card.distance_km for card in choices[1:]] == sorted(card.distance_km for card in choices[1:])
        assert offered[0].public_id == hurries.public_id

    def test_a_proposal_of_a_round_stays_the_first_choice(self, community, coordinator):
        near = make.make_offer(community, category="cooked-meal", km=0.2)
        line = make.make_line(community, by=coordinator, category="cooked-meal")
        row = services.ask_for_round(community=community, actor=coordinator, at=NOON)
        services.reckon_round(round_id=row.public_id, at=NOON)
        make.make_offer(community, category="cooked-meal", km=0.1, best_before=date(2026, 3, 2))

        choices = queries.choices_for(line_id=line.public_id, viewer=coordinator, at=NOON)

        assert [choice.offer_id == near.public_id for choice in choices] == [True, False]

"""Sorting what came in, keeping contact, finding doubles, closing honestly."""

from datetime import date, timedelta

import pytest

from tadamun.foundation.people.errors import ReasonNeeded
from tadamun.foundation.people.models import Reveal
from tadamun.pillars.aid.needs import queries, services
from tadamun.pillars.aid.needs.errors import (
    AskedByTwo,
    CannotMerge,
    CoordinatorsOnly,
    NeedCannotMove,
    TextTooLong,
)
from tadamun.pillars.aid.needs.models import Match, Request, RequestLink
from tadamun.pillars.aid.needs.vocabulary import (
    CloseReason,
    ContactOutcome,
    EndReason,
    LineState,
    LinkKind,
    MatchState,
    Tier,
    TierReason,
)
from tests.aid import make
from tests.aid.make import NOON


class TestTriage:
    def test_severity_needs_its_reason_and_joins_the_queue(self, community, coordinator):
        line = make.make_request(community).request.lines.get()

        make.triage(line, by=coordinator, tier=Tier.CRITICAL, reason=TierReason.HUNGER)

        line.refresh_from_db()
        assert (line.state, line.tier, line.tier_reason) == (LineState.OPEN, 0, "hunger")

    def test_money_is_sorted_and_waits(self, community, coordinator):
        line = make.make_request(community, categories=("bill",)).request.lines.get()

        make.triage(line, by=coordinator)

        line.refresh_from_db()
        assert (line.state, line.tier) == (LineState.TRIAGE, Tier.NORMAL)

    def test_what_turns_out_to_be_money_leaves_the_queue(self, community, coordinator):
        line = make.make_line(community, by=coordinator, category="shelter")

        services.triage_line(
            line_id=line.public_id,
            tier=Tier.HIGH,
            reason=TierReason.NO_ROOF,
            actor=coordinator,
            at=NOON,
            category=make.make_category("rent"),
        )

        line.refresh_from_db()
        assert (line.state, line.category.code) == (LineState.TRIAGE, "rent")

    def test_the_exact_category_drops_proposals_of_the_old_one(self, community, coordinator):
        line = make.make_line(community, by=coordinator, category="food")
        offer = make.make_offer(community, category="food")
        Match.objects.create(community=community, line=line, slot=offer.slots.get(), quantity=1)

        services.triage_line(
            line_id=line.public_id,
            tier=Tier.NORMAL,
            reason=TierReason.ORDINARY,
            actor=coordinator,
            at=NOON,
            category=make.make_category("food-parcel"),
        )

        assert not Match.objects.exists()

    def test_the_category_stays_once_somebody_was_asked(self, community, coordinator):
        line = make.make_line(community, by=coordinator)
        make.invited_match(line, make.make_offer(community), by=coordinator)

        with pytest.raises(NeedCannotMove):
            services.triage_line(
                line_id=line.public_id,
                tier=Tier.NORMAL,
                reason=TierReason.ORDINARY,
                actor=coordinator,
                at=NOON,
                category=make.make_category("cooked-meal"),
            )

    @pytest.mark.parametrize("role", ["stranger", "elsewhere", "volunteer", "asker"])
    def test_only_coordinators_of_this_community_sort_or_look(self, community, coordinator, role):
        asker = make.make_member(community)
        line = make.make_request(community, actor=asker).request.lines.get()
        actor = {
            "stranger": make.GUEST,
            "elsewhere": make.make_coordinator(make.make_community()),
            "volunteer": make.make_member(community, "volunteer"),
            "asker": asker,
        }[role]
        request_id = line.request.public_id

        for refused in (
            lambda: make.triage(line, by=actor),
            lambda: services.take_over(request_id=request_id, actor=actor, at=NOON),
            lambda: services.log_contact(
                request_id=request_id, outcome=ContactOutcome.REACHED, actor=actor, at=NOON
            ),
            lambda: services.end_line(
                line_id=line.public_id, reason=CloseReason.EXPIRED, actor=actor, at=NOON
            ),
            lambda: services.reveal_request(request_id=request_id, actor=actor, reason="ok", at=NOON),
            lambda: queries.request_card(request_id=request_id, viewer=actor),
            lambda: queries.queue(community=community, viewer=actor, at=NOON),
            lambda: queries.contact_log(request_id=request_id, viewer=actor),
            lambda: queries.thread(request_id=request_id, viewer=actor),
            lambda: queries.alike(request_id=request_id, viewer=actor),
        ):
            with pytest.raises(CoordinatorsOnly):
                refused()


class TestContact:
    def log(self, request, by, *outcomes):
        for minute, outcome in enumerate(outcomes):
            services.log_contact(
                request_id=request.public_id,
                outcome=outcome,
                actor=by,
                at=NOON + timedelta(minutes=minute),
                follow_up_on=date(2026, 3, 3),
            )
        return make.fresh_request(request)

    def test_three_calls_in_vain_make_unreachable(self, community, coordinator):
        request = make.make_request(community).request

        assert self.log(request, coordinator, *[ContactOutcome.NO_ANSWER] * 2).unreachable_since is None
        unreachable = self.log(request, coordinator, ContactOutcome.WRONG_NUMBER)

        assert unreachable.unreachable_since is not None
        assert unreachable.follow_up_on == date(2026, 3, 3)

    @pytest.mark.parametrize("spoke", [ContactOutcome.REACHED, ContactOutcome.CALL_LATER])
    def test_a_word_spoken_ends_it(self, community, coordinator, spoke):
        request = make.make_request(community).request
        self.log(request, coordinator, *[ContactOutcome.NO_ANSWER] * 3)

        reached = self.log(request, coordinator, *[ContactOutcome.NO_ANSWER] * 3, spoke)

        assert reached.unreachable_since is None

    def test_reaching_somebody_keeps_the_promise_to_call(self, community, coordinator):
        request = make.make_request(community).request
        assert request.call_by is not None

        assert self.log(request, coordinator, ContactOutcome.REACHED).call_by is None

    def test_a_note_of_a_hundred_thousand_letters_is_refused(self, community, coordinator):
        request = make.make_request(community).request

        with pytest.raises(TextTooLong):
            services.log_contact(
                request_id=request.public_id,
                outcome=ContactOutcome.REACHED,
                actor=coordinator,
                at=NOON,
                note="ن" * 100_000,
            )


class TestReveal:
    def test_shows_name_phone_address_and_notes_and_is_logged(self, community, coordinator):
        request = make.make_request(community).request

        card = services.reveal_request(
            request_id=request.public_id, actor=coordinator, reason="اتّصال أوّل", at=NOON
        )

        (look,) = Reveal.objects.filter(about=request.public_id)
        assert (card.name, card.phone, card.notes) == ("أم ليلى قاسم", "+962791234567", "الباب الخلفي")
        assert (look.viewer, look.reason, look.what) == (coordinator, "اتّصال أوّل", "contact")

    @pytest.mark.parametrize("reason", ["", "   ", "\u202e"])
    def test_needs_a_reason(self, community, coordinator, reason):
        request = make.make_request(community).request

        with pytest.raises(ReasonNeeded):
            services.reveal_request(request_id=request.public_id, actor=coordinator, reason=reason, at=NOON)
        assert not Reveal.objects.exists()


class TestDoubles:
    def test_the_same_phone_is_shown_and_nothing_is_done(self, community, coordinator):
        first, second = (make.make_request(community).request for _ in range(2))
        make.make_request(community, phone="+962795555555", address="مكان آخر")

        (card,) = queries.alike(request_id=first.public_id, viewer=coordinator)

        assert (card.request_id, card.same_phone, card.same_place) == (second.public_id, True, True)
        assert make.fresh_request(second).merged_into is None

    def test_linking_twice_keeps_the_last_word(self, community, coordinator):
        first, second = (make.make_request(community).request for _ in range(2))
        for kind, pair in ((LinkKind.SAME, (first, second)), (LinkKind.DIFFERENT, (second, first))):
            services.link_requests(
                first_id=pair[0].public_id,
                second_id=pair[1].public_id,
                kind=kind,
                actor=coordinator,
                at=NOON,
            )

        assert RequestLink.objects.get().kind == LinkKind.DIFFERENT
        (card,) = queries.alike(request_id=first.public_id, viewer=coordinator)
        assert card.found == "different"

    def test_merging_keeps_every_line_and_the_longest_wait(self, community, coordinator):
        early = make.make_request(community, at=NOON - timedelta(days=9)).request
        late = make.make_request(community, categories=("food-parcel", "blankets")).request
        parcel = late.lines.get(category__code="food-parcel")
        make.accepted_match(make.triage(parcel, by=coordinator), make.make_offer(community), by=coordinator)

        kept = services.merge_requests(
            keep_id=late.public_id, merge_id=early.public_id, actor=coordinator, at=NOON
        )

        assert kept.lines.count() == 3
        waits = {(line.category.code, line.waiting_since) for line in kept.lines.select_related("category")}
        assert waits == {("food-parcel", NOON - timedelta(days=9)), ("blankets", NOON)}
        assert make.fresh_request(early).merged_into == late
        assert Match.objects.get().state == MatchState.ACCEPTED

    @pytest.mark.parametrize(("here", "there"), [("own", "other"), ("own", "guest"), ("guest", "own")])
    def test_refuses_to_join_what_two_asked(self, community, coordinator, here, there):
        own, other = (make.make_member(community) for _ in range(2))
        askers = {"own": own, "other": other, "guest": make.GUEST}
        first, second = (make.make_request(community, actor=askers[who]).request for who in (here, there))

        (card,) = queries.alike(request_id=first.public_id, viewer=coordinator)
        with pytest.raises(AskedByTwo):
            services.merge_requests(
                keep_id=first.public_id, merge_id=second.public_id, actor=coordinator, at=NOON
            )
        services.link_requests(
            first_id=first.public_id,
            second_id=second.public_id,
            kind=LinkKind.SAME,
            actor=coordinator,
            at=NOON,
        )

        assert card.may_join is False
        assert make.fresh_request(second).merged_into is None

    @pytest.mark.parametrize(
        ("kept", "joined", "both"), [(3, 1, 1), (1, 3, 1), (None, 2, 2), (2, None, 2), (None, None, None)]
    )
    def test_of_two_promised_calls_the_earlier_one_holds(self, community, coordinator, kept, joined, both):
        rows = [make.make_request(community).request for _ in range(2)]
        for row, days in zip(rows, (kept, joined), strict=True):
            Request.objects.filter(pk=row.pk).update(call_by=days and NOON + timedelta(days=days))

        request = services.merge_requests(
            keep_id=rows[0].public_id, merge_id=rows[1].public_id, actor=coordinator, at=NOON
        )

        assert make.fresh_request(request).call_by == (both and NOON + timedelta(days=both))

    def test_refuses_itself_what_is_merged_and_another_community(self, community, coordinator):
        first, second = (make.make_request(community).request for _ in range(2))
        services.merge_requests(
            keep_id=first.public_id, merge_id=second.public_id, actor=coordinator, at=NOON
        )
        elsewhere = make.make_community()
        foreign = make.make_request(elsewhere).request

        for keep, merge in ((first, first), (second, first), (first, second)):
            with pytest.raises(CannotMerge):
                services.merge_requests(
                    keep_id=keep.public_id, merge_id=merge.public_id, actor=coordinator, at=NOON
                )
        with pytest.raises(CoordinatorsOnly):
            services.merge_requests(
                keep_id=first.public_id, merge_id=foreign.public_id, actor=coordinator, at=NOON
            )


class TestClosing:
    def test_tells_who_was_going_to_help(self, community, coordinator):
        line = make.make_line(community, by=coordinator)
        match = make.accepted_match(line, make.make_offer(community), by=coordinator)

        services.end_line(
            line_id=line.public_id, reason=CloseReason.MET_BY_OTHERS, actor=coordinator, at=NOON
        )

        line.refresh_from_db()
        match.refresh_from_db()
        assert (line.state, line.close_reason, line.reserved) == (LineState.CLOSED, "met_by_others", 0)
        assert (match.state, match.end_reason) == (MatchState.CANCELLED, EndReason.LINE_CLOSED)
        assert match.slot.free == 1

    def test_what_arrived_stays_counted(self, community, coordinator):
        line = make.make_line(community, by=coordinator, quantity=3)
        make.confirmed_match(line, make.make_offer(community, quantity=1), by=coordinator)

        services.end_line(line_id=line.public_id, reason=CloseReason.EXPIRED, actor=coordinator, at=NOON)
        services.reopen_line(line_id=line.public_id, actor=coordinator, at=NOON)

        line.refresh_from_db()
        assert (line.state, line.delivered, line.unreserved) == (LineState.PART_MATCHED, 1, 2)

    def test_taken_up_again_it_waits_where_it_stood(self, community, coordinator):
        line = make.make_line(community, by=coordinator)
        services.refer_line(line_id=line.public_id, where="مركز الحيّ", actor=coordinator, at=NOON)

        reopened = services.reopen_line(
            line_id=line.public_id, actor=coordinator, at=NOON + timedelta(days=2)
        )

        assert (reopened.state, reopened.waiting_since, reopened.referred_to) == (LineState.TRIAGE, NOON, "")

    def test_met_is_met(self, community, coordinator):
        line = make.make_line(community, by=coordinator)
        make.confirmed_match(line, make.make_offer(community), by=coordinator)

        with pytest.raises(NeedCannotMove):
            services.end_line(line_id=line.public_id, reason=CloseReason.EXPIRED, actor=coordinator, at=NOON)

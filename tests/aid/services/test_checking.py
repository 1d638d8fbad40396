"""Still needed? Asked once after a silence, answered with one press or a call, and never closed by itself."""

from datetime import date, timedelta

import pytest
from django.test import Client

from tadamun.foundation.jobs.services import run_due
from tadamun.foundation.notices.models import Delivery, Notice
from tadamun.foundation.trail.models import TrailEntry
from tadamun.pillars.aid.needs import queries, services
from tadamun.pillars.aid.needs.errors import NeedCannotMove, NotYourNeed
from tadamun.pillars.aid.needs.models import NeedLine
from tadamun.pillars.aid.needs.vocabulary import (
    MOVES_NO_PROPOSAL,
    CloseReason,
    ContactOutcome,
    ContactWay,
    DueKind,
    LineState,
    When,
)
from tests.aid import make
from tests.aid.make import GUEST, NOON

DAY = timedelta(days=1)
SILENT = NOON + 14 * DAY
KIND = "needs.still_needed"


@pytest.fixture
def member(community):
    return make.make_member(community, name="ليلى قاسم")


@pytest.fixture
def line(community, coordinator, member):
    """An open need of a member, silent since NOON."""
    return make.make_line(community, by=coordinator, actor=member)


def asked_about(community, viewer, *, at):
    rows = queries.due(community=community, viewer=viewer, at=at)
    return [card for card in rows if card.kind == DueKind.STILL_NEEDED]


class TestAsking:
    def test_asks_a_member_once_after_the_days_of_the_policy(self, line, member):
        assert services.ask_still_needed(at=SILENT - DAY) == 0
        assert services.ask_still_needed(at=SILENT) == 1
        for days in range(1, 30):
            assert services.ask_still_needed(at=SILENT + days * DAY) == 0

        notice = Notice.objects.get(kind=KIND)
        assert notice.recipient == member
        assert notice.url.endswith(f"/track/{line.request.public_id}/")
        line.refresh_from_db()
        assert line.still_asked_at == SILENT
        assert line.state == LineState.OPEN

    def test_prepares_a_text_for_a_guest_who_wished_for_messages(self, community, coordinator):
        line = make.make_line(community, by=coordinator, contact_way=ContactWay.MESSAGE)

        services.ask_still_needed(at=SILENT)

        text = Delivery.objects.get(notice__kind=KIND)
        assert (text.channel, text.notice.about) == ("by_hand", line.request.public_id)

    def test_sends_nothing_to_a_guest_who_wished_for_calls(self, community, coordinator):
        line = make.make_line(community, by=coordinator)

        assert services.ask_still_needed(at=SILENT) == 1

        assert not Notice.objects.filter(kind=KIND).exists()
        line.refresh_from_db()
        assert line.is_asked_about

    def test_follows_the_days_of_the_policy(self, community, line):
        steward = make.make_member(community, "steward")
        services.change_policy(community=community, actor=steward, at=NOON, check_after_days=3)

        assert services.ask_still_needed(at=NOON + 2 * DAY) == 0
        assert services.ask_still_needed(at=NOON + 3 * DAY) == 1

    def test_asks_nobody_at_night(self, line):
        assert services.ask_still_needed(at=SILENT + timedelta(hours=14)) == 0
        assert services.ask_still_needed(at=SILENT + timedelta(hours=23)) == 1

    def test_asks_about_several_things_of_a_request_once_a_week_at_most(
        self, community, coordinator, line, member
    ):
        later = services.add_line(
            request_id=line.request.public_id,
            details=services.LineDetails(category=make.make_category("blankets")),
            actor=member,
            at=NOON + 2 * DAY,
        )

        assert [services.ask_still_needed(at=SILENT + days * DAY) for days in range(9)] == [
            1, 0, 0, 0, 0, 0, 0, 1, 0,
        ]  # fmt: skip
        later.refresh_from_db()
        assert later.still_asked_at == SILENT + 7 * DAY

    def test_asks_nothing_about_what_is_promised_done_or_closed(self, community, coordinator, member):
        promised, closed = (make.make_line(community, by=coordinator, actor=member) for _ in range(2))
        make.accepted_match(promised, make.make_offer(community), by=coordinator)
        services.withdraw_line(line_id=closed.public_id, actor=member, at=NOON)

        assert services.ask_still_needed(at=SILENT) == 0

    def test_asks_nothing_where_needs_are_switched_off(self, community, line):
        community.switched_off = ["needs"]
        community.save()

        assert services.ask_still_needed(at=SILENT) == 0

    def test_the_worker_catches_up_once_for_runs_that_were_missed(self, line):
        run_due(at=NOON)
        assert "needs.ask_still_needed" in run_due(at=SILENT + 3 * DAY)
        assert "needs.ask_still_needed" not in run_due(at=SILENT + 3 * DAY + timedelta(minutes=1))

        assert Notice.objects.filter(kind=KIND).count() == 1

    def test_stands_on_the_trail_and_moves_no_proposal(self, line, member):
        services.ask_still_needed(at=SILENT)
        services.say_still_needed(line_id=line.public_id, actor=member, at=SILENT)

        verbs = set(TrailEntry.objects.filter(at__gte=SILENT).values_list("verb", flat=True))
        assert verbs == {"still_needed_asked", "still_needed"}
        assert verbs <= MOVES_NO_PROPOSAL


class TestAnswering:
    def test_yes_begins_the_clock_anew_and_keeps_the_place(self, line, member):
        services.ask_still_needed(at=SILENT)

        services.say_still_needed(line_id=line.public_id, actor=member, at=SILENT + DAY)

        line.refresh_from_db()
        assert (line.is_asked_about, line.waiting_since) == (False, NOON)
        assert services.ask_still_needed(at=SILENT + 14 * DAY) == 0
        assert services.ask_still_needed(at=SILENT + 15 * DAY) == 1

    def test_is_the_askers_to_say(self, community, line):
        for other in (GUEST, make.make_member(community)):
            with pytest.raises(NotYourNeed):
                services.say_still_needed(line_id=line.public_id, actor=other, at=SILENT)

    def test_says_nothing_about_what_is_closed(self, line, member):
        services.withdraw_line(line_id=line.public_id, actor=member, at=NOON)

        with pytest.raises(NeedCannotMove):
            services.say_still_needed(line_id=line.public_id, actor=member, at=SILENT)

    @pytest.mark.parametrize("sign", ["called", "written", "corrected", "changed"])
    def test_any_sign_of_life_answers_it(self, line, member, coordinator, sign):
        services.ask_still_needed(at=SILENT)
        request_id, at = line.request.public_id, SILENT + DAY
        {
            "called": lambda: services.log_contact(
                request_id=request_id, outcome=ContactOutcome.REACHED, actor=coordinator, at=at
            ),
            "written": lambda: services.write_message(
                request_id=request_id, body="ما زلنا ننتظر", actor=member, at=at
            ),
            "corrected": lambda: services.change_request(
                request_id=request_id, actor=member, at=at, safe_hours="بعد العصر"
            ),
            "changed": lambda: services.change_line(
                line_id=line.public_id, quantity=2, when=When.ANY, actor=member, at=at
            ),
        }[sign]()

        assert not NeedLine.objects.get().is_asked_about

    @pytest.mark.parametrize("sign", ["called in vain", "written to"])
    def test_what_others_do_does_not(self, line, coordinator, sign):
        services.ask_still_needed(at=SILENT)
        request_id, at = line.request.public_id, SILENT + DAY
        if sign == "written to":
            services.write_message(request_id=request_id, body="كيف الحال؟", actor=coordinator, at=at)
        else:
            services.log_contact(
                request_id=request_id, outcome=ContactOutcome.NO_ANSWER, actor=coordinator, at=at
            )

        assert NeedLine.objects.get().is_asked_about


class TestCallList:
    def quiet(self, line, coordinator):
        """The call that was promised was made, so that nothing else is due."""
        services.log_contact(
            request_id=line.request.public_id, outcome=ContactOutcome.REACHED, actor=coordinator, at=NOON
        )

    def test_without_an_answer_it_is_a_call_after_three_days(self, community, coordinator, line):
        self.quiet(line, coordinator)
        services.ask_still_needed(at=SILENT)

        assert asked_about(community, coordinator, at=SILENT + 2 * DAY) == []
        (card,) = asked_about(community, coordinator, at=SILENT + 3 * DAY)
        assert (card.request_number, card.owner) == (line.request.number, "هند")

        services.log_contact(
            request_id=line.request.public_id,
            outcome=ContactOutcome.REACHED,
            actor=coordinator,
            at=SILENT + 3 * DAY,
        )
        assert asked_about(community, coordinator, at=SILENT + 3 * DAY) == []

    def test_whoever_wished_for_calls_is_called_at_once(self, community, coordinator):
        line = make.make_line(community, by=coordinator)
        self.quiet(line, coordinator)

        services.ask_still_needed(at=SILENT)

        assert len(asked_about(community, coordinator, at=SILENT)) == 1

    def test_where_a_call_is_due_anyway_it_is_no_second_row(self, community, coordinator, line):
        services.ask_still_needed(at=SILENT)

        rows = queries.due(community=community, viewer=coordinator, at=SILENT + 3 * DAY)
        assert [card.kind for card in rows] == [DueKind.CALL]

    def test_a_call_put_off_puts_off_the_question(self, community, coordinator, line):
        self.quiet(line, coordinator)
        services.ask_still_needed(at=SILENT)
        at = SILENT + 4 * DAY
        services.log_contact(
            request_id=line.request.public_id,
            outcome=ContactOutcome.NO_ANSWER,
            actor=coordinator,
            at=at,
            follow_up_on=date(2026, 3, 25),
        )

        kinds = {
            days: [
                card.kind for card in queries.due(community=community, viewer=coordinator, at=at + days * DAY)
            ]
            for days in (0, 1, 6)
        }
        assert kinds == {0: [], 1: [], 6: [DueKind.FOLLOW_UP]}

    def test_nothing_is_ever_closed_by_itself(self, line):
        for days in range(14, 400, 5):
            services.ask_still_needed(at=NOON + days * DAY)

        line.refresh_from_db()
        assert line.state == LineState.OPEN


class TestThePage:
    def url(self, line):
        return f"/c/{line.community.slug}/track/{line.request.public_id}/"

    def follow(self, asked):
        """A guest's browser with number and PIN given, in English."""
        client = Client()
        client.cookies["language"] = "en"
        request = asked.request
        client.post(f"/c/{request.community.slug}/track/", {"number": str(request.number), "pin": asked.pin})
        return client

    @pytest.fixture
    def silent(self, community, coordinator):
        """A guest's request that was asked about, with its PIN."""
        asked = make.make_request(community, contact_way=ContactWay.MESSAGE)
        make.triage(asked.request.lines.get(), by=coordinator)
        services.ask_still_needed(at=SILENT)
        return asked

    def test_asks_with_two_buttons_and_takes_the_yes(self, silent):
        line = silent.request.lines.get()
        guest = self.follow(silent)
        assert "Do you still need this?" in guest.get(self.url(line)).content.decode()

        page = guest.post(f"{self.url(line)}lines/{line.public_id}/still/", {"answer": "yes"}, follow=True)

        html = page.content.decode()
        assert "We go on looking" in html
        assert "Do you still need this?" not in html
        line.refresh_from_db()
        assert (line.state, line.is_asked_about) == (LineState.OPEN, False)

    def test_no_longer_closes_it_with_thanks_and_twice_is_once(self, silent):
        line = silent.request.lines.get()
        guest = self.follow(silent)

        for _ in range(2):
            page = guest.post(f"{self.url(line)}lines/{line.public_id}/still/", {"answer": "no"}, follow=True)
            assert "Thank you for saying so" in page.content.decode()

        line.refresh_from_db()
        assert (line.state, line.close_reason) == (LineState.CLOSED, CloseReason.WITHDRAWN)

    @pytest.mark.parametrize("answer", ["", "maybe", "\x00", "<script>"])
    def test_anything_else_changes_nothing(self, silent, answer):
        line = silent.request.lines.get()

        page = self.follow(silent).post(
            f"{self.url(line)}lines/{line.public_id}/still/", {"answer": answer}, follow=True
        )

        assert page.status_code == 200
        line.refresh_from_db()
        assert line.is_asked_about

    def test_without_number_and_pin_nobody_answers(self, silent, community):
        line = silent.request.lines.get()

        answer = Client().post(f"{self.url(line)}lines/{line.public_id}/still/", {"answer": "no"})

        assert answer.status_code == 403
        line.refresh_from_db()
        assert line.state == LineState.OPEN

    def test_a_line_of_another_request_is_not_found(self, silent, community, coordinator):
        other = make.make_line(community, by=coordinator, phone="+962790000077")
        line = silent.request.lines.get()

        answer = self.follow(silent).post(f"{self.url(line)}lines/{other.public_id}/still/", {"answer": "no"})

        assert answer.status_code == 404
        other.refresh_from_db()
        assert other.state == LineState.OPEN

    def test_is_not_asked_before_its_time(self, community, coordinator):
        asked = make.make_request(community)
        line = make.triage(asked.request.lines.get(), by=coordinator)

        assert "Do you still need this?" not in self.follow(asked).get(self.url(line)).content.decode()

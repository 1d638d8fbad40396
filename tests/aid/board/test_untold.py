"""Of what was agreed, a household that no notice or text reaches is told by phone; the giver reads who tells them."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from tadamun.pillars.aid.needs import queries, services
from tadamun.pillars.aid.needs.models import NeedLine
from tadamun.pillars.aid.needs.vocabulary import ContactOutcome, ContactWay, DueKind
from tests.aid import make
from tests.aid.board.calls import DAY, call
from tests.aid.make import NOON

HOUR = timedelta(hours=1)


@pytest.fixture
def promise(community, coordinator):
    """A promise to a guest who wishes to be called, whom somebody has called once before it."""
    line = make.make_line(community, by=coordinator)
    call(line, ContactOutcome.REACHED, by=coordinator, at=NOON - HOUR)
    return make.accepted_match(line, make.make_offer(community), by=coordinator)


def settle_time(match, *, by, at, hours=24):
    starts = at + timedelta(hours=hours)
    services.schedule(
        match_id=match.public_id,
        starts=starts,
        ends=starts + HOUR,
        actor=by,
        at=at,
        night_is_agreed=True,
        late_is_agreed=True,
    )


def counted(community, coordinator, at):
    rows = queries.due(community=community, viewer=coordinator, at=at)
    assert queries.due_count(community=community, viewer=coordinator, at=at) == len(rows)
    return rows


class TestWhoIsCalled:
    def test_a_yes_is_told_until_they_are_reached_after_it(self, see, promise, community, coordinator):
        (card,) = see(DueKind.TELL, at=NOON + HOUR)
        assert (card.owner, card.day, card.request_number) == (
            "هند",
            date(2026, 3, 1),
            promise.line.request.number,
        )
        counted(community, coordinator, NOON + HOUR)

        call(promise.line, ContactOutcome.REACHED, by=coordinator, at=NOON + 2 * HOUR)
        assert see(DueKind.TELL, at=NOON + 2 * HOUR) == []

    def test_a_time_and_each_time_that_is_moved_is_told_anew(self, see, promise, coordinator):
        giver = promise.slot.offer.giver
        for hours in (2, 4):
            call(promise.line, ContactOutcome.REACHED, by=coordinator, at=NOON + (hours - 1) * HOUR)
            assert see(DueKind.TELL, at=NOON + (hours - 1) * HOUR) == []
            settle_time(promise, by=giver, at=NOON + hours * HOUR, hours=20 + hours)
            assert len(see(DueKind.TELL, at=NOON + hours * HOUR)) == 1

    def test_a_call_in_vain_is_enough_for_the_day(self, see, promise, coordinator):
        call(promise.line, ContactOutcome.NO_ANSWER, by=coordinator, at=NOON + HOUR)

        assert see(DueKind.TELL, at=NOON + 2 * HOUR) == []
        assert len(see(DueKind.TELL, at=NOON + DAY)) == 1

    def test_a_day_to_come_back_that_was_given_before_puts_nothing_off(self, see, community, coordinator):
        line = make.make_line(community, by=coordinator)
        call(line, ContactOutcome.CALL_LATER, by=coordinator, at=NOON - HOUR, on=date(2026, 3, 9))
        make.accepted_match(line, make.make_offer(community), by=coordinator)
        assert len(see(DueKind.TELL, at=NOON + HOUR)) == 1

        call(line, ContactOutcome.CALL_LATER, by=coordinator, at=NOON + HOUR, on=date(2026, 3, 4))
        assert see(DueKind.TELL, at=NOON + 2 * DAY) == []
        rows = counted(community, coordinator, NOON + 3 * DAY)
        assert DueKind.TELL in {row.kind for row in rows}
        assert DueKind.FOLLOW_UP not in {row.kind for row in rows}

    def test_one_call_says_all(self, see, community, coordinator):
        line = make.make_line(community, by=coordinator)
        make.accepted_match(line, make.make_offer(community), by=coordinator)

        assert len(see(DueKind.TELL, at=NOON)) == 1
        assert see(DueKind.CALL, at=NOON) == []
        counted(community, coordinator, NOON)

    def test_what_arrived_needs_no_telling(self, see, promise):
        services.mark_handed_over(match_id=promise.public_id, actor=promise.slot.offer.giver, at=NOON + HOUR)
        assert see(DueKind.TELL, at=NOON + HOUR) == []

    def test_a_giver_who_cannot_after_all_is_told(self, see, promise, coordinator):
        call(promise.line, ContactOutcome.REACHED, by=coordinator, at=NOON + HOUR)
        services.cancel_match(match_id=promise.public_id, actor=promise.slot.offer.giver, at=NOON + 2 * HOUR)
        assert len(see(DueKind.TELL, at=NOON + 2 * HOUR)) == 1

    def test_a_referral_is_told(self, see, community, coordinator):
        line = make.make_line(community, by=coordinator)
        services.refer_line(line_id=line.public_id, where="مركز الحيّ", actor=coordinator, at=NOON)
        assert len(see(DueKind.TELL, at=NOON)) == 1

        call(line, ContactOutcome.REACHED, by=coordinator, at=NOON + HOUR)
        assert see(DueKind.TELL, at=NOON + HOUR) == []

    @pytest.mark.parametrize("way", [ContactWay.MESSAGE, ContactWay.NEITHER])
    def test_whom_a_text_reaches_or_who_looks_is_not_called(self, see, community, coordinator, way):
        line = make.make_line(community, by=coordinator, contact_way=way)
        make.accepted_match(line, make.make_offer(community), by=coordinator)

        assert see(DueKind.TELL, at=NOON) == []

    def test_a_member_is_told_in_the_account(self, see, community, coordinator):
        line = make.make_line(community, by=coordinator, actor=make.make_member(community))
        make.accepted_match(line, make.make_offer(community), by=coordinator)

        assert see(DueKind.TELL, at=NOON) == []
        assert NeedLine.objects.get(pk=line.pk).untold_since is None


class TestWhatIsSaid:
    def test_the_request_page_asks_for_the_call(self, desk, promise, community, coordinator):
        url = reverse("needs:request", args=[community.slug, promise.line.request.public_id])
        assert "neither a notice nor a text tells the household" in desk.get(url).content.decode()

        call(promise.line, ContactOutcome.REACHED, by=coordinator, at=NOON + HOUR)
        assert "neither a notice nor a text" not in desk.get(url).content.decode()

    @pytest.mark.parametrize(
        ("way", "words"),
        [
            (ContactWay.CALL, "and the coordinators call them."),
            (ContactWay.MESSAGE, "The household has been told."),
            (ContactWay.NEITHER, "It stands on the household&#x27;s page."),
        ],
    )
    def test_the_giver_reads_who_tells_the_household(self, browser_of, community, coordinator, way, words):
        line = make.make_line(community, by=coordinator, contact_way=way)
        match = make.accepted_match(line, make.make_offer(community), by=coordinator)
        url = reverse("needs:task", args=[community.slug, match.public_id])

        page = browser_of(match.slot.offer.giver).get(url).content.decode()

        assert words in page.replace("household's page.", "household&#x27;s page.")
        assert ("has been told" in page) == (way == ContactWay.MESSAGE)

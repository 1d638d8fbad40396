"""What a row says comes in as it was said: a day that passed, a sum of money, and no promise that nobody made."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from tadamun.pillars.aid.needs import queries, services
from tadamun.pillars.aid.needs.forms.completing import CompletionForm
from tadamun.pillars.aid.needs.forms.tracking import LineChangeForm
from tadamun.pillars.aid.needs.models import NeedLine, Request
from tadamun.pillars.aid.needs.services.checking import ask_still_needed
from tadamun.pillars.aid.needs.templatetags.needs_words import amount
from tadamun.pillars.aid.needs.vocabulary import DueKind, When
from tests.aid.make import NOON
from tests.aid.sheets.beginning import begin, card_of
from tests.aid.sheets.conftest import HEAD, ROWS, as_csv

pytestmark = pytest.mark.django_db


def taken_in(community, by, *, day: str = "", need: str = "سلة غذائية", asked: str = "") -> NeedLine:
    row = (asked or ROWS[0][0], *ROWS[0][1:4], need, day, *ROWS[0][6:])
    sheet = begin(community, by, as_csv((HEAD, row)))
    assert services.take_in(import_id=sheet.public_id, actor=by, at=NOON).imported == 1
    return NeedLine.objects.get()


@pytest.mark.parametrize("day", [date(2026, 2, 27), date(2026, 2, 16), date(2025, 11, 10)])
def test_what_was_needed_on_a_day_that_passed_is_needed_at_once(community, coordinator, day):
    line = taken_in(community, coordinator, day=f"{day:%d/%m/%Y}")

    assert line.when == When.TODAY
    assert line.until_at is not None
    assert line.until_at.astimezone(ZoneInfo(community.time_zone)).date() == day


def test_no_call_is_promised_to_the_people_of_a_sheet(community, coordinator):
    taken_in(community, coordinator)  # asked on the day itself
    soon = NOON + timedelta(days=2)

    assert Request.objects.get().call_by is None
    assert ask_still_needed(at=soon) == 0
    assert queries.due(community=community, viewer=coordinator, at=soon) == []
    assert queries.due_count(community=community, viewer=coordinator, at=soon) == 0


def test_of_long_ago_it_is_asked_after_a_silence_whether_it_is_still_needed(community, coordinator):
    taken_in(community, coordinator, asked="2025/12/01 09:15:00")
    later = NOON + timedelta(days=60)

    assert ask_still_needed(at=NOON + timedelta(days=1)) == 0
    assert ask_still_needed(at=later) == 1
    assert [card.kind for card in queries.due(community=community, viewer=coordinator, at=later)] == [
        DueKind.STILL_NEEDED
    ]


class TestMoney:
    def test_takes_the_sum_that_the_row_names(self, community, coordinator):
        line = taken_in(community, coordinator, need="مساعدة في الإيجار 150 دينار")

        assert (line.quantity, line.amount_unsaid) == (150, False)

    def test_a_sum_in_thousands_is_read_whole(self, community, coordinator):
        line = taken_in(community, coordinator, need="إيجار 1,500 دينار")

        assert (line.quantity, line.amount_unsaid) == (1500, False)

    def test_a_sum_that_nobody_named_is_not_invented(self, community, coordinator):
        line = taken_in(community, coordinator, need="مساعدة في الإيجار")
        card = queries.request_card(request_id=line.request.public_id, viewer=coordinator).lines[0]
        form = CompletionForm(
            None,
            card=queries.request_card(request_id=card.request_id, viewer=coordinator),
            community=community,
        )
        rows = queries.export_rows(community=community, viewer=coordinator, everything=True)

        assert line.amount_unsaid
        assert card.amount_unsaid
        assert amount(card.quantity, card.unit) == "المبلغ غير مذكور"
        assert form[f"quantity_{card.public_id}"].value() is None
        assert LineChangeForm(None, line=card)["quantity"].value() is None
        assert [(row.quantity, row.open) for row in rows] == [(None, None)]

    def test_is_said_later(self, community, coordinator):
        line = taken_in(community, coordinator, need="إيجار")
        services.change_line(line_id=line.public_id, quantity=120, when=When.ANY, actor=coordinator, at=NOON)

        line.refresh_from_db()
        assert (line.quantity, line.amount_unsaid) == (120, False)

    def test_only_money_waits_for_its_amount(self, community, coordinator):
        assert not taken_in(community, coordinator, need="سلة غذائية").amount_unsaid


def test_tomorrow_in_a_mended_row_is_counted_from_the_day_of_mending(community, coordinator):
    row = ("2025/12/01 09:15:00", *ROWS[0][1:5], "30/02/2026", *ROWS[0][6:])
    sheet = begin(community, coordinator, as_csv((HEAD, row)))

    services.mend_row(import_id=sheet.public_id, actor=coordinator, row=2, mends={"date": "غدًا"}, at=NOON)

    # Whenever it is taken in, the day stays the one that was meant.
    assert card_of(sheet, coordinator).incoming[0].day == date(2026, 3, 2)
    services.take_in(import_id=sheet.public_id, actor=coordinator, at=NOON + timedelta(days=5))
    until = NeedLine.objects.values_list("until_at", flat=True)[0]
    assert until is not None
    assert until.astimezone(ZoneInfo(community.time_zone)).date() == date(2026, 3, 2)

"""A sheet of requests: looked through, mended, taken in once, dropped."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from tadamun.foundation.people.models import Consent
from tadamun.foundation.trail.services import verify_chains
from tadamun.kernel.sheets import SheetNotUnderstood, xlsx_bytes
from tadamun.pillars.aid.needs import queries, services
from tadamun.pillars.aid.needs.errors import CoordinatorsOnly, NoSuchImport
from tadamun.pillars.aid.needs.models import ImportedRow, Request, SheetImport
from tadamun.pillars.aid.needs.services import importing
from tadamun.pillars.aid.needs.vocabulary import Origin, When
from tests.aid import make
from tests.aid.make import NOON
from tests.aid.sheets.beginning import begin, card_of
from tests.aid.sheets.conftest import HEAD, ROWS, as_csv

pytestmark = pytest.mark.django_db


class TestLookingThrough:
    def test_names_each_problem_by_row_and_column(self, community, coordinator):
        card = card_of(begin(community, coordinator), coordinator)

        assert card.rows == 5
        assert [(one.row, one.field, one.code) for one in card.problems] == [
            (4, "phone", "phone_missing"),
            (6, "size", "size_not_understood"),
            (6, "date", "date_not_understood"),
        ]
        assert {one.head for one in card.problems} == {HEAD[2], HEAD[3], HEAD[5]}
        assert card.skipped == ((7, "total"),)

    def test_shows_likely_doubles_of_the_sheet_and_of_open_requests(self, community, coordinator):
        asked = make.make_request(community, phone="+962782223344").request

        card = card_of(begin(community, coordinator), coordinator)

        assert [(one.row, one.of, one.number) for one in card.likes] == [
            (3, None, asked.number),
            (5, 2, None),
        ]
        assert card.ready == 3, "shown, and not joined by themselves"

    def test_keeps_cells_under_seal_only(self, community, coordinator):
        begin(community, coordinator)

        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM needs_sheetimport")
            stored = str(cursor.fetchall())
        for secret in ("سعاد", "1112233", "ردود"):
            assert secret not in stored

    @pytest.mark.parametrize("role", ["volunteer", "steward", "auditor"])
    def test_is_for_coordinators(self, community, coordinator, role):
        sheet = begin(community, coordinator)
        other = make.make_member(community, role)

        with pytest.raises(CoordinatorsOnly):
            begin(community, other)
        with pytest.raises(CoordinatorsOnly):
            card_of(sheet, other)
        with pytest.raises(CoordinatorsOnly):
            services.take_in(import_id=sheet.public_id, actor=other, at=NOON)

    def test_is_not_to_be_seen_from_another_community(self, community, coordinator):
        elsewhere = make.make_community()
        sheet = begin(community, coordinator)

        with pytest.raises(NoSuchImport):
            queries.import_card(
                import_id=sheet.public_id,
                viewer=make.make_coordinator(elsewhere),
                community=elsewhere,
                at=NOON,
            )

    def test_refuses_what_is_no_sheet_and_keeps_nothing(self, community, coordinator):
        with pytest.raises(SheetNotUnderstood):
            begin(community, coordinator, b"\x00\x01\x02\x03")
        assert not SheetImport.objects.exists()


class TestTakingIn:
    def test_sound_rows_become_requests_with_their_words_and_consent(self, community, coordinator):
        sheet = begin(community, coordinator)

        taken = services.take_in(import_id=sheet.public_id, actor=coordinator, at=NOON)

        assert (taken.imported, taken.left) == (3, 0)
        first = Request.objects.order_by("number").first()
        assert first is not None
        assert (first.asker_name, first.phone, first.household_size) == ("سعاد العمري", "+962791112233", 5)
        assert (first.origin, first.entered_by) == (Origin.PHONE, coordinator)
        assert first.place is not None
        assert first.place.area is not None
        assert first.place.area.name == "الزيتون"
        assert [line.category.code for line in first.lines.order_by("pk")] == ["food-parcel", "nappies"]
        assert {line.when for line in first.lines.all()} == {When.MONTH}
        assert first.asked_at < NOON
        assert {line.waiting_since for line in first.lines.all()} == {first.asked_at}
        consent = Consent.objects.get(pk=first.consent_id)
        assert (consent.purpose, consent.means, consent.recorded_by) == ("help", "phone", coordinator)
        assert all(report.whole for report in verify_chains(scope=community.public_id))

    def test_the_same_file_adds_nothing(self, community, coordinator):
        for _ in range(2):
            sheet = begin(community, coordinator)
            services.take_in(import_id=sheet.public_id, actor=coordinator, at=NOON)

        assert (Request.objects.count(), SheetImport.objects.count()) == (3, 1)

    @pytest.mark.parametrize(
        "again",
        [
            lambda: as_csv(delimiter=";", encoding="utf-16"),
            lambda: xlsx_bytes([HEAD, *ROWS], title="1"),
            lambda: as_csv((HEAD, *reversed(ROWS))),
        ],
        ids=["utf-16 with semicolons", "xlsx", "sorted otherwise"],
    )
    def test_the_same_rows_in_a_file_saved_anew_add_nothing(self, community, coordinator, again):
        services.take_in(import_id=begin(community, coordinator).public_id, actor=coordinator, at=NOON)

        sheet = begin(community, coordinator, again())
        taken = services.take_in(import_id=sheet.public_id, actor=coordinator, at=NOON)

        assert taken.imported == 0
        assert (Request.objects.count(), SheetImport.objects.count()) == (3, 2)

    def test_rows_added_to_the_file_come_in(self, community, coordinator):
        services.take_in(import_id=begin(community, coordinator).public_id, actor=coordinator, at=NOON)
        more = ("2026/03/03 08:00:00", "رنا سليم", "0799998877", "2", "كتب مدرسية", "", "الزيتون", "")

        sheet = begin(community, coordinator, as_csv((HEAD, *ROWS, more)))
        taken = services.take_in(import_id=sheet.public_id, actor=coordinator, at=NOON)

        assert taken.imported == 1
        assert Request.objects.latest("number").asker_name == "رنا سليم"

    def test_a_row_that_repeats_another_word_for_word_is_left_out_until_taken_up(
        self, community, coordinator
    ):
        twice = (HEAD, ROWS[0], ROWS[0])
        for _ in range(2):
            sheet = begin(community, coordinator, as_csv(twice))
            card = card_of(sheet, coordinator)
            assert [(one.row, one.of, one.same, one.left_out) for one in card.likes] == [(3, 2, True, True)]
            services.take_in(import_id=sheet.public_id, actor=coordinator, at=NOON)
            assert Request.objects.count() == 1

        for _ in range(2):
            services.leave_out(import_id=sheet.public_id, actor=coordinator, row=3, out=False)
            services.take_in(import_id=sheet.public_id, actor=coordinator, at=NOON)
            assert Request.objects.count() == 2

    def test_rows_that_differ_in_one_word_both_come_in(self, community, coordinator):
        other = (*ROWS[0][:-1], "ليس هذا وذاك واحدًا")
        sheet = begin(community, coordinator, as_csv((HEAD, ROWS[0], other)))

        assert services.take_in(import_id=sheet.public_id, actor=coordinator, at=NOON).imported == 2

    def test_the_operator_takes_in_rows_that_say_the_very_same_once_each(self, community):
        content = as_csv((HEAD, ROWS[0], ROWS[0]))
        for _ in range(2):
            kept = services.start_import_as_operator(
                community=community, content=content, title="a.csv", at=NOON
            )
            services.take_in_as_operator(import_id=kept.public_id, at=NOON)

        assert Request.objects.count() == 2

    def test_days_that_could_be_read_otherwise_are_named_as_they_were_read(self, community, coordinator):
        rows = [(*ROWS[0][:5], day, *ROWS[0][6:]) for day in ("12/13/2026", "25/03/2026", "04/05/2026")]
        card = card_of(begin(community, coordinator, as_csv((HEAD, *rows))), coordinator)

        assert [(one.row, one.said, str(one.day), one.why) for one in card.guessed] == [
            (2, "12/13/2026", "2026-12-13", "turned"),
            (4, "04/05/2026", "2026-05-04", "either"),
        ]

    def test_no_day_is_a_guess_where_the_column_tells_the_order(self, community, coordinator):
        rows = [(*ROWS[0][:5], day, *ROWS[0][6:]) for day in ("25/03/2026", "04/05/2026")]
        card = card_of(begin(community, coordinator, as_csv((HEAD, *rows))), coordinator)

        assert card.guessed == ()

    def test_goes_on_where_it_was_cut_off(self, community, coordinator, monkeypatch):
        sheet = begin(community, coordinator)
        post, calls = importing.post_request, []

        def cut_off(**given: Any) -> Any:
            if calls:
                raise KeyboardInterrupt
            calls.append(1)
            return post(**given)

        monkeypatch.setattr(importing, "post_request", cut_off)
        with pytest.raises(KeyboardInterrupt):
            services.take_in(import_id=sheet.public_id, actor=coordinator, at=NOON)
        monkeypatch.setattr(importing, "post_request", post)
        assert (Request.objects.count(), ImportedRow.objects.count()) == (1, 1)

        taken = services.take_in(import_id=sheet.public_id, actor=coordinator, at=NOON)

        assert (taken.imported, Request.objects.count()) == (2, 3)

    def test_nobody_is_told_of_every_row(self, community, coordinator):
        from tadamun.foundation.notices.models import Notice

        services.take_in(import_id=begin(community, coordinator).public_id, actor=coordinator, at=NOON)

        assert not Notice.objects.filter(recipient=coordinator).exists()

    def test_a_cell_that_begins_with_equals_stays_text(self, community, coordinator):
        services.take_in(import_id=begin(community, coordinator).public_id, actor=coordinator, at=NOON)

        assert Request.objects.order_by("number")[1].notes.startswith("=1+1")

    def test_a_row_left_out_stays_out_until_taken_up_again(self, community, coordinator):
        sheet = begin(community, coordinator)
        services.leave_out(import_id=sheet.public_id, actor=coordinator, row=5, out=True)
        services.take_in(import_id=sheet.public_id, actor=coordinator, at=NOON)
        assert Request.objects.count() == 2

        services.leave_out(import_id=sheet.public_id, actor=coordinator, row=5, out=False)
        services.take_in(import_id=sheet.public_id, actor=coordinator, at=NOON)
        assert Request.objects.count() == 3

    def test_the_operator_takes_in_what_nobody_named_entered(self, community):
        sheet = services.start_import_as_operator(
            community=community, content=as_csv(), title="a.csv", at=NOON
        )

        assert services.take_in_as_operator(import_id=sheet.public_id, at=NOON).imported == 3
        assert set(Request.objects.values_list("origin", "entered_by")) == {(Origin.ON_BEHALF, None)}

"""Sheets of requests: columns in three languages, rows with their problems, likely doubles."""

from __future__ import annotations

import json
import os
from datetime import date, datetime
from pathlib import Path

import pytest

from tadamun.kernel.cells.needs import shared_catalogue
from tadamun.kernel.cells.phones import dialled_form
from tadamun.kernel.intake import (
    Settings,
    duplicates_in,
    find_header,
    read_intake,
    signature,
    suggested_mapping,
)
from tadamun.kernel.sheets import Sheet, SheetRow, read_sheet

TODAY = date(2026, 3, 12)
SHARED = Path(
    os.environ.get("TADAMUN_SHARED_DATA", Path(__file__).resolve().parents[2] / ".." / "shared" / "data")
)


def sheet_of(*rows):
    return Sheet(tuple(SheetRow(number, tuple(row)) for number, row in enumerate(rows, 1) if any(row)))


def read(sheet, *, region="JO", **options):
    header = find_header(sheet)
    mapping = suggested_mapping(sheet, header, region=region, today=TODAY)
    settings = Settings(region=region, today=TODAY, catalogue=shared_catalogue(), **options)
    return read_intake(sheet, header, mapping, settings=settings)


class TestColumns:
    @pytest.mark.parametrize(
        ("heads", "fields"),
        [
            (
                ["طابع زمني", "الاسم الثلاثي", "رقم الموبايل", "حجم الأسرة", "شو بتحتاج؟", "متى؟", "المنطقة"],
                ["asked", "name", "phone", "size", "need", "date", "place"],
            ),
            (
                [
                    "Timestamp",
                    "Your name",
                    "Mobile",
                    "Family members",
                    "Support required",
                    "By when",
                    "District",
                ],
                ["asked", "name", "phone", "size", "need", "date", "place"],
            ),
            (
                [
                    "Horodateur",
                    "Nom et prénom",
                    "N° de téléphone",
                    "Nb de personnes",
                    "Besoins",
                    "Pour quand ?",
                ],
                ["asked", "name", "phone", "size", "need", "date"],
            ),
            (
                ["م", "الاسم", "الجوال", "العدد", "الطلب", "التاريخ"],
                [None, "name", "phone", "size", "need", "date"],
            ),
            (
                ["اسم المستفيد", "رقم الهوية", "هاتف", "عدد الأفراد", "عدد الأطفال", "الاحتياجات"],
                ["name", None, "phone", "size", None, "need"],
            ),
            (["اسم الحي", "الاسم", "تلفون 1", "تلفون 2"], ["place", "name", "phone", "phone"]),
        ],
    )
    def test_are_suggested_from_heads_in_three_languages(self, heads, fields):
        sheet = sheet_of(heads)

        mapping = suggested_mapping(sheet, find_header(sheet), region="JO", today=TODAY)

        assert [mapping.get(place) for place in range(len(heads))] == fields

    def test_are_suggested_from_what_stands_below_where_the_head_says_nothing(self):
        rows = [("x1", f"079123456{n}", "طعام ودواء", 3 + n % 3, f"2{n}/3/2026") for n in range(6)]
        sheet = sheet_of(("أ", "ب", "ج", "د", "هـ"), *rows)

        mapping = suggested_mapping(sheet, find_header(sheet), region="JO", today=TODAY)

        assert mapping == {1: "phone", 2: "need", 3: "size", 4: "date"}

    def test_the_head_may_stand_below_a_title_and_rows_keep_their_numbers(self):
        sheet = sheet_of(
            ("سجلّ الطلبات لشهر آذار",), (), ("الاسم", "الهاتف", "الطلب"), ("سعاد", "0791234567", "طعام")
        )

        assert find_header(sheet).row == 3
        assert [row.row for row in read(sheet).rows] == [4]

    def test_a_form_is_recognised_by_its_head_however_it_is_spelt(self):
        one, other = sheet_of(("الاسم", "الهاتف")), sheet_of((" الإسم", "الهاتف "))

        assert signature(find_header(one)) == signature(find_header(other))


class TestRows:
    HEAD = ("الاسم", "الهاتف", "العدد", "الطلب", "التاريخ", "الحي")

    def test_sums_repeated_heads_and_remarks_are_no_requests(self):
        sheet = sheet_of(
            self.HEAD,
            ("سعاد", "0791234567", "3", "طعام", "1/3/2026", "الوادي"),
            ("الأحد",),
            self.HEAD,
            ("هاني", "0781234567", "4", "دواء", "2/3/2026", "الوادي"),
            ("المجموع", None, "7"),
            (None, None, None, None, None, "Total : 2"),
        )

        intake = read(sheet)

        assert [row.row for row in intake.rows] == [2, 5]
        assert dict(intake.skipped) == {3: "note", 4: "header", 6: "total", 7: "total"}

    def test_every_problem_is_named_by_field(self):
        sheet = sheet_of(self.HEAD, ("سعاد", "07912", "كثير", "؟؟", "31/2/2026", ""))

        row = read(sheet).rows[0]

        assert [problem.field for problem in row.problems] == ["phone", "size", "date", "need"]

    def test_a_mark_of_repetition_is_what_stands_above(self):
        sheet = sheet_of(
            self.HEAD,
            ("سعاد", "0791234567", "3", "طعام", "1/3/2026", "الوادي"),
            ("هاني", "0781234567", "4", "دواء", "//", "كذلك"),
        )

        second = read(sheet).rows[1]

        assert (second.place, second.day) == ("الوادي", date(2026, 3, 1))

    def test_an_order_nothing_settles_is_assumed_and_said(self):
        sheet = sheet_of(self.HEAD, ("سعاد", "0791234567", "3", "طعام", "1/3/2026", ""))

        intake = read(sheet)

        assert intake.rows[0].day == date(2026, 3, 1)
        assert [(one.field, one.order, one.why, one.rows) for one in intake.assumed] == [
            ("date", "dmy", "no_evidence", 1)
        ]

    def test_a_mended_cell_stands_instead_and_the_row_is_recognised_as_before(self):
        sheet = sheet_of(self.HEAD, ("سعاد", "07912", "3", "طعام", "", ""))
        before = read(sheet).rows[0]

        after = read(sheet, mended={2: {"phone": "٠٧٩١٢٣٤٥٦٧"}}).rows[0]

        assert not before.sound
        assert after.sound
        assert after.identity == before.identity

    def test_a_row_is_recognised_however_the_spreadsheet_saves_its_cells(self):
        typed = ("سعاد", 791234567, 3, "طعام", datetime(2026, 3, 5), "الوادي")
        written = ("سُعاد", "+962 79 123 4567", "ثلاثة", "طعام", "05/03/2026", "الوادي ")
        turned = ("سعاد", "٠٧٩١٢٣٤٥٦٧", "٣", "طعام", "2026-03-05", "الوادي")

        rows = [read(sheet_of(self.HEAD, row)).rows[0] for row in (typed, written, turned)]

        assert len({row.identity for row in rows}) == 1


class TestDuplicates:
    HEAD = ("الاسم", "الهاتف", "العدد", "الطلب", "الحي")

    def pairs(self, *rows):
        return [(one.row, one.of) for one in duplicates_in(read(sheet_of(self.HEAD, *rows)).rows)]

    def test_the_later_sound_row_of_one_phone_is_shown_even_where_the_earlier_was_refused(self):
        assert self.pairs(
            ("سعاد", "0791234567", "كثير", "طعام", "الوادي"),
            ("هاني", "0781234567", "2", "طعام", "الوادي"),
            ("سعاد", "+962 79 123 4567", "3", "دواء", "الوادي"),
            ("سعاد", "0791234567", "3", "", "الوادي"),
        ) == [(4, 2)]

    def test_name_and_place_speak_where_one_has_no_phone(self):
        assert self.pairs(
            ("أحمد أبو زيد", "لا يوجد", "3", "طعام", "حيّ الوادي"),
            ("احمد ابوزيد", "0791234567", "3", "دواء", "الوادي"),
        ) == [(3, 2)]

    def test_two_phones_are_two_households_whatever_their_names(self):
        assert (
            self.pairs(
                ("أحمد زيد", "0781234567", "3", "طعام", "الوادي"),
                ("احمد زيد", "0791234567", "3", "دواء", "الوادي"),
                ("احمد زيد", "0771234567", "5", "دواء", "التلّة"),
            )
            == []
        )


@pytest.mark.skipif(
    not (SHARED / "intake").is_dir(), reason="no sheets to try: TADAMUN_SHARED_DATA names their folder"
)
class TestGivenSheets:
    """Sheets with a truth file beside each, kept outside the repository."""

    @pytest.fixture(params=sorted((SHARED / "intake").glob("*.truth.json")), ids=lambda path: path.stem)
    def given(self, request):
        truth = json.loads(request.param.read_text(encoding="utf-8"))
        table = request.param.with_name(request.param.name.replace(".truth.json", ".xlsx"))
        return read(read_sheet(table.read_bytes())), truth["per_row"]

    def test_finds_every_bad_row_and_refuses_no_sound_one(self, given):
        intake, truth = given

        assert {row.row: row.problems[0].field for row in intake.rows if not row.sound} == {
            one["row"]: one["error"] for one in truth if one["error"]
        }

    def test_reads_phone_size_and_day_of_every_row_as_they_are(self, given):
        intake, truth = given
        found = {
            row.row: (
                dialled_form(row.phone, region="JO") if row.phone else None,
                row.size,
                row.day.isoformat() if row.day else None,
            )
            for row in intake.rows
        }

        assert found == {one["row"]: (one["phone"], one["size"], one["date"]) for one in truth}

    def test_shows_every_person_who_asked_before(self, given):
        intake, truth = given

        assert {one.row for one in duplicates_in(intake.rows)} == {
            one["row"] for one in truth if one["duplicate_person"] and not one["error"]
        }

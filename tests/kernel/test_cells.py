"""Cells as people fill them: phones, household sizes, days, things asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tadamun.kernel.cells.dates import ORDERS, order_of, read_day
from tadamun.kernel.cells.folding import fold, fold_name
from tadamun.kernel.cells.needs import catalogue_with, read_needs, shared_catalogue
from tadamun.kernel.cells.phones import dialled_form, read_phones
from tadamun.kernel.cells.problems import CellProblem
from tadamun.kernel.cells.sizes import read_size

TODAY = date(2026, 3, 12)


def refusal(read: Callable[[], Any]) -> str:
    """The code with which a cell is refused, or nothing; whatever else is raised is a fault."""
    try:
        read()
    except CellProblem as problem:
        return problem.code
    return ""


class TestPhones:
    @pytest.mark.parametrize(
        "cell",
        [
            "0791234567",
            "٠٧٩١٢٣٤٥٦٧",
            "۰۷۹۱۲۳۴۵۶۷",
            791234567,
            791234567.0,
            "791234567",
            "+962 79 123 4567",
            "00962791234567",
            "962791234567",
            "962791234567+",
            "+962(0)791234567",
            "0962791234567",
            "079-123-4567",
            "079/1234567",
            "07 91 23 45 67",
            "\u200f0791234567 ",
            "'0791234567",
            "واتساب: 0791234567 (الجارة)",
            "7.91234567E+08",
            "7,91234567E+08",
            "9.62791234567e11",
        ],
    )
    def test_one_number_in_every_shape(self, cell):
        assert dialled_form(read_phones(cell, region="JO").phone, region="JO") == "0791234567"

    @pytest.mark.parametrize(
        ("cell", "region", "dialled"),
        [
            (1012345678, "EG", "01012345678"),
            ("612345678", "MA", "0612345678"),
            (3123456, "LB", "03123456"),
            ("20 123 456", "TN", "20123456"),
            (944123456, "SY", "0944123456"),
            (7701234567, "IQ", "07701234567"),
            ("+49 1512 3456789", "JO", "+4915123456789"),
        ],
    )
    def test_numbers_of_other_countries(self, cell, region, dialled):
        assert dialled_form(read_phones(cell, region=region).phone, region=region) == dialled

    @pytest.mark.parametrize(
        "cell",
        [
            "0791234567 / 0781234567",
            "0791234567 و0781234567",
            "0791234567 0781234567",
            "0791234567\n0781234567",
            "0791234567-0781234567",
            "0791234567 أو ٠٧٨١٢٣٤٥٦٧",
        ],
    )
    def test_two_numbers_in_one_cell_are_both_kept(self, cell):
        found = read_phones(cell, region="JO")

        assert (found.phone, found.others) == ("+962791234567", ("+962781234567",))

    @pytest.mark.parametrize(
        ("cell", "code"),
        [
            (None, "phone_missing"),
            ("لا يوجد", "phone_missing"),
            ("aucun", "phone_missing"),
            ("07912345", "phone_not_understood"),
            ("079123456", "phone_not_understood"),
            (79123456, "phone_not_understood"),
            ("123", "phone_not_understood"),
            ("7.91E+08", "phone_digits_lost"),
            ("٧٫٩١E+08", "phone_not_understood"),
        ],
    )
    def test_says_why_a_number_cannot_be_called(self, cell, code):
        with pytest.raises(CellProblem) as refused:
            read_phones(cell, region="JO")

        assert refused.value.code == code

    @given(st.text(max_size=40), st.sampled_from(["JO", "EG", "MA", "ZZ", ""]))
    def test_never_fails_otherwise(self, text, region):
        code = refusal(lambda: read_phones(text, region=region))

        assert not code or code.startswith("phone_")


class TestSizes:
    @pytest.mark.parametrize(
        ("cell", "size"),
        [
            (5, 5),
            (5.0, 5),
            ("٩", 9),
            ("٥٫٠", 5),
            ("5 افراد", 5),
            ("خمسة أفراد", 5),
            ("ستّة", 6),
            ("نحن ٦", 6),
            ("5 pers.", 5),
            ("أسرة من سبعة", 7),
            ("شخصان", 2),
            ("فردين", 2),
            ("شخص", 1),
            ("أحد عشر", 11),
            ("اثنا عشر شخصًا", 12),
            ("خمسة وعشرون", 25),
            ("ستة (٦)", 6),
            ("2+3", 5),
            ("2 كبار و3 أطفال", 5),
            ("أنا وزوجي وثلاثة أطفال", 5),
            ("أم و4 أطفال", 5),
            ("6 personnes dont 2 enfants", 6),
            ("une famille de 5", 5),
            ("cinq personnes", 5),
            ("family of six", 6),
            ("twenty one", 21),
            ("", None),
            (None, None),
            ("-", None),
        ],
    )
    def test_figures_and_words(self, cell, size):
        assert read_size(cell) == size

    @pytest.mark.parametrize(
        "cell", ["كثير", "4-5", "٤ أو ٥", "5.5", "عائلة", -3, 0, 100, True, date(2026, 5, 6), "beaucoup"]
    )
    def test_leaves_open_what_is_open(self, cell):
        with pytest.raises(CellProblem, match="size_"):
            read_size(cell)


class TestDays:
    @pytest.mark.parametrize(
        ("cell", "day"),
        [
            ("٢٢/٢/٢٠٢٦", "2026-02-22"),
            ("22-02-2026", "2026-02-22"),
            ("2026-03-05", "2026-03-05"),
            ("2026/25/03", "2026-03-25"),
            ("2026-03-05T14:30:00Z", "2026-03-05"),
            ("2026/03/05 2:36:00 م غرينتش+3", "2026-03-05"),
            ("الأحد ٢٢/٢/٢٠٢٦", "2026-02-22"),
            ("كانون الثاني 5 2026", "2026-01-05"),
            ("٥ يناير ٢٠٢٦", "2026-01-05"),
            ("5 آذار/مارس 2026", "2026-03-05"),
            ("5 جانفي 2026", "2026-01-05"),
            ("le 5 janvier 2026", "2026-01-05"),
            ("1er mars 2026", "2026-03-01"),
            ("March 5, 2026", "2026-03-05"),
            ("3-مارس-26", "2026-03-03"),
            ("١٧ رمضان ١٤٤٧", "2026-03-06"),
            ("17 ramadan 1447 AH", "2026-03-06"),
            ("18/9/1447هـ", "2026-03-07"),
            ("1447/9/18", "2026-03-07"),
            ("18/9/47هـ", "2026-03-07"),
            ("15 رمضان 1447 الموافق 4/3/2026", "2026-03-04"),
            (46081, "2026-02-28"),
            ("٤٦٠٨١", "2026-02-28"),
            (20260305, "2026-03-05"),
            (datetime(2026, 3, 4, 15, 3), "2026-03-04"),
            ("5.3.26", "2026-03-05"),
        ],
    )
    def test_one_day_in_every_writing(self, cell, day):
        read = read_day(cell, order="dmy", today=TODAY).day

        assert read is not None
        assert read.isoformat() == day

    def test_a_day_without_a_year_and_tomorrow_are_reckoned_from_the_day_of_asking(self):
        asked = date(2026, 1, 2)

        assert read_day("30/12", order="dmy", today=TODAY, asked=asked).day == date(2025, 12, 30)
        assert read_day("غدًا", order="dmy", today=TODAY, asked=asked).day == date(2026, 1, 3)

    @pytest.mark.parametrize(
        ("cell", "soon"),
        [
            ("عاجل", "today"),
            ("as soon as possible", "today"),
            ("cette semaine", "week"),
            ("هذا الشهر", "month"),
        ],
    )
    def test_how_soon_in_words(self, cell, soon):
        assert read_day(cell, order="dmy", today=TODAY).soon == soon

    @pytest.mark.parametrize(
        ("cell", "code"),
        [
            ("32/13/2026", "date_not_understood"),
            ("30/02/2026", "date_not_understood"),
            ("2026", "date_not_understood"),
            ("قريبًا", "date_not_understood"),
            ("5/3/0226", "date_out_of_range"),
            ("31/12/2062", "date_out_of_range"),
        ],
    )
    def test_says_why_a_day_cannot_be_read(self, cell, code):
        with pytest.raises(CellProblem) as refused:
            read_day(cell, order="dmy", today=TODAY)

        assert refused.value.code == code

    def test_the_rest_of_the_column_settles_the_order(self):
        day_first = order_of(["12/3/2026", "25/3/2026"], today=TODAY)
        month_first = order_of(["12/3/2026", "3/25/2026"], today=TODAY)

        assert day_first.order(default="mdy") == "dmy"
        assert month_first.order(default="dmy") == "mdy"
        assert not day_first.contradicts_itself

    def test_without_evidence_the_region_does_and_a_contradiction_is_seen(self):
        assert order_of(["1/2/2026"], today=TODAY).order(default="dmy") == "dmy"
        assert order_of(["1/2/2026", "25/3/2026", "3/25/2026"], today=TODAY).contradicts_itself
        assert not order_of(["25/3/2026", "3/25/2026"], today=TODAY).contradicts_itself

    @given(st.dates(date(2020, 1, 1), date(2028, 12, 31)), st.sampled_from(ORDERS))
    def test_what_is_written_in_an_order_is_read_in_it(self, day, order):
        written = f"{day:%d/%m/%Y}" if order == "dmy" else f"{day:%m/%d/%Y}"

        assert read_day(written, order=order, today=TODAY).day == day

    @given(st.text(max_size=30))
    def test_never_fails_otherwise(self, text):
        code = refusal(lambda: read_day(text, order="dmy", today=TODAY))

        assert not code or code.startswith("date_")


class TestNeeds:
    @pytest.mark.parametrize(
        ("cell", "codes"),
        [
            ("سلة غذائية", ["food-parcel"]),
            ("السلّة الغذائيّة والأدوية", ["food-parcel", "medicine"]),
            ("بطانيات ومدفأة", ["blankets", "stove"]),
            ("حفاضات مقاس ٣ و إيجار", ["nappies", "rent"]),
            ("استشارة في عقد الإيجار", ["legal"]),
            ("مساعدة في دفع الإيجار وفاتورة الكهرباء", ["rent", "bill"]),
            ("خبز وحليب", ["bread-milk"]),
            ("وجبة ساخنة", ["cooked-meal"]),
            ("حليب أطفال، حفاضات", ["infant-formula", "nappies"]),
            ("1. طعام 2. دواء", ["food", "medicine"]),
            ("food + medicine", ["food", "medicine"]),
            ("Food parcel and blankets", ["food-parcel", "blankets"]),
            ("couches / lait\nloyer", ["nappies", "infant-formula", "rent"]),
            ("aide alimentaire et médicaments", ["food", "medicine"]),
            ("سلة غذائية وسلة غذائية", ["food-parcel"]),
        ],
    )
    def test_several_things_in_one_cell(self, cell, codes):
        assert [thing.code for thing in read_needs(cell, catalogue=shared_catalogue()).things] == codes

    def test_the_words_stay_with_each_thing_and_unknown_ones_are_kept(self):
        read = read_needs("حفاضات مقاس ٣ وسلة غذائية، سقف للدجاج", catalogue=shared_catalogue())

        assert [thing.said for thing in read.things] == ["حفاضات مقاس ٣", "سلة غذائية"]
        assert read.unknown == ("سقف للدجاج",)

    @pytest.mark.parametrize(("cell", "code"), [(None, "need_missing"), ("أي شيء", "need_not_understood")])
    def test_says_why_nothing_is_found(self, cell, code):
        with pytest.raises(CellProblem, match=code):
            read_needs(cell, catalogue=shared_catalogue())

    def test_a_community_s_own_names_are_known(self):
        own = catalogue_with({"kites": ["طائرة ورقية", "Kite"]})

        assert read_needs("طائرة ورقيّة ودواء", catalogue=own).things[0].code == "kites"


class TestFolding:
    def test_spellings_of_a_name_are_one(self):
        assert fold_name("أحمد أبو زيد") == fold_name("احمد أبوزيد")
        assert fold_name("عبد الله سُلَيم") == fold_name("عبدالله سليم")
        assert fold_name("فاطمة مصطفى") == fold_name("فاطمه مصطفي")

    def test_figures_and_letters_come_apart(self):
        assert fold("٥أفراد  (تقريبًا)") == "5 افراد تقريبا"

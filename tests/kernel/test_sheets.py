"""Sheets: read whatever their name and encoding, never run, never larger than can be handled."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from tadamun.kernel.sheets import (
    Formula,
    SheetNotUnderstood,
    SheetTooLarge,
    csv_bytes,
    kept,
    read_sheet,
    unkept,
    xlsx_bytes,
)

LINES = "الاسم;الهاتف;العدد\nأحمد;0791234567;5\n\nليلى;0781234567;6\n"


class TestText:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1256", "iso8859_6", "utf-16", "utf-16-le"])
    def test_is_read_in_the_encodings_that_spreadsheets_write(self, encoding):
        sheet = read_sheet(LINES.encode(encoding))

        assert [row.number for row in sheet.rows] == [1, 2, 4]
        assert sheet.rows[1].cells == ("أحمد", "0791234567", "5")

    def test_french_in_one_byte_a_letter(self):
        sheet = read_sheet("Nom;Téléphone;Besoin\nHélène;0612345678;couches, bébé\n".encode("cp1252"))

        assert sheet.rows[1].cells == ("Hélène", "0612345678", "couches, bébé")

    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
    def test_finds_what_parts_the_columns(self, delimiter):
        sheet = read_sheet(LINES.replace(";", delimiter).encode())

        assert all(len(row.cells) == 3 for row in sheet.rows)

    def test_excel_s_own_first_line_names_the_delimiter(self):
        assert read_sheet(b"sep=;\na;b,c\n1;2,3\n").rows[0].cells == ("a", "b,c")


class TestWorkbooks:
    def test_a_formula_stays_text_with_what_it_showed(self):
        book = openpyxl.Workbook()
        book.active.append(["a", "=1+1", datetime(2026, 3, 1), True, 2.5])
        out = io.BytesIO()
        book.save(out)

        cells = read_sheet(out.getvalue()).rows[0].cells

        assert cells == ("a", "=1+1", datetime(2026, 3, 1), True, 2.5)
        assert isinstance(cells[1], Formula)

    def test_the_fullest_sheet_is_read_and_the_others_named(self):
        book = openpyxl.Workbook()
        book.active.title = "تعليمات"
        book.active.append(["اقرأ هذا"])
        second = book.create_sheet("ردود")
        for number in range(3):
            second.append([number, "x"])
        hidden = book.create_sheet("سرّي")
        hidden.sheet_state = "hidden"
        for number in range(9):
            hidden.append([number])
        out = io.BytesIO()
        book.save(out)

        sheet = read_sheet(out.getvalue())

        assert (sheet.title, sheet.others) == ("ردود", ("تعليمات",))

    @pytest.mark.parametrize(
        "content", [b"", b"  \n", b"\x00\x01\x02" * 9, b"PK\x03\x04 broken", b"%PDF-1.7\x00", b"\xff\xfe\x00"]
    )
    def test_what_is_no_sheet_is_refused(self, content):
        with pytest.raises(SheetNotUnderstood):
            read_sheet(content)

    def test_a_small_file_that_unfolds_to_a_huge_one_is_refused(self):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("[Content_Types].xml", "<x/>")
            with packed.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
                for _ in range(90):
                    part.write(b"0" * 1024 * 1024)

        assert len(out.getvalue()) < 1_000_000
        with pytest.raises(SheetTooLarge):
            read_sheet(out.getvalue())

    def test_entities_are_refused(self):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as packed:
            packed.writestr("[Content_Types].xml", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')

        with pytest.raises(SheetNotUnderstood):
            read_sheet(out.getvalue())

    def test_more_rows_or_columns_than_can_be_handled_are_refused(self):
        with pytest.raises(SheetTooLarge):
            read_sheet(b"a,b\n" * 5001)
        with pytest.raises(SheetTooLarge):
            read_sheet(b",".join([b"x"] * 61))


class TestWriting:
    ROWS = (("name", "=HYPERLINK(1)", "+962 7", "-1", "@x"), ("أحمد", 3, None, 2.5, date(2026, 3, 1)))

    def test_nothing_that_looks_like_a_formula_is_one(self):
        sheet = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(self.ROWS, title="ق"))).active

        assert {cell.data_type for cell in sheet[1]} == {"s"}
        assert [cell.value for cell in sheet[1]] == list(self.ROWS[0])

    def test_what_goes_out_comes_back_as_it_was(self):
        assert read_sheet(xlsx_bytes(self.ROWS, title="ق")).rows[0].cells == self.ROWS[0]
        assert read_sheet(csv_bytes(self.ROWS)).rows[0].cells == self.ROWS[0]

    def test_csv_marks_such_a_cell_as_text(self):
        first = csv_bytes(self.ROWS).decode("utf-8-sig").splitlines()[0]

        assert first == "name,'=HYPERLINK(1),'+962 7,'-1,'@x"


def test_a_sheet_is_kept_with_the_kind_of_every_cell():
    sheet = read_sheet(xlsx_bytes([("=1", 1, 2.5, datetime(2026, 3, 1, 9, 30), True, "نصّ")], title="ق"))

    back = unkept(kept(sheet))

    assert back == sheet
    assert isinstance(back.rows[0].cells[0], Formula)

"""A sheet is decided about: rows mended, columns settled, and the pages on which that is done."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Person
from tadamun.pillars.aid.needs import queries, services
from tadamun.pillars.aid.needs.errors import ImportIsOver, RowNotThere
from tadamun.pillars.aid.needs.models import KnownColumns, Request, SheetImport
from tadamun.pillars.aid.needs.services import importing
from tests.aid import make
from tests.aid.make import NOON
from tests.aid.sheets.beginning import begin, card_of
from tests.aid.sheets.conftest import HEAD, ROWS, as_csv

pytestmark = pytest.mark.django_db


class TestDeciding:
    def test_a_mended_row_is_taken_in_and_recognised_as_it_was_written(self, community, coordinator):
        sheet = begin(community, coordinator)
        services.mend_row(
            import_id=sheet.public_id,
            actor=coordinator,
            row=6,
            mends={"size": "٦", "date": "31/03/2026"},
            at=NOON,
        )
        services.mend_row(
            import_id=sheet.public_id, actor=coordinator, row=4, mends={"phone": "791239876"}, at=NOON
        )

        assert services.take_in(import_id=sheet.public_id, actor=coordinator, at=NOON).imported == 5
        again = begin(community, coordinator, as_csv(encoding="utf-16"))
        card = card_of(again, coordinator)
        assert (card.ready, card.imported, card.problems) == (0, 5, ())

    def test_a_thing_is_chosen_from_the_list(self, community, coordinator):
        odd = ("", "وفاء", "0791231231", "2", "شيء ما", "", "", "")
        sheet = begin(community, coordinator, as_csv((HEAD, odd)))
        assert [one.code for one in card_of(sheet, coordinator).problems] == ["need_not_understood"]

        services.mend_row(
            import_id=sheet.public_id, actor=coordinator, row=2, mends={"need": "#shoes"}, at=NOON
        )
        services.take_in(import_id=sheet.public_id, actor=coordinator, at=NOON)

        assert Request.objects.get().lines.get().category.code == "shoes"

    def test_a_row_that_is_not_there_cannot_be_mended(self, community, coordinator):
        sheet = begin(community, coordinator)

        with pytest.raises(RowNotThere):
            services.mend_row(
                import_id=sheet.public_id, actor=coordinator, row=99, mends={"size": "3"}, at=NOON
            )

    def test_columns_settled_once_are_known_for_the_next_sheet_of_the_form(self, community, coordinator):
        head = ("من؟", "على أي رقم", "ش", "م")
        row = ("سمر", "0791234567", "طعام", "3")
        sheet = begin(community, coordinator, as_csv((head, row)))
        assert not sheet.mapping_confirmed
        services.choose_columns(
            import_id=sheet.public_id,
            actor=coordinator,
            mapping={0: "name", 1: "phone", 2: "need", 3: "size"},
            at=NOON,
        )

        following = begin(community, coordinator, as_csv((head, ("هدى", "0781234567", "دواء", "٢"))))

        assert following.mapping_confirmed
        incoming = card_of(following, coordinator).incoming[0]
        assert (incoming.name, incoming.phone, incoming.size) == ("هدى", "0781234567", 2)
        assert KnownColumns.objects.get().community == community

    def test_the_order_of_a_column_that_contradicts_itself_is_asked_for(self, community, coordinator):
        head = ("name", "phone", "need", "date needed")
        rows = [
            ("a", "0791234561", "food", "25/03/2026"),
            ("b", "0791234562", "food", "03/26/2026"),
            ("c", "0791234563", "food", "05/04/2026"),
        ]
        sheet = begin(community, coordinator, as_csv((head, *rows)))
        card = card_of(sheet, coordinator)
        assert [(one.why, one.rows) for one in card.assumed] == [("contradiction", 1)]
        assert card.incoming[2].day.isoformat() == "2026-04-05"

        services.choose_order(
            import_id=sheet.public_id, actor=coordinator, order=importing.DayOrder.MONTH_FIRST
        )

        card = card_of(sheet, coordinator)
        assert card.assumed == ()
        assert [one.day.isoformat() for one in card.incoming] == ["2026-03-25", "2026-03-26", "2026-05-04"]

    def test_a_closed_sheet_keeps_no_cell_and_goes_on_when_it_comes_again(self, community, coordinator):
        sheet = begin(community, coordinator)
        services.take_in(import_id=sheet.public_id, actor=coordinator, at=NOON)
        services.close_import(import_id=sheet.public_id, actor=coordinator, at=NOON)

        sheet.refresh_from_db()
        assert (sheet.table, sheet.mended) == (None, None)
        with pytest.raises(ImportIsOver):
            services.take_in(import_id=sheet.public_id, actor=coordinator, at=NOON)
        again = begin(community, coordinator)
        assert again.pk == sheet.pk
        assert (card_of(again, coordinator).ready, card_of(again, coordinator).rows_with_problems) == (0, 2)

    def test_cells_that_nobody_decided_about_are_dropped_after_thirty_days(self, community, coordinator):
        from datetime import timedelta

        sheet = begin(community, coordinator)
        assert importing.drop_old_imports(at=NOON + timedelta(days=29)) == 0
        assert importing.drop_old_imports(at=NOON + timedelta(days=31)) == 1
        sheet.refresh_from_db()
        assert sheet.table is None

    def test_a_hidden_category_falls_back_to_its_main_one(self, community, coordinator):
        from tadamun.foundation.catalogue.models import Category, HiddenCategory

        make.make_category("nappies")
        HiddenCategory.objects.create(community=community, category=Category.objects.get(code="nappies"))

        sheet = begin(community, coordinator)
        services.take_in(import_id=sheet.public_id, actor=coordinator, at=NOON)

        codes = set(Request.objects.order_by("number").first().lines.values_list("category__code", flat=True))
        assert codes == {"food-parcel", "infants"}


class TestPages:
    def upload(self, desk: Client, community: Community, content: bytes | None = None) -> Any:
        file = SimpleUploadedFile("ردود.csv", content if content is not None else as_csv())
        return desk.post(reverse("needs:imports", args=[community.slug]), {"file": file})

    def url(self, name: str, *more: Any) -> str:
        sheet = SheetImport.objects.get()
        return reverse(f"needs:{name}", args=[sheet.community.slug, sheet.public_id, *more])

    def test_from_the_file_to_requests(self, desk, community):
        answer = self.upload(desk, community)
        assert answer["Location"] == self.url("import_columns")
        page = desk.get(answer["Location"]).content.decode()
        assert all(head in page for head in HEAD)
        columns = {f"column-{place}": field for place, field in SheetImport.objects.get().mapping.items()}
        assert desk.post(self.url("import_columns"), columns)["Location"] == self.url("import")

        page = desk.get(self.url("import")).content.decode()
        assert "There is no phone number." in page
        assert "Same phone as row 2" in page
        bad = desk.post(self.url("import_row", 6), {"size": "6", "date": "40/3/2026", "do": "mend"})
        assert bad.status_code == 422
        assert "40/3/2026" in bad.content.decode()
        assert desk.post(self.url("import_row", 6), {"size": "6", "date": "1/4/2026"}).status_code == 302
        assert desk.post(self.url("import_row", 4), {"do": "out"}).status_code == 302

        assert desk.post(self.url("import_take_in"), {}).status_code == 422
        assert not Request.objects.exists()
        assert desk.post(self.url("import_take_in"), {"agreed": "on"}).status_code == 302
        assert Request.objects.count() == 4
        assert desk.post(self.url("import_close")).status_code == 302
        assert "Closed" in desk.get(reverse("needs:imports", args=[community.slug])).content.decode()

    def test_the_rest_comes_as_a_sheet_with_reasons_and_can_be_handed_in_again(self, desk, community):
        self.upload(desk, community)
        answer = desk.get(self.url("import_rest"))

        sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
        rows = [list(row) for row in sheet.iter_rows(values_only=True)]
        assert rows[0] == [*HEAD, "Row", "What is wrong"]
        assert [(row[1], row[8]) for row in rows[1:]] == [("منيرة صالح", 4), ("هاني درويش", 6)]
        assert "There is no phone number." in rows[1][9]
        assert answer["Cache-Control"] == "no-store"

        sheet["C2"] = "0795554433"
        out = io.BytesIO()
        sheet.parent.save(out)
        self.upload(desk, community, out.getvalue())
        card = queries.import_card(
            import_id=SheetImport.objects.latest("pk").public_id,
            viewer=Person.objects.get(name="هند العلي"),
            community=community,
            at=NOON,
        )
        assert [(one.name, one.phone) for one in card.incoming] == [("منيرة صالح", "0795554433")]

    @pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"%PDF-1.7\x00\x01"])
    def test_says_what_is_wrong_with_a_file_that_is_no_sheet(self, desk, community, content):
        page = self.upload(desk, community, content)

        assert page.status_code == 422
        assert 'role="alert"' in page.content.decode()

    @pytest.mark.parametrize("content", [b"", b" \n\n", "\ufeff".encode()])
    def test_an_empty_file_is_called_empty(self, desk, community, content):
        assert "This file is empty." in self.upload(desk, community, content).content.decode()

    def test_the_page_says_of_a_repeated_row_and_of_a_guessed_day_what_becomes_of_them(self, desk, community):
        guessed = (*ROWS[0][:5], "12/13/2026", *ROWS[0][6:])
        self.upload(desk, community, as_csv((HEAD, ROWS[0], ROWS[0], guessed)))
        page = desk.get(self.url("import")).content.decode()

        assert "Word for word the same as row 2: left out unless you take it up" in page
        assert "12/13/2026" in page
        assert "13 December 2026" in page

    def test_one_field_in_two_columns_is_refused(self, desk, community):
        self.upload(desk, community)

        page = desk.post(self.url("import_columns"), {"column-0": "name", "column-1": "name"})

        assert page.status_code == 422
        assert "Another column is this already." in page.content.decode()

"""A sheet of requests: looked through, mended, taken in once, dropped."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Consent, Person
from tadamun.foundation.trail.services import verify_chains
from tadamun.kernel.sheets import SheetNotUnderstood, xlsx_bytes
from tadamun.pillars.aid.needs import queries, services
from tadamun.pillars.aid.needs.errors import CoordinatorsOnly, ImportIsOver, NoSuchImport, RowNotThere
from tadamun.pillars.aid.needs.models import ImportedRow, KnownColumns, Request, SheetImport
from tadamun.pillars.aid.needs.services import importing
from tadamun.pillars.aid.needs.vocabulary import Origin, When
from tests.aid import make
from tests.aid.make import NOON
from tests.aid.sheets.conftest import HEAD, ROWS, as_csv

pytestmark = pytest.mark.django_db


def begin(community: Community, by: Person, content: bytes | None = None) -> SheetImport:
    return services.start_import(
        community=community, actor=by, content=content or as_csv(), title="ردود", at=NOON
    )


def card_of(sheet: SheetImport, viewer: Person) -> Any:
    return queries.import_card(import_id=sheet.public_id, viewer=viewer, community=sheet.community, at=NOON)


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

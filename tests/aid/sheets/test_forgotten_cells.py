"""What a sheet that waits holds of a household goes when the household is forgotten, and comes back in no file."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tadamun.kernel.sheets import unkept
from tadamun.pillars.aid.needs import queries, services
from tadamun.pillars.aid.needs.models import Request, SheetImport
from tadamun.pillars.aid.needs.services import importing
from tadamun.web import my_data
from tests.aid import make
from tests.aid.make import NOON
from tests.aid.sheets.conftest import HEAD, ROWS, as_csv

pytestmark = pytest.mark.django_db
SUAD, HANI = ROWS[0], ROWS[4]


def begin(community, by, rows=ROWS):
    return services.start_import(
        community=community, actor=by, content=as_csv((HEAD, *rows)), title="ردود", at=NOON
    )


def take_in(sheet, by):
    return services.take_in(import_id=sheet.public_id, actor=by, at=NOON)


def stored(sheet):
    """Every word that the sheet still holds, open to whoever has the key."""
    sheet = SheetImport.objects.get(pk=sheet.pk)
    cells = [cell for row in unkept(sheet.table or "").rows for cell in row.cells]
    return f"{cells} {sheet.mended}"


def forget_whoever_asked(community, phone):
    """The household of this phone opens an account, and is forgotten."""
    person = make.make_member(community)
    rows = [one for one in Request.objects.all() if one.phone == phone]
    assert rows
    Request.objects.filter(pk__in=[one.pk for one in rows]).update(asker=person)
    my_data.forget(person=person, at=NOON + timedelta(hours=1))


class TestForgetting:
    def test_the_row_and_what_was_mended_in_it_go_and_the_others_stay(self, community, coordinator):
        sheet = begin(community, coordinator)
        mends = {"size": "6", "date": "31/03/2026"}
        services.mend_row(import_id=sheet.public_id, actor=coordinator, row=6, mends=mends, at=NOON)
        take_in(sheet, coordinator)

        forget_whoever_asked(community, "+962773334455")

        left = stored(sheet)
        assert not [word for word in ("هاني", "0773334455", "31/03/2026") if word in left]
        assert "سعاد" in left
        assert "منيرة" in left

    def test_another_row_of_the_same_phone_and_name_goes_too(self, community, coordinator):
        sheet = begin(
            community, coordinator, (*ROWS, ("", "جارة سعاد", "0791112233", "2", "خبز", "", "", ""))
        )
        services.leave_out(import_id=sheet.public_id, actor=coordinator, row=5, out=True)
        services.leave_out(import_id=sheet.public_id, actor=coordinator, row=8, out=True)
        take_in(sheet, coordinator)

        forget_whoever_asked(community, "+962791112233")

        left = stored(sheet)
        assert "سعاد العمري" not in left
        assert "سعاد العمرى" not in left
        assert "جارة سعاد" in left, "another household on the same phone"

    def test_it_goes_from_a_second_file_that_holds_the_same_row(self, community, coordinator):
        first = begin(community, coordinator)
        take_in(first, coordinator)
        second = begin(community, coordinator, tuple(reversed(ROWS)))

        forget_whoever_asked(community, "+962782223344")

        assert "عبد الله" not in stored(first) + stored(second)

    def test_it_does_not_come_back_with_the_same_file(self, community, coordinator):
        sheet = begin(community, coordinator)
        take_in(sheet, coordinator)
        forget_whoever_asked(community, "+962782223344")
        services.close_import(import_id=sheet.public_id, actor=coordinator, at=NOON)

        again = begin(community, coordinator)

        assert again.pk == sheet.pk
        assert "عبد الله" not in stored(again)
        assert take_in(again, coordinator).imported == 0

    def test_what_the_row_below_repeats_by_a_mark_stays_what_it_was(self, community, coordinator):
        marked = ("2026/03/01 13:00:00", "رنا سليم", "0799998877", "2", '"', "", "〃", "")
        sheet = begin(community, coordinator, (ROWS[1], SUAD, marked, HANI))
        services.leave_out(import_id=sheet.public_id, actor=coordinator, row=4, out=True)
        take_in(sheet, coordinator)

        forget_whoever_asked(community, "+962791112233")

        services.leave_out(import_id=sheet.public_id, actor=coordinator, row=4, out=False)
        take_in(sheet, coordinator)
        taken = Request.objects.latest("number")
        assert taken.asker_name == "رنا سليم"
        assert [line.category.code for line in taken.lines.order_by("pk")] == ["food-parcel", "nappies"]
        assert taken.place.area.name == "الزيتون"

    def test_a_sheet_of_one_household_alone_is_still_to_be_looked_at(self, community, coordinator):
        sheet = begin(community, coordinator, (SUAD,))
        take_in(sheet, coordinator)

        forget_whoever_asked(community, "+962791112233")

        card = queries.import_card(
            import_id=sheet.public_id, viewer=coordinator, community=community, at=NOON
        )
        assert (card.rows, card.ready, card.problems) == (0, 0, ())
        assert "سعاد" not in stored(sheet)

    def test_a_sheet_of_another_community_is_left_alone(self, community, coordinator):
        other = make.make_community()
        there = begin(other, make.make_coordinator(other))
        take_in(begin(community, coordinator), coordinator)

        forget_whoever_asked(community, "+962791112233")

        assert "سعاد" in stored(there)


class TestWhileTakingIn:
    def test_rows_that_went_meanwhile_are_not_taken_in(self, community, coordinator, monkeypatch):
        sheet = begin(community, coordinator)
        post, seen = importing.post_request, []

        def then_left_out(**given):
            asked = post(**given)
            if not seen:
                services.leave_out(import_id=sheet.public_id, actor=coordinator, row=5, out=True)
            seen.append(asked)
            return asked

        monkeypatch.setattr(importing, "post_request", then_left_out)

        assert take_in(sheet, coordinator).imported == 2
        assert len(seen) == 2

    def test_a_sheet_that_is_closed_meanwhile_gives_no_more_rows(self, community, coordinator, monkeypatch):
        sheet = begin(community, coordinator)
        post = importing.post_request

        def then_closed(**given):
            asked = post(**given)
            services.close_import(import_id=sheet.public_id, actor=coordinator, at=NOON)
            return asked

        monkeypatch.setattr(importing, "post_request", then_closed)

        assert take_in(sheet, coordinator).imported == 1
        assert Request.objects.count() == 1

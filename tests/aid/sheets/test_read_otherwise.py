"""The same rows, read otherwise: by other columns, in a longer form, or settled anew while they are taken in."""

from __future__ import annotations

import pytest

from tadamun.pillars.aid.needs import services
from tadamun.pillars.aid.needs.models import KnownColumns, Request, SheetImport
from tadamun.pillars.aid.needs.services import importing
from tadamun.web import my_data
from tests.aid import make
from tests.aid.make import NOON
from tests.aid.sheets.beginning import begin, card_of
from tests.aid.sheets.conftest import as_csv

pytestmark = pytest.mark.django_db

HEAD = ("الاسم", "الهاتف", "الاحتياج", "س")
FIRST = tuple((f"سعاد {n}", f"07912345{n}", "سلة غذائية", f"كلام {n}") for n in range(10, 13))
LATER = ("هدى", "0791234599", "سلة غذائية", "كلام")
FEW = {0: "name", 1: "phone", 2: "need"}
MORE = {**FEW, 3: "address"}


@pytest.fixture
def community():
    community = make.make_community()
    make.make_area(community)
    make.make_category()
    return community


@pytest.fixture
def coordinator(community):
    return make.make_coordinator(community)


def read_as(sheet, mapping, by):
    services.choose_columns(import_id=sheet.public_id, actor=by, mapping=mapping, at=NOON)
    return SheetImport.objects.get(pk=sheet.pk)


def taken_in(sheet, by):
    return services.take_in(import_id=sheet.public_id, actor=by, at=NOON).imported


@pytest.fixture
def week_one(community, coordinator):
    sheet = read_as(begin(community, coordinator, as_csv((HEAD, *FIRST))), FEW, coordinator)
    assert taken_in(sheet, coordinator) == 3
    return sheet


class TestALongerFile:
    def test_read_with_one_more_column_brings_its_old_rows_in_no_second_time(
        self, week_one, community, coordinator
    ):
        longer = begin(community, coordinator, as_csv((HEAD, *FIRST, LATER)))
        longer = read_as(longer, MORE, coordinator)

        assert (card_of(longer, coordinator).ready, card_of(longer, coordinator).imported) == (1, 3)
        assert (taken_in(longer, coordinator), Request.objects.count()) == (1, 4)

    def test_with_a_column_added_behind_knows_the_rows_it_says_nothing_new_of(
        self, week_one, community, coordinator
    ):
        head = (*HEAD, "العنوان")
        rows = (*((*row, "") for row in FIRST), (*LATER, "قرب المسجد"))
        longer = begin(community, coordinator, as_csv((head, *rows)))
        longer = read_as(longer, {**MORE, 4: "address"}, coordinator)

        assert (card_of(longer, coordinator).ready, card_of(longer, coordinator).imported) == (1, 3)

    def test_in_which_the_added_column_says_something_new_asks_anew(self, week_one, community, coordinator):
        head = (*HEAD, "بحاجة إليه متى؟")
        rows = ((*FIRST[0], "20/03/2026"), (*FIRST[1], ""))
        longer = read_as(
            begin(community, coordinator, as_csv((head, *rows))), {**MORE, 4: "date"}, coordinator
        )

        assert (card_of(longer, coordinator).ready, card_of(longer, coordinator).imported) == (1, 1)

    def test_of_somebody_forgotten_does_not_bring_the_row_back(self, week_one, community, coordinator):
        asked = Request.objects.filter(pk=Request.objects.order_by("pk").first().pk)
        asked.update(asker=make.make_member(community))
        my_data.forget(person=asked.get().asker, at=NOON)
        KnownColumns.objects.update(mapping={str(place): field for place, field in MORE.items()})

        longer = begin(community, coordinator, as_csv((HEAD, *FIRST, LATER)))

        assert card_of(longer, coordinator).rows == 3


class TestMeanwhile:
    @pytest.fixture
    def sheet(self, community, coordinator):
        return read_as(begin(community, coordinator, as_csv((HEAD, *FIRST))), FEW, coordinator)

    @pytest.mark.parametrize("change", ["columns", "order", "mend"])
    def test_what_was_read_before_a_decision_is_not_taken_in(self, sheet, coordinator, monkeypatch, change):
        ident = sheet.public_id
        decide = {
            "columns": lambda: services.choose_columns(
                import_id=ident, actor=coordinator, mapping=MORE, at=NOON
            ),
            "order": lambda: services.choose_order(import_id=ident, actor=coordinator, order="mdy"),
            "mend": lambda: services.mend_row(
                import_id=ident, actor=coordinator, row=2, mends={"name": "سعاد"}, at=NOON
            ),
        }[change]
        areas = importing.open_areas

        def decided_between(**given):
            monkeypatch.setattr(importing, "open_areas", areas)
            decide()
            return areas(**given)

        monkeypatch.setattr(importing, "open_areas", decided_between)

        first = services.take_in(import_id=ident, actor=coordinator, at=NOON)
        second = services.take_in(import_id=ident, actor=coordinator, at=NOON)

        assert (first.imported, first.left) == (0, 3)
        assert (second.imported, second.left, Request.objects.count()) == (3, 0, 3)

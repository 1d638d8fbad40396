"""Two coordinators at one sheet at the same moment: each row is taken in by exactly one of them."""

from __future__ import annotations

import pytest

from tadamun.foundation.trail.services import verify_chains
from tadamun.pillars.aid.needs import services
from tadamun.pillars.aid.needs.models import ImportedRow, Request, SheetImport
from tests.aid import make
from tests.aid.make import NOON
from tests.aid.sheets.conftest import HEAD, ROWS, as_csv
from tests.foundation.together import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def community():
    community = make.make_community()
    make.make_area(community)
    make.make_category()
    return community


@pytest.fixture
def pair(community):
    return [make.make_coordinator(community) for _ in range(2)]


def begin(community, by, rows=ROWS):
    return services.start_import(
        community=community, actor=by, content=as_csv((HEAD, *rows)), title="ردود", at=NOON
    )


def take_in(sheet, by):
    return lambda: services.take_in(import_id=sheet.public_id, actor=by, at=NOON)


def each_once(outcomes):
    assert [one for one in outcomes if isinstance(one, Exception)] == []
    assert sum(one.imported for one in outcomes) == 3
    assert (Request.objects.count(), ImportedRow.objects.count()) == (3, 3)
    assert all(row.request is not None for row in ImportedRow.objects.all())
    assert all(chain.whole for chain in verify_chains())


def test_one_file_handed_in_twice_is_one_sheet(community, pair):
    outcomes = together([lambda by=by: begin(community, by) for by in pair])

    assert len({one.pk for one in outcomes}) == 1
    assert SheetImport.objects.count() == 1


def test_a_sheet_that_two_take_in_is_taken_in_once(community, pair):
    sheet = begin(community, pair[0])

    each_once(together([take_in(sheet, by) for by in pair]))


def test_two_files_with_the_same_rows_are_taken_in_once(community, pair):
    sheets = begin(community, pair[0]), begin(community, pair[1], tuple(reversed(ROWS)))

    each_once(together([take_in(sheet, by) for sheet, by in zip(sheets, pair, strict=True)]))


def test_columns_that_two_confirm_are_known_once(community, pair):
    sheet = begin(community, pair[0])
    mapping = {int(place): field for place, field in sheet.mapping.items()}

    outcomes = together(
        [
            lambda by=by: services.choose_columns(
                import_id=sheet.public_id, actor=by, mapping=mapping, at=NOON
            )
            for by in pair
        ]
    )

    assert [type(one) for one in outcomes] == [SheetImport, SheetImport]


def test_a_sheet_closed_while_another_takes_it_in_keeps_no_cells(community, pair):
    sheet = begin(community, pair[0])

    taken, closed = together(
        [
            take_in(sheet, pair[0]),
            lambda: services.close_import(import_id=sheet.public_id, actor=pair[1], at=NOON),
        ]
    )

    assert closed is None
    assert getattr(taken, "imported", 0) == Request.objects.count()
    assert SheetImport.objects.get().table is None

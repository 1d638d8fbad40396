"""Whoever changes the record, even behind the trigger's back, is found out."""

import pytest
from django.db import connection

from tadamun.foundation.trail.models import TrailEntry
from tadamun.foundation.trail.services import digest_of, record, verify_chains
from tests.foundation.make import NOON


@pytest.fixture
def chain(db):
    for number in range(5):
        record(
            scope="bbb", verb="thing_done", thing="thing", thing_id=f"t{number}", at=NOON, data={"n": number}
        )


def tamper(*statements):
    """Take the trigger away, as somebody with the database's password could, and change what it guards."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in ("trail_no_update", "trail_no_delete"):
                cursor.execute(f"DROP TRIGGER {name}")
        else:
            cursor.execute("DROP TRIGGER trail_no_change ON trail_trailentry")
        for statement in statements:
            cursor.execute(statement)


def verdict():
    (report,) = verify_chains(scope="bbb")
    return report.broken_at, report.reason


def test_finds_an_untouched_chain_whole(chain):
    assert verdict() == (None, "")


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE trail_trailentry SET verb = 'undone' WHERE number = 3", (3, "entry_changed")),
        ("UPDATE trail_trailentry SET data = '{\"n\": 9}' WHERE number = 2", (2, "entry_changed")),
        ("UPDATE trail_trailentry SET actor = 'bcd' WHERE number = 1", (1, "entry_changed")),
        ("DELETE FROM trail_trailentry WHERE number = 3", (4, "entry_missing")),
        ("DELETE FROM trail_trailentry WHERE number = 1", (2, "entry_missing")),
        ("DELETE FROM trail_trailentry WHERE number = 5", (4, "head_does_not_match")),
        ("DELETE FROM trail_trailentry", (0, "head_does_not_match")),
        ("DELETE FROM trail_trailhead", (5, "head_does_not_match")),
        ("UPDATE trail_trailhead SET length = 4", (4, "head_does_not_match")),
        ("UPDATE trail_trailentry SET previous = digest WHERE number = 4", (4, "link_broken")),
    ],
)
def test_finds_where_a_chain_was_tampered_with(chain, statement, found):
    tamper(statement)

    assert verdict() == found


def test_finds_an_entry_whose_digest_was_forged_too(chain):
    tamper("UPDATE trail_trailentry SET verb = 'undone' WHERE number = 3")
    entry = TrailEntry.objects.get(number=3)
    TrailEntry.objects.filter(number=3).update(digest=digest_of(entry))

    assert verdict() == (4, "link_broken")


def test_says_of_other_chains_that_they_are_whole(chain):
    record(scope="ccc", verb="thing_done", thing="thing", thing_id="t1", at=NOON)
    tamper("UPDATE trail_trailentry SET verb = 'undone' WHERE number = 3")

    assert {report.scope: report.whole for report in verify_chains()} == {"bbb": False, "ccc": True}

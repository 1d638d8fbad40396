"""Writing on the trail: what fits, in which order, and that nothing is ever taken back."""

import pytest
from django.db import DatabaseError, connection, transaction

from tadamun.foundation.trail.errors import NotForTheTrail
from tadamun.foundation.trail.models import TrailEntry, TrailHead
from tadamun.foundation.trail.queries import history_of
from tadamun.foundation.trail.services import commitment, record, verify_chains
from tests.foundation.make import NOON
from tests.foundation.together import together


def write(scope="instance", **facts):
    return record(
        **{"scope": scope, "verb": "thing_done", "thing": "thing", "thing_id": "b2c3", "at": NOON} | facts
    )


@pytest.mark.django_db
class TestRecord:
    @pytest.mark.parametrize(
        "value",
        [
            "Hind",
            "هند",
            "أحتاج حليبًا",
            "two words",
            "0790000000",
            "+962790000000",
            "+962-79-000-0000",
            "079.000.0000",
            "٠٧٩٠٠٠٠٠٠٠",
            "a" * 81,
            "line\nbreak",
            "nul\x00",
            1.5,
            {"deep": {"er": "Hind"}},
            ["ok", "Sami Haddad"],
            [{"in": "a list"}],
        ],
    )
    def test_refuses_what_could_carry_a_name_a_text_or_a_phone(self, value):
        with pytest.raises(NotForTheTrail):
            write(data={"value": value})

        assert not TrailEntry.objects.exists()

    @pytest.mark.parametrize("place", ["verb", "thing", "thing_id", "actor", "scope"])
    def test_looks_at_every_column(self, place):
        with pytest.raises(NotForTheTrail):
            write(**{place: "Hind Haddad"})

    def test_refuses_a_name_as_a_key(self):
        with pytest.raises(NotForTheTrail):
            write(data={"Hind": 1})

    @pytest.mark.parametrize(
        "value",
        [
            "steward",
            "b2c3d4f5g6h7",
            "JO",
            "JOD",
            "2026-03-10T12:00:00+00:00",
            "2026-03-10",
            250_000,
            True,
            None,
            ["a", "b"],
        ],
    )
    def test_takes_codes_ids_amounts_and_moments(self, value):
        assert write(data={"value": value}).data == {"value": value}

    def test_takes_a_commitment_that_says_nothing_without_its_salt(self):
        salt, digest = commitment("أحتاج حليبًا")

        write(data={"text": digest})

        assert commitment("أحتاج حليبًا")[1] != digest
        assert len(salt) == 32

    def test_gives_each_community_a_chain_of_its_own(self):
        for scope in ("bbb", "ccc", "bbb"):
            write(scope=scope)

        numbers = TrailEntry.objects.order_by("scope", "number").values_list("scope", "number")
        assert list(numbers) == [("bbb", 1), ("bbb", 2), ("ccc", 1)]

    def test_tells_the_history_of_one_thing(self):
        write(verb="made")
        write(verb="made", thing_id="other")
        write(verb="ended")

        assert [entry.verb for entry in history_of(thing="thing", thing_id="b2c3")] == ["made", "ended"]

    def test_leaves_nothing_when_its_transaction_is_undone(self):
        write()
        with transaction.atomic():
            write()
            transaction.set_rollback(True)

        assert TrailHead.objects.get().length == 1
        assert all(report.whole for report in verify_chains())


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE trail_trailentry SET verb = 'undone'",
        "UPDATE trail_trailentry SET data = '{}'",
        "DELETE FROM trail_trailentry",
    ],
)
def test_the_database_refuses_to_change_or_remove_an_entry(statement):
    write()

    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert TrailEntry.objects.get().verb == "thing_done"


@pytest.mark.django_db(transaction=True)
def test_numbers_entries_without_gap_when_many_write_at_once():
    def write_some() -> None:
        for _ in range(6):
            write(scope="bbb")

    outcomes = together([write_some] * 5)

    assert outcomes == [None] * 5
    assert list(TrailEntry.objects.order_by("number").values_list("number", flat=True)) == list(range(1, 31))
    assert [report.whole for report in verify_chains()] == [True]

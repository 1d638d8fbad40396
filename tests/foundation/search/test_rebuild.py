"""Building the index anew: piece by piece, while people search and write."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tadamun.foundation.search import queries, services
from tadamun.foundation.search.cards import Document, Source
from tadamun.foundation.search.models import Built, Entry
from tadamun.foundation.search.vocabulary import Kind
from tests.foundation.search.test_index import HERE, NOON, THERE, a_document, found, ids
from tests.foundation.together import together


@pytest.fixture(autouse=True)
def _in_one_breath(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "_BREATH", 0)


def source_of(*documents: Document) -> Source:
    known = {document.about: document for document in documents}
    return Source(known.keys, lambda abouts: [known[about] for about in abouts if about in known])


def rebuild(source: Source) -> int:
    return services.rebuild(kind=Kind.REQUEST, scope=HERE, source=source)


@pytest.mark.django_db
class TestRebuild:
    def test_holds_exactly_what_it_was_given(self) -> None:
        services.index(document=a_document("gone"))
        services.index(document=a_document("changed", text="كرسيّ"))
        services.index(document=a_document("elsewhere", scope=THERE))
        documents = [a_document(f"r{number}", dated_at=NOON) for number in range(120)]
        documents += [a_document("changed"), a_document("older", dated_at=NOON - timedelta(days=1))]

        assert rebuild(source_of(*documents)) == 122
        services.tidy_up()

        assert queries.entry_count(scope=HERE) == 122
        result = found("بطانية", limit=122)
        assert ids(result)[-1] == "older"
        assert {*ids(result)} == {document.about for document in documents}
        assert ids(found("كرسي")) == []
        assert ids(found("بطانية", scope=THERE)) == ["elsewhere"]

    def test_moves_what_has_another_date_by_now(self) -> None:
        services.index(document=a_document("r1", dated_at=NOON))
        services.index(document=a_document("r2", dated_at=NOON + timedelta(days=1)))

        rebuild(
            source_of(
                a_document("r1", dated_at=NOON + timedelta(days=2)),
                a_document("r2", dated_at=NOON + timedelta(days=1)),
            )
        )

        assert ids(found("بطانية")) == ["r1", "r2"]

    def test_writes_nothing_where_nothing_has_changed(self) -> None:
        documents = [
            a_document(f"r{number}", dated_at=NOON + number * timedelta(days=1)) for number in range(3)
        ]
        rebuild(source_of(*documents))

        with CaptureQueriesContext(connection) as asked:
            assert rebuild(source_of(*documents)) == 3

        assert all(one["sql"].startswith("SELECT") for one in asked.captured_queries)

    def test_drops_what_belongs_to_communities_that_are_gone(self) -> None:
        services.index(document=a_document("here"))
        services.index(document=a_document("elsewhere", scope=THERE))
        services.note_built(scope=THERE, at=NOON)

        assert services.drop_other_scopes(kept=[HERE]) == 1
        assert queries.entry_count() == 1
        assert not Built.objects.exists()


@pytest.mark.django_db(transaction=True)
class TestWhileOthersWork:
    @staticmethod
    def watched(documents: Sequence[Document], watch: Callable[[], None]) -> Source:
        """A source that lets somebody look, or write, before each piece is read again in order to be written."""
        known = {document.about: document for document in documents}

        def read(abouts: Sequence[str]) -> list[Document]:
            if not connection.in_atomic_block:
                watch()
            return [known[about] for about in abouts if about in known]

        return Source(known.keys, read)

    def test_what_stays_is_found_at_every_moment_by_others(self, monkeypatch: pytest.MonkeyPatch) -> None:
        documents = [a_document(f"r{number}", dated_at=NOON + timedelta(days=number)) for number in range(30)]
        for document in documents:
            services.index(document=document)
        Entry.objects.filter(about__in=["r3", "r7"]).update(tokens="xold")
        monkeypatch.setattr(services, "_LOOKED_AT_ONCE", 5)
        seen: list[int] = []

        def look() -> None:
            (number,) = together([lambda: len(found("بطانية", limit=50).hits)])
            seen.append(number)

        rebuild(self.watched(documents, look))

        assert seen[0] == 28
        assert seen == sorted(seen)
        assert len(found("بطانية", limit=50).hits) == 30

    def test_others_write_between_two_pieces(self, monkeypatch: pytest.MonkeyPatch) -> None:
        documents = [a_document(f"r{number}", dated_at=NOON + timedelta(days=number)) for number in range(30)]
        monkeypatch.setattr(services, "_LOOKED_AT_ONCE", 10)
        written: list[object] = []

        def write() -> None:
            new = a_document(f"new{len(written)}", dated_at=NOON - timedelta(days=1 + len(written)))
            written.extend(together([lambda: services.index(document=new)]))

        assert rebuild(self.watched(documents, write)) == 30 + 3
        assert written == [None] * 3

    def test_no_transaction_holds_more_than_a_few(self, monkeypatch: pytest.MonkeyPatch) -> None:
        documents = [
            a_document(f"r{number}", dated_at=NOON + timedelta(days=number)) for number in range(130)
        ]
        known = {document.about: document for document in documents}
        pieces: list[int] = []

        def read(abouts: Sequence[str]) -> list[Document]:
            if connection.in_atomic_block:
                pieces.append(len(abouts))
            return [known[about] for about in abouts]

        rebuild(Source(known.keys, read))

        assert pieces == [50, 50, 30]

    def test_what_an_app_indexes_meanwhile_is_left_as_it_is(self) -> None:
        services.index(document=a_document(text="كرسيّ"))
        newer, known = a_document(text="خيمة"), {"r1": a_document()}

        def read(abouts: Sequence[str]) -> list[Document]:
            old = [known[about] for about in abouts]
            if not connection.in_atomic_block:
                known["r1"] = newer
                together([lambda: services.index(document=newer)])
            return old

        rebuild(Source(known.keys, read))

        assert ids(found("خيمة")) == ["r1"]
        assert ids(found("بطانية")) == []

    @pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer at a time")
    def test_nobody_is_waited_for_who_is_just_indexing(self) -> None:
        services.index(document=a_document())
        Entry.objects.update(tokens="xold")

        with transaction.atomic():
            list(Entry.objects.select_for_update())
            (count,) = together([lambda: rebuild(source_of(a_document()))])

        assert count == 1
        assert Entry.objects.get().tokens == "xold"

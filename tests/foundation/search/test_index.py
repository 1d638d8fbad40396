"""What is put into the index is found, by those who may, and nobody reads it there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from tadamun.foundation.people.queries import phone_hash
from tadamun.foundation.search import queries, services
from tadamun.foundation.search.cards import Document, Found
from tadamun.foundation.search.models import Entry
from tadamun.foundation.search.vocabulary import Audience, Kind, only

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
HERE, THERE = 1, 2
pytestmark = pytest.mark.django_db


def a_document(about: str = "r1", *, text: str = "بطّانيات شتوية", **given: Any) -> Document:
    facts = {
        "scope": HERE,
        "kind": Kind.REQUEST,
        "audiences": (Audience.COORDINATORS.value,),
        "dated_at": NOON,
        **given,
    }
    return Document(about=about, text=text, **facts)


def found(
    text: str, *, audiences: tuple[str, ...] = (Audience.COORDINATORS,), scope: int = HERE, **given: Any
) -> Found:
    return queries.find(
        scope=scope, kind=Kind.REQUEST, audiences=audiences, ways=[queries.by_text(text)], **given
    )


def ids(result: Found) -> list[str]:
    return [hit.about for hit in result.hits]


def test_finds_every_form_of_a_word_and_says_what_answered() -> None:
    services.index(document=a_document())

    (hit,) = found("البطانيه").hits

    assert (hit.about, hit.kind, hit.dated_at) == ("r1", Kind.REQUEST, NOON)
    assert [answer.word for answer in hit.answers] == ["البطانيه"]
    assert hit.answers[0].token in Entry.objects.get().tokens.split()


def test_requires_every_word() -> None:
    services.index(document=a_document(text="كرسيّ متحرّك"))
    services.index(document=a_document("r2", text="كراسي خشبية"))

    assert ids(found("الكراسي المتحركة")) == ["r1"]


def test_finds_only_in_the_community_and_for_the_audience_it_was_put_there_for() -> None:
    services.index(document=a_document(audiences=(Audience.COORDINATORS, only(7))))

    assert ids(found("بطانية")) == ["r1"]
    assert ids(found("بطانية", audiences=(only(7),))) == ["r1"]
    assert ids(found("بطانية", audiences=(only(8),))) == []
    assert ids(found("بطانية", audiences=())) == []
    assert ids(found("بطانية", scope=THERE)) == []
    assert (
        queries.find(
            scope=HERE, kind=Kind.OFFER, audiences=["coordinators"], ways=[queries.by_text("بطانية")]
        )
        == Found()
    )


def test_the_newest_come_first_also_those_of_one_moment() -> None:
    for day, about in enumerate(["r1", "r2", "r3"]):
        services.index(document=a_document(about, dated_at=NOON + timedelta(days=-day)))
    services.index(document=a_document("r4"))

    assert ids(found("بطانية")) == ["r4", "r1", "r2", "r3"]
    some = found("بطانية", limit=2)
    assert (ids(some), some.more) == (["r4", "r1"], True)
    assert not found("بطانية", limit=4).more


def test_what_is_indexed_again_is_found_as_it_is_now() -> None:
    services.index(document=a_document())
    services.index(document=a_document(text="كرسيّ متحرّك"))

    assert ids(found("بطانية")) == []
    assert ids(found("كرسي")) == ["r1"]
    assert Entry.objects.count() == 1


def test_what_is_forgotten_is_gone_from_the_databases_own_index_too() -> None:
    services.index(document=a_document())
    services.index(document=a_document("r2"))
    services.forget(kind=Kind.REQUEST, about="r1")

    assert ids(found("بطانية")) == ["r2"]
    Entry.objects.all().delete()
    services.index(document=a_document("r3", text="شيء آخر"))
    assert ids(found("بطانية")) == []


def test_an_empty_query_finds_nothing() -> None:
    services.index(document=a_document())

    assert ids(found("")) == []
    assert ids(found("من إلى")) == []


def test_quotes_and_operators_are_no_more_than_words() -> None:
    services.index(document=a_document(text="one or two"))

    for text in ['"', "' | 'x", 'one" OR "x', "NEAR(one two)", "*", "one & ! two", "tokens:one", "\\"]:
        assert len(ids(found(text))) <= 1
    assert ids(found("one two")) == ["r1"]


def a_member(about: str, name: str, **given: Any) -> Document:
    return a_document(about, text="", kind=Kind.MEMBER, names=(name,), audiences=("leaders",), **given)


def members(text: str, *, scope: int = HERE) -> list[str]:
    ways = [queries.by_name(text)]
    return ids(queries.find(scope=scope, kind=Kind.MEMBER, audiences=["leaders"], ways=ways))


def test_finds_a_name_however_it_is_spelt() -> None:
    services.index(document=a_member("m1", "أحمد خالد"))
    services.index(document=a_member("m2", "مريم سعد"))

    assert members("احمد") == ["m1"]
    assert members("خالد احمد") == ["m1"]
    assert members("مريام") == ["m2"]
    assert members("أحمد سعد") == []


def test_names_and_phones_are_not_in_the_index_in_the_clear() -> None:
    document = a_member("m1", "أحمد", phone_hash=phone_hash(phone="+962790000001"))
    services.index(document=document)
    tokens = Entry.objects.get().tokens

    assert "احمد" not in tokens
    assert "حمد" not in tokens
    assert "790000001" not in tokens


def test_a_phone_is_found_by_the_whole_number_only() -> None:
    services.index(document=a_document(phone_hash=phone_hash(phone="+962790000001")))

    def by_phone(phone: str) -> list[str]:
        way = queries.by_phone(written=phone, phone_hash=phone_hash(phone=phone))
        return ids(queries.find(scope=HERE, kind=Kind.REQUEST, audiences=[Audience.COORDINATORS], ways=[way]))

    assert by_phone("+962790000001") == ["r1"]
    assert by_phone("+96279000000") == []


def test_one_of_several_ways_is_enough() -> None:
    services.index(document=a_document())
    services.index(document=a_document("r2", text="", names=("أحمد",)))
    ways = [queries.by_text("بطانية"), queries.by_name("بطانية")]

    result = queries.find(scope=HERE, kind=Kind.REQUEST, audiences=[Audience.COORDINATORS], ways=ways)

    assert ids(result) == ["r1"]


def test_another_name_replaces_the_one_before_in_every_community() -> None:
    services.index(document=a_member("m1", "أحمد"))
    services.index(document=a_member("m1", "أحمد", scope=THERE))
    services.rename(kind=Kind.MEMBER, about="m1", names=("سعيد",))

    assert members("أحمد") == []
    assert members("سعيد") == ["m1"]
    assert members("سعيد", scope=THERE) == ["m1"]


def test_finding_asks_the_database_once() -> None:
    services.index(document=a_document())
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as asked:
        found("بطانية")

    assert len(asked) == 1

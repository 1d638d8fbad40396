"""Keeping the index: an app calls it in the transaction that changes what can be found."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import islice

from django.db import IntegrityError, connection, transaction
from django.db.models import Max

from tadamun.foundation.search.cards import Document
from tadamun.foundation.search.errors import NoSuchWords, TooManyWordGroups, WordsNotAGroup
from tadamun.foundation.search.models import Entry, WordGroup
from tadamun.foundation.search.tokens import name_tokens, tokens_of
from tadamun.foundation.search.vocabulary import ENTRIES_MOST, ENTRY_LONGEST, GROUPS_MOST, Kind
from tadamun.kernel.arabic import entries_of
from tadamun.kernel.text import clean_line

_BATCH = 500
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = 1_000_000
_TRIES = 5


@transaction.atomic
def index(*, document: Document) -> None:
    """Make something findable, or findable as it is now."""
    forget(kind=document.kind, about=document.about, scope=document.scope)
    entry = _entry(document, key=_free_key(document.dated_at))
    for again in reversed(range(_TRIES)):
        try:
            with transaction.atomic():
                entry.save(force_insert=True)
        except IntegrityError:
            # Somebody else took the key this very moment; what is in the way otherwise is in the way again.
            if not again:
                raise
            entry.id = _free_key(document.dated_at)
        else:
            return


@transaction.atomic
def forget(*, kind: Kind, about: str, scope: int | None = None) -> None:
    """Let something be found no more: in one community, or in every one."""
    entries = Entry.objects.filter(kind=kind, about=about)
    (entries if scope is None else entries.filter(scope=scope)).delete()


@transaction.atomic
def rename(*, kind: Kind, about: str, names: tuple[str, ...]) -> None:
    """Put other names on what is findable by name already, in every community."""
    new = {token for name in names for token in name_tokens(name)}
    for entry in Entry.objects.filter(kind=kind, about=about).select_for_update():
        kept = {token for token in entry.tokens.split() if token[0] not in "nm"}
        entry.tokens = " ".join(sorted(kept | new))
        entry.save(update_fields=["tokens"])


@transaction.atomic
def rebuild(*, kind: Kind, scope: int, documents: Iterable[Document]) -> int:
    """Put exactly these documents of one kind into a community's index; returns how many."""
    if connection.vendor == "postgresql":
        # What is indexed meanwhile waits, so that it is neither lost nor there twice; SQLite has one writer anyway.
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE search_entry IN SHARE ROW EXCLUSIVE MODE")
    Entry.objects.filter(kind=kind, scope=scope).delete()
    ordered = iter(sorted(documents, key=lambda document: (document.dated_at, document.about)))
    count, key = 0, 0
    while batch := list(islice(ordered, _BATCH)):
        entries = []
        for document in batch:
            key = max(key + 1, _first_key(document.dated_at))
            entries.append(_entry(document, key=key))
        _move_on_taken(entries)
        key = entries[-1].id
        Entry.objects.bulk_create(entries)
        count += len(entries)
    return count


@transaction.atomic
def drop_other_scopes(*, kept: Iterable[int]) -> int:
    """Drop the entries of communities that are gone; returns how many."""
    scopes = list(kept)
    WordGroup.objects.exclude(scope__in=scopes).delete()
    return Entry.objects.exclude(scope__in=scopes).delete()[0]


@transaction.atomic
def add_words(*, scope: int, line: str, at: datetime) -> WordGroup:
    """Keep that some words mean the same in a community: from the next search on, for all that was ever written.

    :param line: words and phrases between commas, Arabic or Latin ones.
    :raises LexiconNotUnderstood: one of them has no letter.
    :raises WordsNotAGroup: fewer than two, or too many, or one is overlong.
    :raises TooManyWordGroups: the community has as many as it may.
    """
    entries = entries_of(clean_line(line))
    if not 1 < len(entries) <= ENTRIES_MOST or max(map(len, entries)) > ENTRY_LONGEST:
        raise WordsNotAGroup(most=ENTRIES_MOST)
    if WordGroup.objects.filter(scope=scope).count() >= GROUPS_MOST:
        raise TooManyWordGroups(most=GROUPS_MOST)
    return WordGroup.objects.create(scope=scope, entries=list(entries), made_at=at)


@transaction.atomic
def remove_words(*, scope: int, group_id: str) -> None:
    """Let some words mean the same no more.

    :raises NoSuchWords: there are none of this id here.
    """
    if not WordGroup.objects.filter(scope=scope, public_id=group_id).delete()[0]:
        raise NoSuchWords


def tidy_up() -> None:
    """After a rebuild: let the database merge its index and renew what it knows of it."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("INSERT INTO search_tokens(search_tokens) VALUES ('optimize')")
        else:
            cursor.execute("ANALYZE search_entry")


def _first_key(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)


def _free_key(moment: datetime) -> int:
    """The key of a moment; where it is taken, the one after the last of that second."""
    key = _first_key(moment)
    if not Entry.objects.filter(id=key).exists():
        return key
    last: int = Entry.objects.filter(id__gte=key, id__lt=key + _SECOND).aggregate(last=Max("id"))["last"]
    return last + 1


def _entry(document: Document, *, key: int) -> Entry:
    return Entry(
        id=key,
        scope=document.scope,
        kind=document.kind,
        about=document.about,
        dated_at=document.dated_at,
        tokens=tokens_of(document),
    )


def _move_on_taken(entries: list[Entry]) -> None:
    """Give the entries, by date, the next free keys from their own on."""
    taken = set(Entry.objects.filter(id__in=[entry.id for entry in entries]).values_list("id", flat=True))
    if not taken:
        return
    key = 0
    for entry in entries:
        key = max(key + 1, entry.id)
        while key in taken or Entry.objects.filter(id=key).exists():
            key += 1
        entry.id = key

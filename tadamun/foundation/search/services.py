"""Keeping the index: an app calls it in the transaction that changes what can be found."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import chain, islice, repeat

from django.db import IntegrityError, connection, transaction
from django.db.models import Max, QuerySet

from tadamun.foundation.search.cards import Document, Source
from tadamun.foundation.search.errors import NoSuchWords, TooManyWordGroups, WordsNotAGroup
from tadamun.foundation.search.models import Built, Entry, WordGroup
from tadamun.foundation.search.tokens import name_tokens, tokens_of
from tadamun.foundation.search.vocabulary import ENTRIES_MOST, ENTRY_LONGEST, GROUPS_MOST, Kind
from tadamun.kernel.arabic import entries_of
from tadamun.kernel.text import clean_line

_LOOKED_AT_ONCE, _WRITTEN_AT_ONCE = 500, 50
_BREATH = 0.02
"""Seconds after each piece of a rebuild in which whoever waits to write gets in."""
_PAGES, _MERGES_MOST, _SOMETHING_MERGED = 200, 10_000, 2
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = 1_000_000
_TRIES = 5


@transaction.atomic
def index(*, document: Document) -> None:
    """Make something findable, or findable as it is now."""
    for again in reversed(range(_TRIES)):
        try:
            with transaction.atomic():
                forget(kind=document.kind, about=document.about, scope=document.scope)
                _entry(document, key=_free_key(document.dated_at)).save(force_insert=True)
        except IntegrityError:
            # Somebody else took the key, or indexed the same thing, this very moment: we look again. What is in the
            # way otherwise is in the way again.
            if not again:
                raise
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


def rebuild(*, kind: Kind, scope: int, source: Source) -> int:
    """Bring one kind in a community's index in line with what its app says can be found; returns how many there are.

    A few entries at a time: searching goes on meanwhile and never misses what stays, and others write in between. What
    is indexed while this runs is left as it is.
    """
    there = Entry.objects.filter(kind=kind, scope=scope)
    known = dict.fromkeys([*source.abouts(), *there.values_list("about", flat=True)])
    waiting = iter(known)
    while looked_at := list(islice(waiting, _LOOKED_AT_ONCE)):
        behind = iter(_behind(there, looked_at, source.documents(looked_at)))
        while some := list(islice(behind, _WRITTEN_AT_ONCE)):
            _renew(there, some, source)
            time.sleep(_BREATH)
    return there.count()


def _behind(there: QuerySet[Entry], abouts: Sequence[str], documents: Iterable[Document]) -> list[str]:
    """What has no entry and should have one, the other way round, or has another one, by its public id."""
    wanted = {document.about: document for document in documents}
    entries = {entry.about: entry for entry in there.filter(about__in=abouts)}
    return [about for about in abouts if not _is_so(entries.get(about), wanted.get(about))]


def _is_so(entry: Entry | None, document: Document | None) -> bool:
    if entry is None or document is None:
        return entry is None and document is None
    return entry.dated_at == document.dated_at and entry.tokens == tokens_of(document)


def _renew(there: QuerySet[Entry], abouts: Sequence[str], source: Source) -> None:
    """Put these right in one short transaction, by what is stored at that moment."""
    for again in reversed(range(_TRIES)):
        try:
            with transaction.atomic():
                # Held first, and only then it is read what they are to be.
                ours = _held(there, abouts)
                documents = {document.about: document for document in source.documents(ours)}
                old = _behind(there, ours, documents.values())
                there.filter(about__in=old).delete()
                _add([documents[about] for about in old if about in documents])
        except IntegrityError:
            # Its app indexed it this very moment: we look again.
            if not again:
                raise
        else:
            return


def _held(there: QuerySet[Entry], abouts: Sequence[str]) -> list[str]:
    """Hold these entries; without those that somebody is just indexing, and with those that are not there."""
    entries = there.filter(about__in=abouts)
    held = set(entries.select_for_update(skip_locked=True).values_list("about", flat=True))
    there_now = set(entries.values_list("about", flat=True))
    return [about for about in abouts if about in held or about not in there_now]


def _add(documents: Sequence[Document]) -> None:
    """New entries, together where each can have the key of its date, else one by one."""
    ordered = sorted(documents, key=lambda document: (document.dated_at, document.about))
    entries = [_entry(document, key=_first_key(document.dated_at)) for document in ordered]
    keys = {entry.id for entry in entries}
    if len(keys) == len(entries) and not Entry.objects.filter(id__in=keys).exists():
        Entry.objects.bulk_create(entries)
        return
    for document in ordered:
        index(document=document)


def note_built(*, scope: int, at: datetime) -> None:
    """Write down that a community's index was built anew."""
    Built.objects.update_or_create(scope=scope, defaults={"built_at": at})


def drop_other_scopes(*, kept: Iterable[int]) -> int:
    """Drop the entries of communities that are gone, some at a time; returns how many."""
    scopes, dropped = list(kept), 0
    Built.objects.exclude(scope__in=scopes).delete()
    WordGroup.objects.exclude(scope__in=scopes).delete()
    gone = Entry.objects.exclude(scope__in=scopes)
    while some := list(gone.values_list("id", flat=True)[:_LOOKED_AT_ONCE]):
        dropped += Entry.objects.filter(id__in=some).delete()[0]
        time.sleep(_BREATH)
    return dropped


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
    """After a rebuild: let the database merge its index, some pages at a time, and renew what it knows of it."""
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            cursor.execute("ANALYZE search_entry")
            return
        # A negative number begins a merge of everything, positive ones go on with it until nothing is left to do.
        for pages in chain([-_PAGES], repeat(_PAGES, _MERGES_MOST)):
            before = connection.connection.total_changes
            cursor.execute("INSERT INTO search_tokens(search_tokens, rank) VALUES ('merge', %s)", [pages])
            if connection.connection.total_changes - before < _SOMETHING_MERGED:
                return
            time.sleep(_BREATH)


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

"""An index of many documents in a temporary database, and how long its queries take."""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tadamun.foundation.search.cards import Document

_SCOPE = 1
_FIRST_DAY = datetime(2026, 1, 1, tzinfo=UTC)
_ROUNDS = 5
_SEED = 0


def measure(*, url: str, texts: Sequence[str], queries: Sequence[str], documents: int) -> dict[str, Any]:
    """Fill a database of its own, ask every query a few times, drop the database; in a process of its own.

    :param url: `sqlite`, or the address of a PostgreSQL database beside which the temporary one is made.
    """
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"TADAMUN_HOME": folder, "TADAMUN_DEMO": "0"}
        os.environ.pop("DATABASE_URL", None)
        if url != "sqlite":
            os.environ["DATABASE_URL"] = url
        from tadamun.cli.instance import load

        load()
        from django.db import connection
        from django.test.utils import setup_databases, teardown_databases

        if url != "sqlite":
            connection.settings_dict["TEST"]["NAME"] = f"tadamun_bench_{os.getpid()}"
        # The standard output belongs to the result; Django speaks there of the tables it makes.
        with redirect_stdout(sys.stderr):
            kept = setup_databases(verbosity=0, interactive=False, serialized_aliases=())
        try:
            return _measured(texts, queries, documents)
        finally:
            teardown_databases(kept, verbosity=0)


def _measured(texts: Sequence[str], queries: Sequence[str], documents: int) -> dict[str, Any]:
    from django.db import connection

    from tadamun.foundation.search import queries as search
    from tadamun.foundation.search import services
    from tadamun.foundation.search.cards import Source
    from tadamun.foundation.search.vocabulary import Audience, Kind

    drawn = {document.about: document for document in _drawn(texts, documents)}
    source = Source(drawn.keys, lambda abouts: [drawn[about] for about in abouts])
    begun = time.perf_counter()
    services.rebuild(kind=Kind.REQUEST, scope=_SCOPE, source=source)
    services.tidy_up()
    indexed = time.perf_counter() - begun
    times: list[float] = []
    found = sha256()
    for turn in range(_ROUNDS + 1):
        for query in queries:
            begun = time.perf_counter()
            result = search.find(
                scope=_SCOPE,
                kind=Kind.REQUEST,
                audiences=(Audience.COORDINATORS,),
                ways=[search.by_text(query)],
            )
            if turn:  # the first turn warms up
                times.append((time.perf_counter() - begun) * 1000)
            else:
                found.update(f"{query}:{[hit.about for hit in result.hits]};".encode())
    times.sort()
    return {
        "database": connection.vendor,
        "documents": documents,
        "seconds_to_index": indexed,
        "queries": len(times),
        "found": found.hexdigest()[:16],
        "milliseconds": {
            "p50": times[len(times) // 2],
            "p95": times[len(times) * 95 // 100],
            "p99": times[len(times) * 99 // 100],
            "most": times[-1],
        },
    }


def _drawn(texts: Sequence[str], documents: int) -> Iterator[Document]:
    """Documents of one text and some words of another, a few minutes apart, the same in every run."""
    from tadamun.foundation.search.cards import Document
    from tadamun.foundation.search.vocabulary import Audience, Kind

    drawn = random.Random(_SEED)  # noqa: S311  # nothing secret: the same documents in every run
    for number in range(documents):
        first, second = drawn.choice(texts), drawn.choice(texts).split()
        some = drawn.sample(second, k=min(len(second), 3))
        yield Document(
            scope=_SCOPE,
            kind=Kind.REQUEST,
            about=f"d{number}",
            audiences=(Audience.COORDINATORS, f"person{number % 500}"),
            dated_at=_FIRST_DAY + timedelta(minutes=7 * number),
            text=f"{1000 + number} {first} {' '.join(some)}",
        )

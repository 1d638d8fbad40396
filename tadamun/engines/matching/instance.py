"""What the engine is given: needs and offers as arrays, one row each.

Rows stand in the order of their ids, because the row number is the last tie-break of every rule.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from tadamun.engines.matching.errors import InvalidInstance

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

OPEN_FROM: Final = -(1 << 62)
"""A window without a beginning, in seconds since 1970-01-01 UTC."""
OPEN_UNTIL: Final = 1 << 62
"""A window without an end."""
MOST_UNITS: Final = 1_000_000_000
MOST_TIERS: Final = 10
MOST_DAYS: Final = 36_525
MOST_KM: Final = 20_100.0
WORD_BITS: Final = 62


@dataclass(frozen=True, kw_only=True, eq=False)
class Needs:
    """What is asked for; every array has one entry a need.

    ``category`` and ``community`` are codes from 0; ``quantity`` in units; ``tier`` 0 is the most severe;
    ``waiting`` in whole days; ``lat`` and ``lon`` in degrees; ``start`` and ``end`` in seconds since 1970 UTC;
    ``requires`` has shape (needs, words) and 62 bits a word, see :func:`pack_words`.
    """

    category: Ints
    quantity: Ints
    tier: Ints
    waiting: Ints
    community: Ints
    lat: Floats
    lon: Floats
    start: Ints
    end: Ints
    requires: Ints

    def __post_init__(self) -> None:
        _settle(self, "needs", rows=len(self.category))
        _within(
            self,
            "needs",
            {"quantity": (1, MOST_UNITS), "tier": (0, MOST_TIERS - 1), "waiting": (0, MOST_DAYS)},
        )

    def __len__(self) -> int:
        return len(self.category)


@dataclass(frozen=True, kw_only=True, eq=False)
class Offers:
    """What is offered; every array has one entry an offer.

    ``divisible`` false means that the offer goes whole to one need; ``reach_km`` is how far it may go.
    """

    category: Ints
    quantity: Ints
    divisible: Flags
    lat: Floats
    lon: Floats
    reach_km: Floats
    start: Ints
    end: Ints
    provides: Ints

    def __post_init__(self) -> None:
        _settle(self, "offers", rows=len(self.category))
        _within(self, "offers", {"quantity": (0, MOST_UNITS), "reach_km": (0, MOST_KM)})

    def __len__(self) -> int:
        return len(self.category)


@dataclass(frozen=True, kw_only=True, eq=False)
class Instance:
    """One matching problem.

    ``label`` is a digest, made by the caller, of whatever the codes and rows stand for (ids, category names); it
    enters the digest of the inputs, so that a certificate does not fit the same numbers under other names.

    :raises InvalidInstance: the words of needs and offers are packed differently.
    """

    needs: Needs
    offers: Offers
    label: str = ""

    def __post_init__(self) -> None:
        if self.needs.requires.shape[1] != self.offers.provides.shape[1]:
            raise InvalidInstance(table="needs", column="requires", reason="words_differ")

    def digest(self) -> str:
        """SHA-256 (hex) over a canonical form: names, shapes and little-endian bytes of every array."""
        seal = hashlib.sha256(f"tadamun-matching-inputs/1\n{self.label}\n".encode())
        for table, part in (("needs", self.needs), ("offers", self.offers)):
            for field in fields(part):
                values = getattr(part, field.name)
                kind = {"i": "<i8", "f": "<f8", "b": "|b1"}[values.dtype.kind]
                seal.update(f"{table}.{field.name}{values.shape}{kind}\n".encode())
                # Adding zero makes -0.0 and 0.0 the same place.
                plain = values + 0.0 if kind == "<f8" else values
                seal.update(plain.astype(kind).tobytes())
        return seal.hexdigest()


def pack_words(
    *, requires: Sequence[frozenset[str]], provides: Sequence[frozenset[str]]
) -> tuple[Ints, Ints, tuple[str, ...]]:
    """Turn required and provided words into bits.

    Only words that some need requires get a bit; they are sorted, so the same inputs give the same bits.

    :returns: bits of the needs (needs, words), bits of the offers (offers, words), the words in order.
    """
    words = tuple(sorted(frozenset().union(*requires) if requires else frozenset()))
    place = {word: at for at, word in enumerate(words)}
    width = max(1, -(-len(words) // WORD_BITS))

    def pack(rows: Sequence[frozenset[str]]) -> Ints:
        bits = np.zeros((len(rows), width), np.int64)
        for at, row in enumerate(rows):
            for word in row:
                if word in place:
                    bits[at, place[word] // WORD_BITS] |= np.int64(1 << (place[word] % WORD_BITS))
        return bits

    return pack(requires), pack(provides), words


def _settle(part: Any, table: str, *, rows: int) -> None:
    """Bring every array to its type, and refuse shapes that do not fit each other."""
    kinds = {"lat": np.float64, "lon": np.float64, "reach_km": np.float64, "divisible": np.bool_}
    for field in fields(part):
        values: Any = np.ascontiguousarray(getattr(part, field.name), dtype=kinds.get(field.name, np.int64))
        two = field.name in ("requires", "provides")
        if values.ndim != (2 if two else 1) or len(values) != rows or (two and values.shape[1] < 1):
            raise InvalidInstance(table=table, column=field.name, reason="shape")
        object.__setattr__(part, field.name, values)
    _within(part, table, {"lat": (-90, 90), "lon": (-180, 180), "category": (0, 1 << 31)})
    _within(part, table, {"community": (0, 1 << 31)} if table == "needs" else {})
    wrong = np.flatnonzero(part.start > part.end)
    if len(wrong):
        raise InvalidInstance(table=table, column="end", reason="before_start", row=int(wrong[0]))


def _within(part: Any, table: str, limits: dict[str, tuple[float, float]]) -> None:
    for column, (low, high) in limits.items():
        values = getattr(part, column)
        # Written so that NaN, which compares false with everything, is refused.
        wrong = np.flatnonzero(~((values >= low) & (values <= high)))
        if len(wrong):
            raise InvalidInstance(table=table, column=column, reason="out_of_range", row=int(wrong[0]))

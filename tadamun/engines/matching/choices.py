"""The best few offers for one need, for a person who decides."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tadamun.engines.matching.errors import InvalidInstance
from tadamun.engines.matching.graph import Kind, fits
from tadamun.engines.matching.instance import OPEN_FROM, OPEN_UNTIL, Instance, Ints


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One feasible offer and what speaks for it.

    ``free`` units are left, ``covers`` says whether they suffice. ``start`` and ``end`` bound the time that suits
    both, in seconds since 1970 UTC, ``None`` where it is open. ``required`` words are asked for and all provided;
    ``spare_km`` is how much farther the offer would go.
    """

    offer: int
    km: float
    spare_km: float
    free: int
    covers: bool
    divisible: bool
    start: int | None
    end: int | None
    required: int


def top_choices(*, instance: Instance, need: int, k: int = 3, free: Ints | None = None) -> list[Choice]:
    """The nearest feasible offers with something left, those that cover the whole need before those that do not.

    :param free: units left by offer; all of an offer's quantity when not given.
    :raises InvalidInstance: there is no such need.
    """
    needs, offers = instance.needs, instance.offers
    if not 0 <= need < len(needs):
        raise InvalidInstance(table="needs", column="id", reason="unknown", row=need)
    free = offers.quantity if free is None else np.asarray(free, np.int64)
    choices = []
    for kind in Kind:
        rows = np.flatnonzero((offers.category == needs.category[need]) & (free > 0))
        good, km = fits(instance, np.full(len(rows), need), rows, kind=kind)
        if kind is Kind.WHOLE:
            # A whole offer is given whole or not at all: with a part of it gone it is gone.
            good &= free[rows] == offers.quantity[rows]
        choices += [
            _choice(instance, need, int(at), float(far), free)
            for at, far in zip(rows[good], km[good], strict=True)
        ]
    choices.sort(key=lambda choice: (not choice.covers, choice.km, choice.offer))
    return choices[:k]


def _choice(instance: Instance, need: int, offer: int, km: float, free: Ints) -> Choice:
    needs, offers = instance.needs, instance.offers
    start, end = max(needs.start[need], offers.start[offer]), min(needs.end[need], offers.end[offer])
    return Choice(
        offer=offer,
        km=km,
        spare_km=float(offers.reach_km[offer]) - km,
        free=int(free[offer]),
        covers=bool(free[offer] >= needs.quantity[need]),
        divisible=bool(offers.divisible[offer]),
        start=None if start == OPEN_FROM else int(start),
        end=None if end == OPEN_UNTIL else int(end),
        required=sum(int(word).bit_count() for word in needs.requires[need].tolist()),
    )

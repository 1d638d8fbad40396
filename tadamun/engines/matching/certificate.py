"""The proof a round carries, as plain numbers that survive a JSON file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from tadamun.engines.matching.errors import InvalidCertificate, InvalidPolicy
from tadamun.engines.matching.graph import Kind
from tadamun.engines.matching.instance import Ints
from tadamun.engines.matching.policy import Policy, policy_from_dict

FORMAT: Final = "tadamun-matching-certificate/1"
OPEN_MARK: Final = -1
"""How an open cut-off is written."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Part:
    """The proof for one kind of offers.

    ``complete``: every feasible pair was weighed. Otherwise each need weighed its nearest (see the policy) and the
    pairs in ``widened`` (shape (pairs, 2): need, offer), and ``saturated`` says that widening went on until no need
    in a full neighbourhood had an open offer anywhere in reach.
    """

    kind: Kind
    complete: bool
    saturated: bool
    need_prices: Ints
    widened: Ints


@dataclass(frozen=True, kw_only=True, eq=False)
class Certificate:
    """Cut-offs and prices in the order of the inputs' rows, and digests of what they belong to.

    ``offer_cutoffs`` are turns, -1 for open: the turn of a need is its place in the order of priority, or with
    fairness its place in the communities' turns. Prices are decametres. ``mixed_categories`` have whole and shared
    offers: whole ones went first there, each part is proven by itself, and the two together are not (it is NP-hard).
    """

    inputs_digest: str
    needs: int
    offers: int
    matches_digest: str
    policy: Policy
    parts: tuple[Part, ...]
    offer_cutoffs: Ints
    offer_prices: Ints
    mixed_categories: tuple[int, ...]
    units_asked_by_tier: tuple[int, ...]
    units_met_by_tier: tuple[int, ...]
    distance_steps: int

    def part(self, kind: Kind) -> Part | None:
        """The part of one kind, if there were such offers."""
        return next((part for part in self.parts if part.kind is kind), None)

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON, always in the same order."""
        return {
            "format": FORMAT,
            "inputs": {"digest": self.inputs_digest, "needs": self.needs, "offers": self.offers},
            "matches": {"digest": self.matches_digest},
            "policy": self.policy.to_dict(),
            "parts": [_part_to_dict(part) for part in self.parts],
            "whole_offers_first_in": list(self.mixed_categories),
            "figures": {
                "units_asked_by_tier": list(self.units_asked_by_tier),
                "units_met_by_tier": list(self.units_met_by_tier),
                "distance_decametres": self.distance_steps,
            },
            "offer_cutoffs": self.offer_cutoffs.tolist(),
            "offer_prices": self.offer_prices.tolist(),
        }

    def to_json(self) -> str:
        """The certificate as one line of JSON, the same text for the same certificate."""
        return json.dumps(self.to_dict(), separators=(",", ":"))


def _part_to_dict(part: Part) -> dict[str, Any]:
    return {
        "kind": part.kind.value,
        "complete": part.complete,
        "saturated": part.saturated,
        "proves": claims(part),
        "widened": part.widened.tolist(),
        "need_prices": part.need_prices.tolist(),
    }


def claims(part: Part) -> list[str]:
    """What holds once the checker finds nothing, as codes (worded in the documentation)."""
    over = "over_every_feasible_pair" if part.complete else "over_the_nearest_of_each_need"
    return ["feasible", f"priority_{over}", f"shortest_{over}"] + (
        ["most_units_over_every_feasible_pair"] if part.complete or part.saturated else []
    )


def certificate_from_json(text: str) -> Certificate:
    """Read a certificate.

    :raises InvalidCertificate: not JSON, or not of this shape; ``params["key"]`` says where.
    """
    try:
        # A JSON number such as 1e999 or NaN has no place here.
        document = json.loads(text, parse_constant=lambda name: _refuse(name))
    except (ValueError, RecursionError) as error:
        raise InvalidCertificate(key="", detail=str(error)[:200]) from error
    return certificate_from_dict(document)


def certificate_from_dict(document: Any) -> Certificate:
    """Read a certificate from the plain values of :meth:`Certificate.to_dict`.

    :raises InvalidCertificate: a key is missing or holds something else.
    """
    if _get(document, "format", str) != FORMAT:
        raise InvalidCertificate(key="format")
    inputs, figures = _get(document, "inputs", dict), _get(document, "figures", dict)
    parts = tuple(_read_part(part) for part in _get(document, "parts", list))
    if len({part.kind for part in parts}) != len(parts):
        raise InvalidCertificate(key="parts")
    try:
        policy = policy_from_dict(_get(document, "policy", dict))
    except InvalidPolicy as error:
        raise InvalidCertificate(key=f"policy.{error.params['key']}") from error
    return Certificate(
        inputs_digest=_get(inputs, "digest", str),
        needs=_get(inputs, "needs", int),
        offers=_get(inputs, "offers", int),
        matches_digest=_get(_get(document, "matches", dict), "digest", str),
        policy=policy,
        parts=parts,
        offer_cutoffs=_ints(document, "offer_cutoffs"),
        offer_prices=_ints(document, "offer_prices"),
        mixed_categories=tuple(_ints(document, "whole_offers_first_in").tolist()),
        units_asked_by_tier=tuple(_ints(figures, "units_asked_by_tier").tolist()),
        units_met_by_tier=tuple(_ints(figures, "units_met_by_tier").tolist()),
        distance_steps=_get(figures, "distance_decametres", int),
    )


def _read_part(document: Any) -> Part:
    kind = _get(document, "kind", str)
    if kind not in (Kind.WHOLE.value, Kind.SHARED.value):
        raise InvalidCertificate(key="kind")
    return Part(
        kind=Kind(kind),
        complete=_get(document, "complete", bool),
        saturated=_get(document, "saturated", bool),
        need_prices=_ints(document, "need_prices"),
        widened=_ints(document, "widened", width=2),
    )


def _refuse(name: str) -> None:
    raise ValueError(name)


def _get(document: Any, key: str, kind: type) -> Any:
    value = document.get(key) if isinstance(document, dict) else None
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise InvalidCertificate(key=key)
    return value


def _ints(document: Any, key: str, width: int = 0) -> Ints:
    """A list of whole numbers (or of rows of them) as an array."""
    entries = _get(document, key, list)
    flat = (
        [value for row in entries for value in (row if isinstance(row, list) else [None])]
        if width
        else entries
    )
    if any(type(value) is not int or not -(1 << 62) < value < 1 << 62 for value in flat):
        raise InvalidCertificate(key=key)
    if width and any(len(row) != width for row in entries):
        raise InvalidCertificate(key=key)
    values = np.array(flat, np.int64)
    return values.reshape(-1, width) if width else values

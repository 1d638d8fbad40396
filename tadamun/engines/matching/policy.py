"""The published choices of a community: what a round may weigh, and how far it looks."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from tadamun.engines.matching.errors import InvalidPolicy
from tadamun.engines.matching.instance import MOST_DAYS, MOST_TIERS


@dataclass(frozen=True, kw_only=True)
class Policy:
    """How a round is run. The default has no escalation, no fairness and no widening.

    :param escalation_days: by tier, after how many days there a need counts one tier more severe; ``None`` is never.
    :param fair: within a tier, the community least served so far goes first.
    :param fair_step: a community's turn is its demand in the tier divided by this, at least one unit.
    :param widen: needs held up in a full neighbourhood get farther offers, within those offers' reach.
    :param widen_by: how many offers a need gets more at each widening.
    :param nearest: by tier (the last entry holds for all further tiers), how many nearest offers a need looks at.
    :param complete_pairs: up to this many neighbouring pairs every feasible pair counts, however many a need has.
    :raises InvalidPolicy: a value is out of range.
    """

    escalation_days: tuple[int | None, ...] = ()
    fair: bool = False
    fair_step: int = 200
    widen: bool = False
    widen_by: int = 8
    nearest: tuple[int, ...] = (64, 16)
    complete_pairs: int = 3_000_000

    def __post_init__(self) -> None:
        for days in self.escalation_days:
            if days is not None:
                _whole("escalation.days", days, low=1, high=MOST_DAYS)
        if self.escalation_days and self.escalation_days[0] is not None:
            raise InvalidPolicy(key="escalation.days", reason="tier_0_cannot_rise")
        if not self.nearest or len(self.nearest) > MOST_TIERS or len(self.escalation_days) > MOST_TIERS:
            raise InvalidPolicy(key="candidates.nearest", reason="length")
        for nearest in self.nearest:
            _whole("candidates.nearest", nearest, low=1, high=4096)
        _whole("fairness.step", self.fair_step, low=1, high=1_000_000)
        _whole("widening.by", self.widen_by, low=1, high=4096)
        _whole("candidates.complete_pairs", self.complete_pairs, low=0, high=20_000_000)

    def nearest_for(self, tier: int) -> int:
        """How many nearest offers a need of this tier looks at."""
        return self.nearest[min(tier, len(self.nearest) - 1)]

    def to_dict(self) -> dict[str, Any]:
        """The policy as plain values, in the sections of the TOML form."""
        days = {str(tier): days for tier, days in enumerate(self.escalation_days) if days is not None}
        return {
            "escalation": {"days": days},
            "fairness": {"by": "community" if self.fair else "", "step": self.fair_step},
            "widening": {"on": self.widen, "by": self.widen_by},
            "candidates": {"nearest": list(self.nearest), "complete_pairs": self.complete_pairs},
        }


def policy_from_toml(text: str) -> Policy:
    """Read a policy from TOML.

    :raises InvalidPolicy: not TOML, an unknown key, or a value out of range.
    """
    try:
        return policy_from_dict(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise InvalidPolicy(key="", reason="not_toml", detail=str(error)) from error


def policy_from_dict(document: Any) -> Policy:
    """Read a policy from the plain values of :meth:`Policy.to_dict`; absent keys keep their defaults.

    :raises InvalidPolicy: an unknown key, or a value out of range.
    """
    chosen: dict[str, Any] = {}
    for section, keys in _table("", document).items():
        if section not in _READERS:
            raise InvalidPolicy(key=section, reason="unknown")
        for key, value in _table(section, keys).items():
            if key not in _READERS[section]:
                raise InvalidPolicy(key=f"{section}.{key}", reason="unknown")
            field, read = _READERS[section][key]
            chosen[field] = read(f"{section}.{key}", value)
    return Policy(**chosen)


def _table(key: str, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise InvalidPolicy(key=key, reason="not_a_table")
    return value


def _whole(key: str, value: Any, *, low: int = 0, high: int = 1 << 53) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise InvalidPolicy(key=key, reason="out_of_range", low=low, high=high)
    return value


def _yes_no(key: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise InvalidPolicy(key=key, reason="not_true_or_false")
    return value


def _wholes(key: str, value: Any) -> tuple[int, ...]:
    if not isinstance(value, list):
        raise InvalidPolicy(key=key, reason="not_a_list")
    return tuple(_whole(key, entry) for entry in value)


def _by(key: str, value: Any) -> bool:
    if value not in ("", "community"):
        raise InvalidPolicy(key=key, reason="unknown")
    return value == "community"


def _days(key: str, value: Any) -> tuple[int | None, ...]:
    days: dict[int, int] = {}
    for tier, wait in _table(key, value).items():
        if not (tier.isascii() and tier.isdigit() and int(tier) < MOST_TIERS):
            raise InvalidPolicy(key=f"{key}.{tier}", reason="unknown")
        days[int(tier)] = _whole(key, wait, low=1, high=MOST_DAYS)
    return tuple(days.get(tier) for tier in range(max(days, default=-1) + 1))


_READERS: Final[dict[str, dict[str, tuple[str, Callable[[str, Any], Any]]]]] = {
    "escalation": {"days": ("escalation_days", _days)},
    "fairness": {"by": ("fair", _by), "step": ("fair_step", _whole)},
    "widening": {"on": ("widen", _yes_no), "by": ("widen_by", _whole)},
    "candidates": {"nearest": ("nearest", _wholes), "complete_pairs": ("complete_pairs", _whole)},
}

"""Steps on the way: what is done, what is now, what comes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

StepState = Literal["done", "now", "next"]
_STATES: tuple[StepState, ...] = ("done", "now", "next")


@dataclass(frozen=True, slots=True)
class Step:
    """One step and how far it is."""

    label: Any
    state: StepState


def _state_at(place: int, current: int) -> StepState:
    if place < current:
        return "done"
    return "now" if place == current else "next"


def _state(given: Any) -> StepState:
    return next((state for state in _STATES if state == str(given)), "next")


def _step_of(item: Any) -> Step:
    if isinstance(item, dict):
        return Step(item["label"], _state(item["state"]))
    if isinstance(item, tuple | list):
        return Step(item[0], _state(item[1]))
    return Step(item.label, _state(item.state))


def steps_of(items: Iterable[Any], *, current: int | None = None) -> list[Step]:
    """Steps from pairs, mappings or objects with `label` and `state`, or from labels and the present one's number."""
    if current is None:
        return [_step_of(item) for item in items]
    return [Step(label, _state_at(place, current)) for place, label in enumerate(items, start=1)]

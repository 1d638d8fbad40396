"""What the trail says of a thing."""

from __future__ import annotations

from collections.abc import Iterable

from tadamun.foundation.trail.models import TrailEntry, TrailHead


def history_of(*, thing: str, thing_id: str) -> list[TrailEntry]:
    """The entries about one thing, oldest first."""
    return list(TrailEntry.objects.filter(thing=thing, thing_id=thing_id).order_by("scope", "number"))


def length_of(*, scope: str) -> int:
    """How many entries a chain has."""
    return TrailHead.objects.filter(scope=scope).values_list("length", flat=True).first() or 0


def lengths_of(*, scopes: Iterable[str]) -> dict[str, int]:
    """How many entries each chain has; one that has not begun is left out."""
    return dict(TrailHead.objects.filter(scope__in=list(scopes)).values_list("scope", "length"))


def verbs_since(*, scope: str, number: int) -> set[str]:
    """What was done after the entry of this number."""
    later = TrailEntry.objects.filter(scope=scope, number__gt=number)
    return set(later.values_list("verb", flat=True).distinct())

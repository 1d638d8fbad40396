"""Small worlds on one road: places are kilometres along a meridian, so that distances can be read off."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from tadamun.engines import matching
from tadamun.engines.matching import Instance, Needs, Offers

KM_A_DEGREE = math.pi * 6371.0088 / 180
DAY = 86_400


@dataclass(frozen=True)
class Ask:
    """A need at a place on the road."""

    at: float
    quantity: int = 1
    tier: int = 1
    waiting: int = 0
    community: int = 0
    category: int = 0
    window: tuple[int, int] = (matching.OPEN_FROM, matching.OPEN_UNTIL)
    requires: int = 0


@dataclass(frozen=True)
class Give:
    """An offer at a place on the road."""

    at: float
    quantity: int = 1
    reach: float = 1000.0
    divisible: bool = True
    category: int = 0
    window: tuple[int, int] = (matching.OPEN_FROM, matching.OPEN_UNTIL)
    provides: int = 0


def world(asks: list[Ask], gives: list[Give]) -> Instance:
    """An instance of these."""
    needs = Needs(
        category=np.array([each.category for each in asks], np.int64),
        quantity=np.array([each.quantity for each in asks], np.int64),
        tier=np.array([each.tier for each in asks], np.int64),
        waiting=np.array([each.waiting for each in asks], np.int64),
        community=np.array([each.community for each in asks], np.int64),
        lat=np.array([each.at / KM_A_DEGREE for each in asks]),
        lon=np.zeros(len(asks)),
        start=np.array([each.window[0] for each in asks], np.int64),
        end=np.array([each.window[1] for each in asks], np.int64),
        requires=np.array([[each.requires] for each in asks], np.int64).reshape(len(asks), 1),
    )
    offers = Offers(
        category=np.array([each.category for each in gives], np.int64),
        quantity=np.array([each.quantity for each in gives], np.int64),
        divisible=np.array([each.divisible for each in gives], np.bool_),
        lat=np.array([each.at / KM_A_DEGREE for each in gives]),
        lon=np.zeros(len(gives)),
        reach_km=np.array([each.reach for each in gives]),
        start=np.array([each.window[0] for each in gives], np.int64),
        end=np.array([each.window[1] for each in gives], np.int64),
        provides=np.array([[each.provides] for each in gives], np.int64).reshape(len(gives), 1),
    )
    return Instance(needs=needs, offers=offers)


def taken(result: matching.Result) -> list[tuple[int, int, int]]:
    """Matches as (need, offer, units)."""
    matches = result.matches
    return list(zip(matches.need.tolist(), matches.offer.tolist(), matches.quantity.tolist(), strict=True))


def verdict(instance: Instance, result: matching.Result) -> list[str]:
    """The codes the checker finds."""
    found = matching.check(instance=instance, matches=result.matches, certificate=result.certificate)
    return sorted({violation.code for violation in found})


def faults(instance: Instance, matches: matching.Matches, certificate: matching.Certificate) -> set[str]:
    """The codes the checker finds in what may have been tampered with, the mere seal of the matches aside."""
    found = matching.check(instance=instance, matches=matches, certificate=certificate)
    return {violation.code for violation in found} - {"matches_differ"}

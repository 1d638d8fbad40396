"""The doors of needs for programs: one service call or one query each."""

from __future__ import annotations

from ninja import Router

from tadamun.pillars.aid.needs.api import (
    by_pin,
    contact,
    distributions,
    lines,
    matches,
    offers,
    overview,
    referrals,
    requests,
    rounds,
    stays,
    tasks,
    tracking,
)

router = Router()
for _part in (
    tracking.router,
    by_pin.router,
    requests.router,
    contact.router,
    lines.router,
    offers.router,
    matches.router,
    tasks.router,
    stays.router,
    referrals.router,
    distributions.router,
    rounds.router,
    overview.router,
):
    router.add_router("", _part)

__all__ = ["router"]

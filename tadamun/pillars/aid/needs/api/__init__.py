"""The doors of needs for programs: one service call or one query each."""

from __future__ import annotations

from ninja import Router

from tadamun.pillars.aid.needs.api import lines, matches, offers, requests, rounds, tasks, tracking

router = Router()
for _part in (
    tracking.router,
    requests.router,
    lines.router,
    offers.router,
    matches.router,
    tasks.router,
    rounds.router,
):
    router.add_router("", _part)

__all__ = ["router"]

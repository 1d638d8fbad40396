"""Repeated work over many rows: one row that cannot be done never keeps the others waiting."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

import structlog

log = structlog.get_logger("tadamun.needs")


def one_by_one(*, ids: Iterable[str], do: Callable[..., int], what: str, at: datetime) -> int:
    """Do it for every row, each in a transaction of its own; returns how many were done.

    :param do: takes a public id and `at`, opens its own transaction, and returns how many it has done.
    :raises ExceptionGroup: some rows failed. The others are done; each failure is in the log with its row's id.
    """
    done, errors = 0, []
    for public_id in list(ids):
        try:
            done += do(public_id, at=at)
        except Exception as error:  # whatever one row raises, the others must still be done
            log.exception("row_failed", work=what, row=public_id)
            errors.append(error)
    if errors:
        raise ExceptionGroup(what, errors)
    return done

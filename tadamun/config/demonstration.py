"""A demonstration's data never serves real people: its passwords are public."""

from __future__ import annotations

from django.conf import settings

from tadamun.config.environment import UnsafeSetting


def refuse_left_over_demonstration() -> None:
    """Stop a start outside demo mode over a database in which a demonstration was told.

    :raises UnsafeSetting: with the sentence that says what to set.
    """
    from tadamun.web.demo.traces import is_left_over

    if settings.DEMO or settings.DEBUG or not is_left_over():
        return
    raise UnsafeSetting(
        "This database holds the demonstration, whose passwords everybody knows: with them anyone could enter as its "
        "steward. For real people name another folder in TADAMUN_HOME (or an empty database in DATABASE_URL). To show "
        "the demonstration, set TADAMUN_DEMO=1 and leave TADAMUN_ENV unset."
    )

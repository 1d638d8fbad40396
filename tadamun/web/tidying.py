"""Dropping what is no longer needed, every few hours: what the privacy page says of time is done here."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.management import call_command

from tadamun.foundation.idempotency.services import forget_old_forms
from tadamun.foundation.jobs.services import every
from tadamun.foundation.people.services import drop_old_sign_ins
from tadamun.foundation.tokens.services import drop_old_tokens

JOBS_KEPT_DAYS = 14


@every(name="web.tidy", interval=timedelta(hours=6))
def tidy(*, at: datetime) -> None:
    """Drop marks of old forms, sessions that are over, old links and tokens, and the results of jobs long done."""
    forget_old_forms(at=at)
    drop_old_sign_ins(at=at)
    drop_old_tokens(at=at)
    call_command("prune_db_task_results", min_age_days=JOBS_KEPT_DAYS, queue_name="*", verbosity=0)

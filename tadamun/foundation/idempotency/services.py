"""Doing a thing once, however often its form is sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from tadamun.foundation.idempotency.models import ReceivedForm
from tadamun.foundation.sealed import keyed_hash
from tadamun.kernel.ids import new_token

KEPT = timedelta(days=3)


def new_form_token() -> str:
    """A token to put in a form; whoever sends the form again sends the same token."""
    return new_token()


def once(*, token: str, purpose: str, at: datetime, do: Callable[[], str]) -> tuple[str, bool]:
    """Run `do` unless a form with this token was received already, in one transaction with it.

    :param do: does the work and returns a short outcome (a public id) that a repeat is answered with.
    :returns: the outcome, and whether it was done now (False: done before).
    """
    key = keyed_hash(f"{purpose}:{token}", purpose="form")
    try:
        with transaction.atomic():
            # The unique key makes a second sender wait for the first one's transaction, then fail here.
            received = ReceivedForm.objects.create(key=key, received_at=at)
            received.outcome = do()
            received.save(update_fields=["outcome"])
            return received.outcome, True
    except IntegrityError:
        earlier = ReceivedForm.objects.filter(key=key).first()
        if earlier is None:
            raise
        return earlier.outcome, False


def forget_old_forms(*, at: datetime) -> int:
    """Drop tokens older than three days; returns how many."""
    return ReceivedForm.objects.filter(received_at__lt=at - KEPT).delete()[0]

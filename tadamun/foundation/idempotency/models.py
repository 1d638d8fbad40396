"""Which forms and calls have been received already."""

from __future__ import annotations

from django.db import models


class ReceivedForm(models.Model):
    """One form or call, by the hash of its token, and what it led to."""

    key = models.CharField(max_length=64, unique=True)
    outcome = models.CharField(max_length=200, blank=True)
    received_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key[:8]

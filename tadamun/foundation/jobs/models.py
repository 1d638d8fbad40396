"""When repeated work is due next."""

from __future__ import annotations

from django.db import models


class Schedule(models.Model):
    """One repeated job: a run that was missed is caught up once."""

    name = models.CharField(max_length=64, unique=True)
    next_run_at = models.DateTimeField()
    last_started_at = models.DateTimeField(null=True, blank=True)
    last_finished_at = models.DateTimeField(null=True, blank=True)
    running_since = models.DateTimeField(null=True, blank=True)
    """Set while it runs; one whose worker was killed keeps it."""
    failures = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.name

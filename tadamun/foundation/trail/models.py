"""The chain: entries that are only ever added, and the head that they hang on."""

from __future__ import annotations

from django.db import models


class TrailHead(models.Model):
    """The last link of one community's chain; locked while a link is added."""

    scope = models.CharField(max_length=24, unique=True)
    length = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.scope}#{self.length}"


class TrailEntry(models.Model):
    """One thing that was done: codes, public ids, amounts and commitments only."""

    scope = models.CharField(max_length=24)
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=24, blank=True)
    verb = models.CharField(max_length=48)
    thing = models.CharField(max_length=24)
    thing_id = models.CharField(max_length=40)
    data = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope", "number"], name="trail_has_one_entry_a_number")
        ]
        indexes = [models.Index(fields=["thing", "thing_id"], name="trail_by_thing")]

    def __str__(self) -> str:
        return f"{self.scope}#{self.number} {self.verb}"

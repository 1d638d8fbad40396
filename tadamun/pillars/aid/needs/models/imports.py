"""Sheets of requests: what was handed in, what was decided about it, and which rows became requests."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tadamun.foundation.codes import one_of
from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Person
from tadamun.foundation.sealed import SealedTextField
from tadamun.kernel.ids import new_public_id
from tadamun.pillars.aid.needs.models.requests import Request
from tadamun.pillars.aid.needs.vocabulary import DayOrder


class SheetImport(models.Model):
    """One sheet of a community; the same file handed in again is the same import, taken up where it stopped."""

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="imports")
    digest = models.CharField(max_length=64)
    """A keyed hash of the file."""
    started_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    started_at = models.DateTimeField()
    title = SealedTextField(blank=True, default="")
    table = SealedTextField(null=True, blank=True)
    """The cells as they were read; dropped when the import is over."""
    signature = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)
    """The field of each column, by the column's place counted from 0."""
    mapping_confirmed = models.BooleanField(default=False)
    order = models.CharField(max_length=3, blank=True, default=DayOrder.ITS_OWN)
    """The order of day and month that somebody chose; else the column's own, or the region's."""
    mended = SealedTextField(null=True, blank=True)
    """What stands instead of a cell, by row and field."""
    left_out = models.JSONField(default=list)
    """Rows that somebody decided not to take in."""
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "digest"], name="import_is_one_a_file"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(table__isnull=True, mended__isnull=True),
                name="import_closed_keeps_no_cells",
            ),
            one_of("order", DayOrder, name="import_order_is_known"),
        ]

    def __str__(self) -> str:
        return self.public_id


class ImportedRow(models.Model):
    """A row that became a request: found again by what it says, in whatever file it comes."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="+")
    sheet = models.ForeignKey(SheetImport, on_delete=models.CASCADE, related_name="rows")
    row = models.PositiveIntegerField()
    key = models.CharField(max_length=64)
    """A keyed hash of what the row says, as its columns were read."""
    cells = models.CharField(max_length=64, blank=True, default="")
    """A keyed hash of all its cells, however they were read; empty where a mark stands for the row above."""
    request = models.ForeignKey(Request, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "key"], name="imported_row_is_one"),
            models.UniqueConstraint(
                fields=["community", "cells"], condition=~Q(cells=""), name="imported_row_is_one_by_cells"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id}:{self.row}"


class KnownColumns(models.Model):
    """What the columns of a form are, as somebody confirmed it: for the next sheet with the same head."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="+")
    signature = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)
    confirmed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "signature"], name="known_columns_are_one_a_head")
        ]

    def __str__(self) -> str:
        return self.signature[:8]

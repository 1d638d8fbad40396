"""Areas of a community, and places: an approximate cell to show, the exact address under seal."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tadamun.foundation.communities.models import Community
from tadamun.foundation.sealed import SealedTextField
from tadamun.kernel.ids import new_public_id


class Area(models.Model):
    """A named part of a community, such as a quarter or a street of the camp."""

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="areas")
    name = models.CharField(max_length=60)
    latitude = models.FloatField()
    longitude = models.FloatField()
    position = models.PositiveSmallIntegerField(default=0)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(fields=["community", "name"], name="area_name_is_one_a_community"),
            models.CheckConstraint(
                condition=Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="area_is_on_the_globe",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Place(models.Model):
    """Where help is needed or given. `cell` is public knowledge at most to people concerned; the rest is sealed."""

    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    cell = models.CharField(max_length=16, blank=True)
    """H3 cell of resolution 9 (about 200 m across its edge): all that lists and maps ever show."""
    address = SealedTextField(blank=True, default="")
    exact = SealedTextField(blank=True, default="")
    """"latitude,longitude" when known."""
    confidential = models.BooleanField(default=False)
    """A shelter or a hiding place: in no list, on no map."""

    def __str__(self) -> str:
        return self.cell or "place"

"""The tree of what can be needed and offered."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tadamun.foundation.catalogue.vocabulary import SafetyTier, Unit
from tadamun.foundation.codes import one_of
from tadamun.foundation.communities.models import Community


class Category(models.Model):
    """Something that can be needed and offered; of every community, or of one."""

    code = models.SlugField(max_length=40)
    community = models.ForeignKey(
        Community, null=True, blank=True, on_delete=models.CASCADE, related_name="categories"
    )
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    name_ar = models.CharField(max_length=60, blank=True)
    name_en = models.CharField(max_length=60, blank=True)
    name_fr = models.CharField(max_length=60, blank=True)
    icon = models.CharField(max_length=40)
    unit = models.CharField(max_length=8, default=Unit.ITEM)
    perishable = models.BooleanField(default=False)
    sensitive = models.BooleanField(default=False)
    safety_tier = models.PositiveSmallIntegerField(default=SafetyTier.HANDOVER)
    whole = models.BooleanField(default=False)
    """An offer here goes whole to one household (a bed, a flat)."""
    is_money = models.BooleanField(default=False)
    """Waits in triage for the fund and never enters a round."""
    on_first_page = models.BooleanField(default=False)
    open_eligibility = models.CharField(max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "code"]
        verbose_name_plural = "categories"
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=Q(community__isnull=True), name="category_code_is_one_for_all"
            ),
            one_of("unit", Unit, name="category_unit_is_known"),
            one_of("safety_tier", SafetyTier, name="category_safety_tier_is_known"),
            models.UniqueConstraint(fields=["community", "code"], name="category_code_is_one_a_community"),
            models.CheckConstraint(
                condition=~Q(name_ar="", name_en="", name_fr=""), name="category_has_a_name_in_some_language"
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=models.F("pk")),
                name="category_is_not_below_itself",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class HiddenCategory(models.Model):
    """A shared category that a community does not use."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="hidden_categories")
    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "category"], name="category_is_hidden_once")
        ]

    def __str__(self) -> str:
        return f"{self.community_id} without {self.category_id}"

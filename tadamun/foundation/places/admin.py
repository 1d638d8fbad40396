"""Areas for who runs the instance: never where somebody lives."""

from __future__ import annotations

from django.contrib import admin

from tadamun.foundation.places.models import Area


@admin.register(Area)
class AreaAdmin(admin.ModelAdmin[Area]):
    """The named parts of communities."""

    list_display = ["name", "community", "position", "closed_at"]
    list_filter = ["community"]

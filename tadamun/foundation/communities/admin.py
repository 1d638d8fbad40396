"""Configuration of communities for who runs the instance: never who belongs to them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from tadamun.foundation.communities.models import Community


@admin.register(Community)
class CommunityAdmin(admin.ModelAdmin[Community]):
    """Name, region and parts in use. One is added by the command line and never deleted here."""

    list_display = ["slug", "name", "region", "is_demo", "created_at"]
    fields = [
        "slug",
        "name",
        "region",
        "currency",
        "time_zone",
        "open_to_join",
        "switched_off",
        "is_demo",
        "created_at",
    ]
    readonly_fields = ["slug", "is_demo", "created_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A community needs its first steward's invitation, which the command makes."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Deleting a community would delete its people's records."""
        return False

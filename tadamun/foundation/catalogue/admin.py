"""The shared catalogue for who runs the instance."""

from __future__ import annotations

from django.contrib import admin

from tadamun.foundation.catalogue.models import Category


@admin.register(Category)
class CategoryAdmin(admin.ModelAdmin[Category]):
    """What can be needed and offered."""

    list_display = [
        "code",
        "name_ar",
        "name_en",
        "name_fr",
        "parent",
        "community",
        "safety_tier",
        "on_first_page",
    ]
    list_filter = ["community", "safety_tier", "is_money"]
    search_fields = ["code", "name_ar", "name_en", "name_fr"]

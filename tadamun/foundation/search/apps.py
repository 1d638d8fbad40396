"""Django's registration of search."""

from __future__ import annotations

from django.apps import AppConfig


class Search(AppConfig):
    """Finding again what was written."""

    name = "tadamun.foundation.search"
    label = "search"

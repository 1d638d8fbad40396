"""Django's registration of places."""

from __future__ import annotations

from django.apps import AppConfig


class Places(AppConfig):
    """Areas and places: approximate to show, exact under seal."""

    name = "tadamun.foundation.places"
    label = "places"

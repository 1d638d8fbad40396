"""Django's registration of catalogue."""

from __future__ import annotations

from django.apps import AppConfig


class Catalogue(AppConfig):
    """What can be needed and offered."""

    name = "tadamun.foundation.catalogue"
    label = "catalogue"

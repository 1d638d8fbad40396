"""Django's registration of trail."""

from __future__ import annotations

from django.apps import AppConfig


class Trail(AppConfig):
    """The append-only, hash-chained record of what was done."""

    name = "tadamun.foundation.trail"
    label = "trail"

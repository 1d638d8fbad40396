"""Django's registration of notices."""

from __future__ import annotations

from django.apps import AppConfig


class Notices(AppConfig):
    """What people are told: in the app, by e-mail, or by a coordinator's own phone."""

    name = "tadamun.foundation.notices"
    label = "notices"

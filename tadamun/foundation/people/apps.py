"""Django's registration of people."""

from __future__ import annotations

from django.apps import AppConfig


class People(AppConfig):
    """Who somebody is: sign-in, language, consent, and who looked at what."""

    name = "tadamun.foundation.people"
    label = "people"

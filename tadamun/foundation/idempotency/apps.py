"""Django's registration of idempotency."""

from __future__ import annotations

from django.apps import AppConfig


class Idempotency(AppConfig):
    """The same form or call received twice makes one record."""

    name = "tadamun.foundation.idempotency"
    label = "idempotency"

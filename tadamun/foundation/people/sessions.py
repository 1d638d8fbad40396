"""Sessions in the database, each with the person it belongs to; `SESSION_ENGINE` names this module."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore


class SessionStore(DatabaseStore):
    """Django's database sessions, with a column for whose they are."""

    @classmethod
    def get_model_class(cls) -> Any:
        """The model of a stored session."""
        from tadamun.foundation.people.models import Session

        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """The row of these contents."""
        row: Any = super().create_model_instance(data)
        signed_in = data.get(SESSION_KEY)
        row.person_id = int(signed_in) if signed_in else None
        return row

"""Django's registration of the library."""

from __future__ import annotations

from django.apps import AppConfig


class Library(AppConfig):
    """What neighbours share."""

    name = "tadamun.pillars.support.library"
    label = "library"

    def ready(self) -> None:
        """Register the app as one that a community may switch off, its notices and what the worker does for it."""
        from django.utils.translation import gettext_lazy as _

        from tadamun.foundation.communities.vocabulary import register_app
        from tadamun.pillars.support.library import notices  # noqa: F401
        from tadamun.pillars.support.library.services import jobs  # noqa: F401

        register_app(code="library", pillar="support", label=_("Library of things, rooms and skills"))

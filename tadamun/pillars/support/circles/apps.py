"""Django's registration of circles."""

from __future__ import annotations

from django.apps import AppConfig


class Circles(AppConfig):
    """Support circles and listeners."""

    name = "tadamun.pillars.support.circles"
    label = "circles"

    def ready(self) -> None:
        """Register the app as one that a community may switch off, the words of its notices, and its repeated work."""
        from django.utils.translation import gettext_lazy as _

        from tadamun.foundation.communities.vocabulary import register_app
        from tadamun.pillars.support.circles import notices  # noqa: F401  # importing registers them
        from tadamun.pillars.support.circles.services import tidying  # noqa: F401

        register_app(code="circles", pillar="support", label=_("Support circles and listeners"))

"""Django's registration of needs."""

from __future__ import annotations

from django.apps import AppConfig


class Needs(AppConfig):
    """Needs and offers."""

    name = "tadamun.pillars.aid.needs"
    label = "needs"

    def ready(self) -> None:
        """Register the app, the words of its notices, and its repeated work."""
        from django.utils.translation import gettext_lazy as _

        from tadamun.foundation.communities.vocabulary import register_app
        from tadamun.pillars.aid.needs import notices  # noqa: F401  # importing registers its words
        from tadamun.pillars.aid.needs.services import jobs  # noqa: F401  # importing registers its schedules

        register_app(code="needs", pillar="aid", label=_("Needs and offers"))

"""Django's registration of common problems."""

from __future__ import annotations

from django.apps import AppConfig


class Problems(AppConfig):
    """Common problems."""

    name = "tadamun.pillars.support.problems"
    label = "problems"

    def ready(self) -> None:
        """Register the app, the words of its notices, and its repeated work."""
        from django.utils.translation import gettext_lazy as _

        from tadamun.foundation.communities.vocabulary import register_app
        from tadamun.pillars.support.problems import notices  # noqa: F401  # importing registers its words
        from tadamun.pillars.support.problems.services import jobs  # noqa: F401  # and its schedules

        register_app(code="problems", pillar="support", label=_("Common problems"))

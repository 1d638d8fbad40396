"""Django's registration of the directory."""

from __future__ import annotations

from django.apps import AppConfig


class Directory(AppConfig):
    """A directory of services."""

    name = "tadamun.pillars.aid.directory"
    label = "directory"

    def ready(self) -> None:
        """Register the app as one that a community may switch off, and its repeated work."""
        from django.utils.translation import gettext_lazy as _

        from tadamun.foundation.communities.vocabulary import register_app
        from tadamun.pillars.aid.directory.services import jobs  # noqa: F401  # importing registers its schedule

        register_app(code="directory", pillar="aid", label=_("Directory of services"))

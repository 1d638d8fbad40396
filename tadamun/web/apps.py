"""Django's registration of the web shell and of the admin pages."""

from __future__ import annotations

from django.apps import AppConfig
from django.contrib.admin import apps as admin


class AdminSite(admin.AdminConfig):
    """Django's admin, for configuration and the catalogue only."""

    default = False
    default_site = "tadamun.web.admin.ConfigurationSite"


class Web(AppConfig):
    """What joins the pillars."""

    default = True
    name = "tadamun.web"
    label = "web"

    def ready(self) -> None:
        """Register the repeated tidying, building the search index anew, and the words of notices about passkeys."""
        from tadamun.web import passkeys, tidying  # noqa: F401  # importing registers them
        from tadamun.web.searching import building  # noqa: F401  # importing registers it

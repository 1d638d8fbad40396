"""The admin site: configuration and the catalogue, never personal records."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse


class ConfigurationSite(admin.AdminSite):
    """Admin pages for the volunteer who runs the instance."""

    site_header = "Tadamun"
    site_title = "Tadamun"
    index_title = "Configuration"

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Sign in where everybody does, so that limits and the second factor hold here too."""
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next") or request.get_full_path())

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Keep out what libraries would show: people's addresses and second factors, jobs, groups."""
        given: list[Any] = (
            [model_or_iterable] if isinstance(model_or_iterable, type) else list(model_or_iterable)
        )
        shown = [model for model in given if model.__module__.startswith("tadamun.")]
        super().register(shown, admin_class, **options)

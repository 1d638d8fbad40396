"""Pages that explain: help, privacy, accessibility."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tadamun.web.keeping import KEEPING


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """How everything works, in journeys."""
    return render(request, "web/help.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept, who sees it, how long."""
    context = {
        "kept": KEEPING,
        "quick_exit": settings.QUICK_EXIT_URL,
        "gateway": bool(settings.SMS_GATEWAY_URL),
    }
    return render(request, "web/privacy.html", context)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """How everybody can use this, and whom to tell when something is in the way."""
    return render(request, "web/accessibility.html")

"""The page that says how a program uses the doors made for it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from tadamun.foundation.tokens.wording import SCOPES


@require_safe
def api_guide(request: HttpRequest) -> HttpResponse:
    """How a program asks, what it may, and where the whole description is."""
    context = {
        "root": request.build_absolute_uri("/api/v1/"),
        "description": reverse("api:openapi-json"),
        "scopes": [(code.value if hasattr(code, "value") else code, label) for code, label in SCOPES.items()],
    }
    return render(request, "web/api_guide.html", context)

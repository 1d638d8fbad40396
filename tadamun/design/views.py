"""The page that shows every component in every state, and a printed sheet."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tadamun.design import specimens


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Every component, each form once empty and once with everything to mend."""
    return render(request, "design/components.html", specimens.everything(now=timezone.now()))


@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    """A numbered list as it is printed."""
    return render(request, "design/specimen_sheet.html", {"rows": range(1, 9)})

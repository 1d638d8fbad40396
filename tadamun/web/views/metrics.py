"""The door to the numbers of the instance: shut unless a token is set, and open to whoever sends it."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.utils import timezone
from django.views.decorators.http import require_safe

from tadamun.web.metrics import exposition


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The numbers as Prometheus reads them; without its token there is nothing here."""
    kind, _, sent = request.headers.get("Authorization", "").partition(" ")
    token = settings.METRICS_TOKEN
    if (
        not token
        or kind.lower() != "bearer"
        or not secrets.compare_digest(sent.strip().encode(), token.encode())
    ):
        return HttpResponseNotFound("", content_type="text/plain")
    from prometheus_client import CONTENT_TYPE_LATEST

    return HttpResponse(exposition(at=timezone.now()), content_type=CONTENT_TYPE_LATEST)

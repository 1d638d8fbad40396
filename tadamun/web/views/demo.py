"""«Enter as …»: in a demonstration alone; anywhere else the address is absent, and production refuses the setting."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from tadamun.web.demo.doors import door_of, person_behind
from tadamun.web.demo.keys import SLUG

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the invented people."""
    door = door_of(code=request.POST.get("as", ""))
    person = person_behind(door) if settings.DEMO and door else None
    if person is None:
        raise Http404
    login(request, person, backend=BACKEND)
    # As after a password: pages that ask whether somebody signed in a moment ago do not ask for one that nobody knows.
    record_authentication(request, person, method="demo")
    return redirect("web:community_home", community=SLUG)

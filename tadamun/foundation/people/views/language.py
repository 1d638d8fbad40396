"""Switching the language."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from tadamun.foundation.people import services
from tadamun.foundation.people.adapter import remember_language


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Read the site in `language` from here on, and go back to `next`; kept with the account when signed in."""
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    response = HttpResponseRedirect(wanted if safe and "\x00" not in wanted else "/")
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        remember_language(response, language=chosen)
        if request.user.is_authenticated:
            services.change_language(person=request.user, language=chosen)
    return response

"""What happens around every request: an id, headers, language, second factor, community, typed errors."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from allauth.core.ratelimit import RateLimited
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header
from django_htmx.http import HttpResponseClientRedirect

from tadamun.design.region import activate_region
from tadamun.foundation.communities import queries as communities
from tadamun.foundation.limits import TooManyTries, client_address, hit_in_blocks
from tadamun.foundation.people import queries as people
from tadamun.foundation.people.errors import NoLinkForThisRole, SecondFactorNeeded
from tadamun.foundation.tokens.services import use_token
from tadamun.kernel.errors import TadamunError
from tadamun.web.errors import answer_to, at_the_same_moment, not_allowed, stands_in_the_way, too_many
from tadamun.web.metrics import note_request
from tadamun.web.problems import as_problem
from tadamun.web.second_factor import must_have_second_factor
from tadamun.web.views import health, metrics

log = structlog.get_logger("tadamun.web")
Handler = Callable[[HttpRequest], HttpResponse]
FOR_PROGRAMS = "/api/v1/"
CALLS_MOST, CALLS_BLOCK, CALLS_WINDOW = 1200, 20, timedelta(minutes=10)
"""Calls of one token, or of one address without a token, and how many a process counts by itself."""
HEALTH = {"/livez": health.livez, "/readyz": health.readyz, "/metrics": metrics.metrics}
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; img-src 'self'; style-src 'self'; script-src 'self'; font-src 'self'; connect-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


class RequestId:
    """Gives every request an id, for the log and for the person who reports an error."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.request_id = secrets.token_hex(6)  # type: ignore[attr-defined]
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request.request_id)  # type: ignore[attr-defined]
        begun = time.perf_counter()
        response = self.handler(request)
        response["X-Request-Id"] = request.request_id  # type: ignore[attr-defined]
        self._note(request, response, seconds=time.perf_counter() - begun)
        return response

    @staticmethod
    def _note(request: HttpRequest, response: HttpResponse, *, seconds: float) -> None:
        """One line a request: which door, never its address, who or from where."""
        door = request.resolver_match
        if request.path in HEALTH or door is None:
            return
        method = request.method or ""
        note_request(door=door.view_name, method=method, status=response.status_code, seconds=seconds)
        log.info(
            "request",
            method=method,
            door=door.view_name,
            status=response.status_code,
            ms=round(seconds * 1000, 1),
        )


class SecurityHeaders:
    """The content security policy, and no copy of a private page in any cache."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.handler(request)
        response.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(self)")
        if not request.path.startswith(settings.STATIC_URL):
            response.setdefault("Cache-Control", "no-store")
        return response


class Health:
    """Answers those who look after the machine before anything else is asked.

    They come by any host name and without https, and also when the database does not answer.
    """

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return HEALTH.get(request.path, self.handler)(request)


class Language:
    """The language somebody chose, else Arabic: never guessed from the browser, so that a shared phone stays Arabic."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        by_program = request.path.startswith(FOR_PROGRAMS)
        if by_program:
            language = asked_language(request)
        else:
            chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, settings.LANGUAGE_CODE)
            language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.handler(request)
        response.setdefault("Content-Language", language)
        if by_program:
            patch_vary_headers(response, ["Accept-Language", "Authorization"])
        return response


class ProgramToken:
    """Reads the token that a program sends; at the doors for programs nobody is known by a cookie."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(FOR_PROGRAMS):
            return self.handler(request)
        at = timezone.now()
        token = use_token(secret=sent_token(request), at=at)
        request.token = token  # type: ignore[attr-defined]
        request.user = token.person if token else AnonymousUser()
        who = token.public_id if token else client_address(request)
        try:
            hit_in_blocks(what="api", who=who, most=CALLS_MOST, block=CALLS_BLOCK, window=CALLS_WINDOW, at=at)
        except TooManyTries as refusal:
            return answer_to(request, refusal)
        return as_problem(request, self.handler(request))


class SecondFactor:
    """Who holds a role that sees names sets up a second factor before going on."""

    OPEN = (
        "/accounts/",
        "/language/",
        "/me/",
        "/static/",
        "/help/",
        "/privacy/",
        "/accessibility/",
        "/livez",
        "/readyz",
        "/demo/",
    )

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated or request.path.startswith(settings.STATIC_URL):
            return self.handler(request)
        if not must_have_second_factor(person=request.user):
            return self.handler(request)
        if people.came_by_link(request=request):
            # The role may have been given after the link was: such a link opens nothing any more.
            logout(request)
            return answer_to(request, NoLinkForThisRole())
        if request.path.startswith(self.OPEN) or people.has_second_factor(person=request.user):
            return self.handler(request)
        if request.path.startswith("/api/"):
            return answer_to(request, SecondFactorNeeded())
        set_up = reverse("mfa_activate_totp")
        return (
            HttpResponseClientRedirect(set_up)
            if getattr(request, "htmx", False)
            else HttpResponseRedirect(set_up)
        )


class CurrentCommunity:
    """The community of the address, its region and its clock."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.community = None  # type: ignore[attr-defined]
        try:
            return self.handler(request)
        finally:
            timezone.deactivate()

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Find the community before the view runs; an unknown one is answered with a sentence."""
        slug = kwargs.get("community")
        try:
            community = _community(request, slug=slug)
        except TadamunError as error:
            return answer_to(request, error)
        request.community = community  # type: ignore[attr-defined]
        activate_region(
            community.region if community else settings.REGION,
            with_hijri=community is not None and community.shows_hijri,
        )
        if community:
            timezone.activate(ZoneInfo(community.time_zone))
        return None


class TypedErrors:
    """Turns a typed error of any floor, and a method that a door does not know, into a sentence: a page or JSON."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.handler(request)
        return not_allowed(request, response) if isinstance(response, HttpResponseNotAllowed) else response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a typed error, a limit that allauth reached midway, and two at once; leave the others to Django."""
        if isinstance(error, RateLimited):
            return too_many(request)
        if stands_in_the_way(error):
            door = request.resolver_match.view_name if request.resolver_match else ""
            log.warning("gave_way", door=door, error=type(error.__cause__ or error).__name__)
            return at_the_same_moment(request)
        return answer_to(request, error) if isinstance(error, TadamunError) else None


def _community(request: HttpRequest, *, slug: str | None) -> Any:
    """That of the address, which a program's token has mostly brought along; else the viewer's own."""
    token = getattr(request, "token", None)
    if slug and token and token.community.slug == slug:
        return token.community
    return communities.community_of(slug=slug) if slug else communities.home_community(viewer=request.user)


def asked_language(request: HttpRequest) -> str:
    """The first language of the program's wish that there is, else Arabic."""
    known = dict(settings.LANGUAGES)
    for tag, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")[:500]):
        if tag.partition("-")[0] in known:
            return tag.partition("-")[0]
    return settings.LANGUAGE_CODE


def sent_token(request: HttpRequest) -> str:
    """The token of the header, or nothing."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""

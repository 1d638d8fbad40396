"""Typed errors to pages and JSON, and the pages of 400, 403, 404 and 500."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.core.exceptions import DisallowedHost, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import DatabaseError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.defaults import bad_request as plain_bad_request

from tadamun.design.region import activate_region
from tadamun.foundation.communities import queries as communities
from tadamun.kernel.errors import ErrorKind, Limited, Missing, Refused, TadamunError
from tadamun.kernel.text import without_controls
from tadamun.web.problems import as_problem, problem, problem_of_status, request_id
from tadamun.web.sentences import sentence_for

STATUS = {
    ErrorKind.REFUSED: 403,
    ErrorKind.MISSING: 404,
    ErrorKind.CONFLICT: 409,
    ErrorKind.INVALID: 422,
    ErrorKind.LIMITED: 429,
    ErrorKind.UNKNOWN: 401,
}
_SECRET = ("password", "csrfmiddlewaretoken")
_SHOWN_MOST = 40
_GAVE_WAY = {"40P01", "40001", "55P03"}
"""What PostgreSQL says of a deadlock, of two that cannot be put in an order, and of a lock that is held too long."""


@dataclass(frozen=True)
class Kept:
    """One field of a form that came too late, as it was typed."""

    name: str
    value: str


class FormTooLarge(TadamunError):
    """More fields or more text came at once than a form may hold."""


class OpensByButton(TadamunError):
    """The address is where a form is sent to; it is no page of its own."""


def answer_to(request: HttpRequest, error: TadamunError, *, status: int | None = None) -> HttpResponse:
    """The page, or the problem document (RFC 9457), that says what happened and what to do next."""
    sentence = sentence_for(error)
    status = status or STATUS[error.kind]
    if _wants_json(request):
        response = problem(request, code=error.code, status=status, sentence=sentence, params=error.params)
    else:
        context = {"sentence": sentence, "status": status, "request_id": request_id(request)}
        response = render(request, "errors/typed.html", context, status=status)
    if error.kind is ErrorKind.LIMITED:
        response["Retry-After"] = str(60 * int(error.params.get("minutes", 1)))
    if error.kind is ErrorKind.UNKNOWN:
        response["WWW-Authenticate"] = "Bearer"
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page of a request that cannot be read, or holds too much."""
    if isinstance(exception, DisallowedHost):
        # The page's frame would ask for the host once more.
        return plain_bad_request(request, exception)
    _surround(request)
    if isinstance(exception, TooManyFieldsSent | TooManyFilesSent | RequestDataTooBig):
        return answer_to(request, FormTooLarge(), status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return answer_to(request, TadamunError(), status=HTTPStatus.BAD_REQUEST)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page of an address that leads nowhere."""
    _surround(request)
    return answer_to(request, Missing())


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page of a door that is closed to this viewer."""
    _surround(request)
    return answer_to(request, Refused())


def not_allowed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The page of a door that does not know this method; the header `Allow` names those it knows, as it did."""
    if _wants_json(request):
        return as_problem(request, response)
    said = answer_to(request, OpensByButton(), status=HTTPStatus.METHOD_NOT_ALLOWED)
    said["Allow"] = response["Allow"]
    return said


def too_many(request: HttpRequest) -> HttpResponse:
    """The page of a limit on whole pages, which allauth counts by the minute."""
    return answer_to(request, Limited(minutes=1))


def form_out_of_date(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came without a valid token: too old, or the browser keeps no cookies. What was typed is kept in it."""
    _surround(request)
    return render(request, "errors/form_out_of_date.html", _what_was_sent(request), status=403)


def stands_in_the_way(error: Exception) -> bool:
    """Whether the database gave way because two did something about the same rows at once: trying again helps."""
    if not isinstance(error, OperationalError):
        return False
    return getattr(error.__cause__, "sqlstate", "") in _GAVE_WAY or "is locked" in str(error)


def at_the_same_moment(request: HttpRequest) -> HttpResponse:
    """The page of two at once: nothing was changed, and one press sends the same once more."""
    if _wants_json(request):
        response = problem_of_status(request, 503)
    else:
        context = {**_what_was_sent(request), "sends": request.method == "POST" and _from_here(request)}
        response = render(request, "errors/at_the_same_moment.html", context, status=503)
    response["Retry-After"] = "1"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """The page of our own fault; it needs neither database nor session."""
    if _wants_json(request):
        return problem_of_status(request, 500)
    return HttpResponse(render_to_string("errors/500.html", {"request_id": request_id(request)}), status=500)


def _what_was_sent(request: HttpRequest) -> dict[str, Any]:
    """The fields of a form as they were typed, to be sent once more with a fresh token; passwords are left out."""
    # Another site's form is shown no button that would send it after all, with a valid token.
    kept = [
        Kept(name, without_controls(value))
        for name, values in request.POST.lists()
        if _from_here(request) and not any(word in name for word in _SECRET)
        for value in values
        if isinstance(value, str)
    ]
    own = url_has_allowed_host_and_scheme(request.path, allowed_hosts=None)
    return {
        "kept": kept,
        "shown": [one for one in kept if " " in one.value.strip()][:_SHOWN_MOST],
        "left_out": any("password" in name for name in request.POST),
        "action": request.get_full_path() if own else "/",
        "request_id": request_id(request),
    }


def _from_here(request: HttpRequest) -> bool:
    """Whether a page of this very site sent the form, by what the browser itself says of it."""
    said = request.headers.get("Sec-Fetch-Site")
    if said:
        return said in {"same-origin", "none"}
    origin = request.headers.get("Origin") or request.headers.get("Referer")
    return not origin or origin.partition("//")[2].partition("/")[0] == request.get_host()


def _surround(request: HttpRequest) -> None:
    """Give the page its community where no view was reached, so that a helpline stands on it too."""
    if getattr(request, "community", None) is not None:
        return
    try:
        community = communities.home_community(viewer=getattr(request, "user", None))
    except DatabaseError:
        return
    request.community = community  # type: ignore[attr-defined]
    activate_region(
        community.region if community else "", with_hijri=community is not None and community.shows_hijri
    )


def _wants_json(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")

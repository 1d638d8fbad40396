"""Problem documents (RFC 9457): how a refusal is said to a program."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from tadamun.web.sentences import Sentence
from tadamun.web.sentences.http import HTTP

PROBLEM = "application/problem+json"


def problem(
    request: HttpRequest,
    *,
    code: str,
    status: int,
    sentence: Sentence,
    params: dict[str, Any] | None = None,
    errors: list[dict[str, str]] | None = None,
) -> HttpResponse:
    """A problem document (RFC 9457): its type and code for programs, title and detail for people.

    :param errors: what is wrong in what was sent: where, and why as a code; never what it was.
    """
    document: dict[str, Any] = {
        "type": f"urn:tadamun:problem:{code}",
        "title": str(sentence.title),
        "status": status,
        "detail": str(sentence.advice),
        "code": code,
        "params": _said(params or {}),
        "request_id": request_id(request),
    }
    if errors is not None:
        document["errors"] = errors
    plain = {"ensure_ascii": False}
    return JsonResponse(document, status=status, content_type=PROBLEM, json_dumps_params=plain)


def problem_of_status(
    request: HttpRequest, status: int, *, errors: list[dict[str, str]] | None = None
) -> HttpResponse:
    """The problem document of a refusal that only HTTP knows, such as 405 or 415."""
    code, sentence = HTTP.get(status, HTTP[500 if status >= 500 else 400])  # noqa: PLR2004
    return problem(request, code=code, status=status, sentence=sentence, errors=errors)


def as_problem(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """An answer to a program as it is, or as a problem document if it is a refusal in another form."""
    if response.status_code < 400 or response.get("Content-Type", "") == PROBLEM:  # noqa: PLR2004
        return response
    said = problem_of_status(request, response.status_code)
    for header in ("Allow", "Retry-After", "WWW-Authenticate"):
        if header in response:
            said[header] = response[header]
    return said


def _said(params: dict[str, Any]) -> dict[str, Any]:
    """Parameters of an error that are codes and numbers."""
    return {name: value for name, value in params.items() if isinstance(value, str | int | float | list)}


def request_id(request: HttpRequest) -> str:
    """The id of a request, for the log and for whoever reports an error."""
    return str(getattr(request, "request_id", ""))

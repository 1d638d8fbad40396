"""The root of the doors for programs: it joins the routers of the apps, describes them and says every refusal."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.parser import Parser
from ninja.renderers import JSONRenderer

from tadamun.foundation.api import Token
from tadamun.foundation.catalogue.api import router as catalogue
from tadamun.foundation.notices.api import router as notices
from tadamun.foundation.people.api import router as people
from tadamun.foundation.places.api import router as places
from tadamun.foundation.problems import TokenNeeded
from tadamun.foundation.tokens.api import router as tokens
from tadamun.pillars.aid.directory.api import router as directory
from tadamun.pillars.aid.needs.api import router as needs
from tadamun.pillars.support.library.api import router as library
from tadamun.pillars.support.problems.api import router as problems
from tadamun.web.errors import answer_to
from tadamun.web.problems import PROBLEM, problem_of_status
from tadamun.web.searching.api import router as search

JSON = "application/json"
_CONVERTED = re.compile(r"<(?:\w+:)?(\w+)>")
DESCRIPTION = """What the pages do, for programs: in the name of somebody who made a token, never more than they may.

Refusals are problem documents (RFC 9457). Lists come in pages: `next` of one goes into `after` for the following.
What makes something takes an `Idempotency-Key`. `Accept-Language` chooses between ar (first), en and fr."""
SAID_BY_ALL = (400, 404, 405, 429)
SAID_OF_TOKENS = (401, 403)
SAID_OF_BODIES = (409, 413, 415)


class Slip(Schema):
    """One thing in what was sent that does not fit."""

    where: str
    why: str


class Problem(Schema):
    """A refusal (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    params: dict[str, Any]
    request_id: str
    errors: list[Slip] | None = None


class WrongMedia(Exception):
    """The body is said to be something else than JSON."""


class JsonParser(Parser):
    """Takes JSON that says that it is JSON."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body as values.

        :raises WrongMedia: another content type stands over it.
        """
        if request.content_type != JSON:
            raise WrongMedia
        return json.loads(request.body)

    def parse_querydict(self, data: Any, list_fields: list[str], request: HttpRequest) -> Any:
        """The words of the query, all of which the door must know: a misspelt one would narrow nothing, unnoticed.

        :raises ValidationError: it knows one of them not.
        """
        strange = sorted(set(data) - api.query_words(request))
        if strange:
            raise ValidationError(
                [{"loc": ("query", word[:40]), "type": "extra_forbidden"} for word in strange]
            )
        return super().parse_querydict(data, list_fields, request)


class PlainJson(JSONRenderer):
    """JSON with Arabic as it is written, not as escapes of six signs a letter."""

    json_dumps_params: Mapping[str, Any] = {"ensure_ascii": False}


class Doors(NinjaAPI):
    """The doors of all apps under one address, with the refusals that all of them share in their description."""

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: Any = None) -> Any:
        """The description; it is the same for everybody and is made once."""
        return self._description

    def get_openapi_operation_id(self, operation: Any) -> str:
        """The name of the deed alone: a program's function is called so."""
        return str(operation.view_func.__name__)

    def query_words(self, request: HttpRequest) -> frozenset[str]:
        """The words that the door of this request knows in its query."""
        route = request.resolver_match.route if request.resolver_match else ""
        path = "/" + _CONVERTED.sub(r"{\1}", route)
        return self._query_words.get((path, str(request.method).lower()), frozenset())

    @cached_property
    def _query_words(self) -> dict[tuple[str, str], frozenset[str]]:
        return {
            (path, method): frozenset(
                one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"
            )
            for path, methods in self._description["paths"].items()
            for method, operation in methods.items()
        }

    @cached_property
    def _description(self) -> Any:
        description = super().get_openapi_schema()
        schemas = description["components"]["schemas"]
        made = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas.update(made.pop("$defs"))
        schemas["Problem"] = made
        for methods in description["paths"].values():
            for method, operation in methods.items():
                _say_refusals(operation, reads=method == "get")
        description["components"]["securitySchemes"]["Token"]["description"] = (
            "A token that somebody made under «Signing in» in their account."
        )
        return description


def _say_refusals(operation: dict[str, Any], *, reads: bool) -> None:
    statuses = {*SAID_BY_ALL, 422}
    if "security" in operation:
        statuses |= {*SAID_OF_TOKENS}
    if not reads:
        statuses |= {403, *SAID_OF_BODIES}
    content = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for status in sorted(statuses):
        operation["responses"][str(status)] = {"description": "Problem", "content": content}
    operation["responses"] = {str(status): said for status, said in operation["responses"].items()}


api = Doors(
    title="Tadamun",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api",
    docs_url=None,
    auth=Token(),
    parser=JsonParser(),
    renderer=PlainJson(),
)
for _router in (tokens, people, notices, places, catalogue, directory, needs, problems, library, search):
    api.add_router("", _router)


@api.exception_handler(Exception)
def _passed_on(request: HttpRequest, error: Exception) -> HttpResponse:
    """Typed errors get their sentence, and our own faults their page, where all pages do: in the middleware."""
    raise error


@api.exception_handler(AuthenticationError)
def _unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return answer_to(request, TokenNeeded())


@api.exception_handler(RequestDataTooBig)
def _too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return problem_of_status(request, 413)


@api.exception_handler(HttpError)
def _refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    media = isinstance(error.__cause__, WrongMedia)
    return problem_of_status(request, 415 if media else error.status_code)


@api.exception_handler(ValidationError)
def _not_valid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    slips = [{"where": ".".join(map(str, one["loc"])), "why": str(one["type"])} for one in error.errors]
    return problem_of_status(request, 422, errors=slips)

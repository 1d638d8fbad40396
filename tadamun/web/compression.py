"""Sends pages and files compressed, where nobody can learn a secret from their length."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

_WORTH_IT = ("text/", "image/svg+xml", "application/javascript", "application/json")
_SAFE = {"GET", "HEAD"}
_WHOLE = 200


class Compression(GZipMiddleware):
    """Compress whole answers to plain addresses.

    A page that repeats words of its address beside a code or a token gives that away, letter by letter, through its
    compressed length (the BREACH attack). So an address with a query, and whatever a form sends, is answered as it is.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress, or leave it."""
        kind = str(response.get("Content-Type", ""))
        plain = request.method in _SAFE and not request.META.get("QUERY_STRING")
        if not plain or response.status_code != _WHOLE or not kind.startswith(_WORTH_IT):
            return response
        return super().process_response(request, response)

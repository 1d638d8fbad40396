"""Texts to phones: one POST each to the gateway that the settings name.

The gateway receives JSON `{"to": "+962…", "text": "…", "id": "…"}` and the same id as `Idempotency-Key`, so that one
that knows how can drop a repeat. Any 2xx answer means that it took the text.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from http import HTTPStatus

from django.conf import settings

SECONDS = 15.0
"""How long a text without anybody waiting for it may take."""
_LATER = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}


class NotSent(Exception):
    """The text was certainly not sent. `for_good` says that trying again is of no use."""

    def __init__(self, *, for_good: bool) -> None:
        self.for_good = for_good
        super().__init__("for good" if for_good else "for now")


class MaybeSent(Exception):
    """The line broke off after the text left: it may have been sent."""


def post_text(*, phone: str, text: str, key: str, seconds: float = SECONDS) -> None:
    """Hand one text to the gateway.

    :param phone: E.164.
    :param key: the same for every try of one text.
    :param seconds: how long to wait for the answer.
    :raises NotSent: no gateway is set, it refused, or it was never reached.
    :raises MaybeSent: no answer came.
    """
    address = str(settings.SMS_GATEWAY_URL)
    if not address.startswith(("https://", "http://")):
        raise NotSent(for_good=True)
    body = json.dumps({"to": phone, "text": text, "id": key}).encode()
    headers = {"Content-Type": "application/json", "Idempotency-Key": key}
    request = urllib.request.Request(address, data=body, headers=headers, method="POST")  # noqa: S310  # the scheme is checked above
    try:
        with urllib.request.urlopen(request, timeout=seconds):  # noqa: S310  # the scheme is checked above
            return
    except urllib.error.HTTPError as error:
        if error.code in _LATER:
            raise NotSent(for_good=False) from None
        if error.code < HTTPStatus.INTERNAL_SERVER_ERROR:
            raise NotSent(for_good=True) from None
        raise MaybeSent from None
    except urllib.error.URLError as error:
        # A refused connection or an unknown host never took the text; a timeout may have.
        if isinstance(error.reason, TimeoutError):
            raise MaybeSent from None
        raise NotSent(for_good=False) from None
    except (OSError, ValueError):
        raise MaybeSent from None

"""Somebody at a browser without scripts, over a real connection: cookies, forms, and the patience to send again."""

from __future__ import annotations

import http.client
import itertools
import re
import time
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

from tests.aid.asking.pages import form_data

PHONES = itertools.count(10_000_00)
AWAY = (OSError, http.client.HTTPException)


@dataclass
class Visitor:
    """One person with cookies and an address of their own, which the site believes of its proxy."""

    port: int
    address: str
    cookies: dict[str, str] = field(default_factory=dict)

    def send(self, path: str, data: dict[str, Any] | None = None) -> SimpleNamespace:
        """One request; its status, its headers and its content.

        :raises OSError, http.client.HTTPException: the site was away.
        """
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            headers = {"X-Forwarded-For": self.address, "Host": f"127.0.0.1:{self.port}"}
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            body = None
            if data is not None:
                body = urlencode(data, doseq=True)
                headers["Content-Type"] = "application/x-www-form-urlencoded"
            connection.request("GET" if data is None else "POST", path, body=body, headers=headers)
            answer = connection.getresponse()
            for set_cookie in answer.headers.get_all("Set-Cookie") or []:
                name, _, rest = set_cookie.partition("=")
                self.cookies[name] = rest.partition(";")[0]
            return SimpleNamespace(status=answer.status, headers=answer.headers, content=answer.read())
        finally:
            connection.close()

    def patiently(
        self, path: str, data: dict[str, Any] | None = None, *, seconds: float = 90.0
    ) -> SimpleNamespace:
        """The same request again and again while the site is away, as people do."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                return self.send(path, data)
            except AWAY:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)

    def asking(self) -> dict[str, Any]:
        """The form for asking, filled in under a phone of its own."""
        page = self.patiently("/c/olive/ask/")
        answers = {"category": "food", "when": "today", "household_size": "5", "phone": f"079{next(PHONES)}"}
        return form_data(page) | answers

    def ask(self) -> tuple[str, str] | None:
        """Ask until there is an answer; the request's id and the PIN that the page shows, or none when it says no."""
        answer = self.patiently("/c/olive/ask/", self.asking())
        if answer.status != 302:
            return None
        where = answer.headers["Location"]
        shown = self.patiently(where)
        found = re.search(r'class="code">(\d{6})<', shown.content.decode())
        assert found is not None, shown.status
        return where.rstrip("/").rpartition("/")[2], f"{int(found.group(1)):06d}"

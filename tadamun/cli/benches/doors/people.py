"""People at the doors: each client sends one request after the other over a connection that it keeps."""

from __future__ import annotations

import http.client
import itertools
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from tadamun.cli.benches.doors.instance import Measured

SERVER_ERROR = 500
WARM_UP = 8
LOOKING = ("board", "page of twenty needs", "twenty needs for a program", "open needs")
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
_numbers = itertools.count(1)


@dataclass
class Client:
    """One connection with cookies and an address of its own."""

    port: int
    session: str = ""
    token: str = ""
    seconds: list[float] = field(default_factory=list)
    bad: int = 0
    _connection: http.client.HTTPConnection | None = None

    def open(
        self, path: str, data: dict[str, str] | None = None, *, cookies: str = "", measured: bool = False
    ) -> tuple[int, str, str]:
        """One request: status, cookies that were set, page."""
        number = next(_numbers)
        headers = {
            # Everybody has an address of their own, as the site counts tries by it.
            "X-Forwarded-For": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}",
            "Cookie": "; ".join(filter(None, [f"sessionid={self.session}" if self.session else "", cookies])),
        }
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        body = urlencode(data) if data is not None else None
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._connection = self._connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        begun = time.perf_counter()
        try:
            self._connection.request("GET" if body is None else "POST", path, body=body, headers=headers)
            answer = self._connection.getresponse()
            page = answer.read()
        except (OSError, http.client.HTTPException):
            self._connection.close()
            self._connection = None
            return SERVER_ERROR, "", ""
        if measured:
            self.seconds.append(time.perf_counter() - begun)
        kept = "; ".join(one.partition(";")[0] for one in answer.headers.get_all("Set-Cookie") or [])
        return answer.status, kept, page.decode(errors="replace")


@dataclass(frozen=True)
class Door:
    """One kind of request: its name, what is sent before (not measured), what is measured, which status is right."""

    name: str
    right: int
    prepare: Callable[[Client, int], tuple[str, dict[str, str] | None, str]]


def doors(measured: Measured) -> list[Door]:
    """The doors that are measured, in order: those that look, then those that write."""
    path = measured.path

    def looking(where: str) -> Callable[[Client, int], tuple[str, dict[str, str] | None, str]]:
        def prepare(client: Client, _: int) -> tuple[str, None, str]:
            client.session = measured.coordinator
            return f"{path}/{where}", None, ""

        return prepare

    def reading(client: Client, _: int) -> tuple[str, None, str]:
        client.session, client.token = "", measured.program
        slug = path.rpartition("/")[2]
        return f"/api/v1/communities/{slug}/lines?limit=20", None, ""

    def asking(client: Client, number: int) -> tuple[str, dict[str, str], str]:
        client.session = ""
        _, cookies, page = client.open(f"{path}/ask/")
        answers = {"category": "food", "when": "week", "household_size": "5", "phone": f"078{number:07d}"}
        return f"{path}/ask/", dict(_HIDDEN.findall(page)) | answers, cookies

    def accepting(client: Client, number: int) -> tuple[str, dict[str, str], str]:
        match_id, client.session = measured.invitations[number]
        _, cookies, page = client.open(f"{path}/tasks/invitations/")
        form = {name: value for name, value in _HIDDEN.findall(page) if name == "csrfmiddlewaretoken"}
        return f"{path}/tasks/{match_id}/answer/", form | {"answer": "yes"}, cookies

    return [
        Door("board", 200, looking("board/")),
        Door("page of twenty needs", 200, looking("needs/")),
        Door("twenty needs for a program", 200, reading),
        Door("open needs", 200, looking("open-needs/")),
        Door("asking", 302, asking),
        Door("accepting", 302, accepting),
    ]


def warm_up(*, port: int, measured: Measured) -> None:
    """Let every process load what it loads once, which nobody measures."""
    for _ in range(WARM_UP):
        for door in doors(measured):
            client = Client(port=port)
            if door.name in LOOKING:
                client.open(door.prepare(client, 0)[0])
        Client(port=port).open(f"{measured.path}/ask/")


@dataclass(frozen=True)
class Crowd:
    """What clients met at one door."""

    requests: int
    wrong: int
    seconds: list[float]
    lasted: float


def crowd(
    *, door: Door, port: int, clients: int, requests: int, first: int, pause: Callable[[bool], None]
) -> Crowd:
    """Send so many requests by so many clients at once.

    Forms are fetched before: all clients wait for each other, then only what is measured is sent. `pause` is told
    when measuring begins (True) and ends (False).
    """
    people = [Client(port=port) for _ in range(clients)]
    rounds = -(-requests // clients)
    lasted = 0.0
    for turn in range(rounds):
        ready = [door.prepare(one, first + turn * clients + place) for place, one in enumerate(people)]
        barrier = threading.Barrier(clients + 1)

        def send(one: Client, what: tuple[str, dict[str, str] | None, str], gate: threading.Barrier) -> None:
            gate.wait()
            status, _, _ = one.open(what[0], what[1], cookies=what[2], measured=True)
            one.bad += status != door.right

        threads = [
            threading.Thread(target=send, args=(one, what, barrier))
            for one, what in zip(people, ready, strict=True)
        ]
        for thread in threads:
            thread.start()
        pause(True)
        begun = time.perf_counter()
        barrier.wait()
        for thread in threads:
            thread.join()
        lasted += time.perf_counter() - begun
        pause(False)
    seconds = sorted(second for one in people for second in one.seconds)
    return Crowd(rounds * clients, sum(one.bad for one in people), seconds, lasted)

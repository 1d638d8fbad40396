"""The examples of docs/api.md, as they stand there."""

from __future__ import annotations

import re
import shlex
from typing import Any

import pytest
from django.test import Client

from tadamun.foundation.tokens.vocabulary import PREFIX, Scope
from tadamun.web.middleware import CALLS_MOST
from tests.doors.world import World
from tests.house.plan import ROOT

DOCUMENT = (ROOT / "docs/api.md").read_text(encoding="utf-8")
EXAMPLES = [
    line
    for block in re.findall(r"```sh\n(.*?)```", DOCUMENT, flags=re.DOTALL)
    for line in block.replace("\\\n", " ").splitlines()
]


def run(command: str, *, token: str, pin: str) -> Any:
    """What the command of an example is answered."""
    words = shlex.split(
        command.replace("$SITE", "").replace("$TOKEN", token).replace("'$PIN'", pin).replace("$PIN", pin)
    )
    method, body, headers, url = "GET", "", {}, words[-1]
    for word, value in zip(words[1:-1:2], words[2:-1:2], strict=True):
        if word == "-X":
            method = value
        elif word == "-d":
            body = value
        elif word == "-H":
            name, _, content = value.partition(": ")
            headers[name] = content
    kind = headers.pop("Content-Type", "application/octet-stream")
    return Client().generic(method, url, body, content_type=kind, headers=headers)


@pytest.mark.django_db
def test_every_example_does_what_the_page_says(world: World, visitors: dict[str, Client]) -> None:
    assert len(EXAMPLES) > 10
    for command in EXAMPLES:
        answer = run(command, token=f"{PREFIX}of-coordinator", pin=world.keys["pin"])
        expected = {"GET": {200}, "POST": {200, 201}}["POST" if "-X POST" in command else "GET"]
        if "$TOKEN" not in command and command.endswith('/token"'):
            expected = {401}
        assert answer.status_code in expected, (command, answer.content.decode())


def test_the_page_names_every_scope_and_the_limit() -> None:
    assert {scope.value for scope in Scope if f"`{scope.value}`" in DOCUMENT} == {*Scope}
    assert f"{CALLS_MOST:,} calls" in DOCUMENT

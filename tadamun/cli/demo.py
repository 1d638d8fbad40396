"""Fills an instance in demo mode with the demonstration community."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from tadamun.cli.instance import with_instance
from tadamun.cli.output import emit, json_option, refuse, say


@click.command("demo")
@json_option
@with_instance
def command(as_json: bool) -> None:
    """Load the demonstration community, once, and print how to enter it.

    The instance must be in demo mode (TADAMUN_DEMO=1), which lets anybody enter as anybody.
    """
    from django.conf import settings

    if not settings.DEMO:
        refuse(
            "This instance is not in demo mode. Set TADAMUN_DEMO=1 on an instance without real people.",
            code="not_a_demo",
        )
    told = _load()
    emit({"loaded": told, **_entry()}, as_json=as_json, text=_lines())


def welcome() -> list[str]:
    """Load the demonstration where the instance is empty; the lines that tell how to enter, or none."""
    from tadamun.foundation.communities.queries import all_communities
    from tadamun.web.demo.story import is_loaded

    if all_communities() and not is_loaded():
        return []
    _load()
    return list(_lines())


def _load() -> bool:
    from django.utils import timezone, translation

    from tadamun.web.demo.story import is_loaded, load

    if is_loaded():
        return False
    say("Telling the demonstration's story …")
    with translation.override("ar"), _uncompiled_engine():
        return load(at=timezone.now())


@contextmanager
def _uncompiled_engine() -> Iterator[None]:
    """Let the engine run as plain Python: for sixty lines that takes a second, and compiling it first takes ten."""
    if "numba" in sys.modules:
        yield
        return
    os.environ["NUMBA_DISABLE_JIT"] = "1"
    try:
        yield
    finally:
        # The worker that is started next compiles.
        del os.environ["NUMBA_DISABLE_JIT"]


def _entry() -> dict[str, Any]:
    from django.conf import settings
    from django.utils import translation

    from tadamun.web.demo.doors import DOORS
    from tadamun.web.demo.keys import GUEST_NUMBER, GUEST_PIN, PASSWORD, SLUG

    with translation.override("en"):
        people = [
            {"role": str(door.label), "name": door.name, "phone": door.phone, "password": PASSWORD}
            for door in DOORS
        ]
    return {
        "url": f"{settings.PUBLIC_URL}/",
        "community": f"{settings.PUBLIC_URL}/c/{SLUG}/",
        "people": people,
        "guest_request": {
            "url": f"{settings.PUBLIC_URL}/c/{SLUG}/track/",
            "number": GUEST_NUMBER,
            "pin": GUEST_PIN,
        },
    }


def _lines() -> Iterator[str]:
    entry = _entry()
    yield "The demonstration: every person and place in it is invented. Enter with one press on the first page, or:"
    for person in entry["people"]:
        yield f"  {person['role']:<18} {person['phone']}  {person['password']}  {person['name']}"
    guest = entry["guest_request"]
    yield f"  A guest's request   number {guest['number']}, PIN {guest['pin']}, at {guest['url']}"

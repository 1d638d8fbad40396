"""Joins what every app keeps about somebody: into one export, and into one forgetting.

An app with records of people has `queries.my_records(*, person)` and `services.forget_person(*, person, at)`; a test
fails for a model with a person key in an app that has neither.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.db import transaction

from tadamun.foundation.trail.services import held_back


def records_of(*, person: Any, at: datetime) -> dict[str, Any]:
    """Everything the instance keeps about somebody, app by app, in plain values."""
    records: dict[str, Any] = {"made_at": at}
    for label, function in _functions("queries", "my_records"):
        records[label] = function(person=person)
    return records


@transaction.atomic
def forget(*, person: Any, at: datetime) -> None:
    """Forget somebody everywhere, in one transaction, the highest app first, as lower ones hold what it points at.

    :raises TadamunError: an app refuses for a reason it names, as for a last steward; nothing is changed then.
    """
    with held_back():
        for _, function in reversed(list(_functions("services", "forget_person"))):
            function(person=person, at=at)


def apps_that_know_people() -> dict[str, set[str]]:
    """By app label, which of the two functions it has."""
    known: dict[str, set[str]] = {}
    for module, name in (("queries", "my_records"), ("services", "forget_person")):
        for label, _ in _functions(module, name):
            known.setdefault(label, set()).add(name)
    return known


def _functions(module: str, name: str) -> Iterator[tuple[str, Any]]:
    for app in apps.get_app_configs():
        if app.name.startswith("tadamun.") and find_spec(f"{app.name}.{module}"):
            function = getattr(import_module(f"{app.name}.{module}"), name, None)
            if function is not None:
                yield app.label, function

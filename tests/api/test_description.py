"""The doors for programs do what their description says, whatever is sent; and never break."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis import checks as general
from schemathesis.core.failures import FailureGroup
from schemathesis.core.parameters import ParameterLocation
from schemathesis.specs.openapi import checks

from tadamun.foundation.tokens.vocabulary import PREFIX
from tadamun.web import middleware
from tests.doors.programs import KEYS_OF, OPERATIONS, programs
from tests.doors.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

CALLERS = ("guest", "with_pin", "member", "giver", "asker", "coordinator", "auditor")
CHECKED = [
    general.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]
#: What fits the description may still be refused, by a state or a rule of the field: that is no fault.
CHECKED_OF_SLIPS = [*CHECKED, checks.negative_data_rejection]
EXAMPLES = {GenerationMode.POSITIVE: 10, GenerationMode.NEGATIVE: 5}


@pytest.fixture
def description(world: World) -> Iterator[Any]:
    """The description as it is served; the requests share the connection of the test, so none may close it."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app=get_wsgi_application())
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


@pytest.mark.parametrize("mode", EXAMPLES)
def test_every_door_answers_as_it_is_described(
    world: World, description: Any, mode: GenerationMode, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(middleware, "CALLS_MOST", 1_000_000)
    programs(world)
    tried, faults = 0, []
    for found in description.get_all_operations():
        operation = found.ok()
        if mode is GenerationMode.NEGATIVE and not _can_slip(operation):
            continue
        tried += 1
        try:
            knock(operation, world, mode=mode)
        except FailureGroup as found_faults:
            faults.append(str(found_faults))
    assert tried > 20
    assert not faults, "\n\n".join(faults)


def knock(operation: Any, world: World, *, mode: GenerationMode) -> None:
    """Call one door with made-up values at things that stand in the world, as different people."""
    name = operation.definition.raw["operationId"]
    known = _keys(operation, world)
    callers = st.sampled_from([*sorted(OPERATIONS[name] & {*CALLERS}) * 3, *CALLERS])
    checked = CHECKED_OF_SLIPS if mode is GenerationMode.NEGATIVE else CHECKED

    @settings(
        max_examples=EXAMPLES[mode],
        database=None,
        derandomize=True,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode), caller=callers)
    def try_once(case: Any, caller: str) -> None:
        path = case.meta.components.get(ParameterLocation.PATH) if case.meta else None
        if path is None or path.mode is GenerationMode.POSITIVE:
            case.path_parameters = {**(case.path_parameters or {}), **known}
        if mode is GenerationMode.POSITIVE:
            case.body = _at_home(case.body, world)
        headers = {"Accept-Encoding": "identity"}
        if caller not in {"guest", "with_pin"}:
            headers["Authorization"] = f"Bearer {PREFIX}of-{caller}"
        with transaction.atomic():
            case.call_and_validate(headers=headers, checks=checked)
            transaction.set_rollback(True)

    try_once()


def _can_slip(operation: Any) -> bool:
    """Whether anything but the address can be wrong."""
    return bool(operation.body or operation.query)


def _at_home(said: Any, world: World) -> Any:
    """What was made up, with things that stand in the world where it names any."""
    if isinstance(said, list):
        return [_at_home(one, world) for one in said]
    if not isinstance(said, dict):
        return said
    known = {**world.keys, "category": "blankets", "consent_version": "1", "house": None}
    return {word: known[word] if word in known else _at_home(one, world) for word, one in said.items()}


def _keys(operation: Any, world: World) -> dict[str, str]:
    name = operation.definition.raw["operationId"]
    mine = {word: world.keys[key] for word, key in KEYS_OF.get(name, {}).items()}
    words = [parameter.name for parameter in operation.path_parameters]
    return {word: mine.get(word) or world.keys[word] for word in words}

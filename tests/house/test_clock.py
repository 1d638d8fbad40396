"""Only doors and commands read the clock; everything else is told what time it is."""

import ast
from pathlib import Path

from tests.house.plan import PACKAGE

#: `perf_counter` measures how long something took; it tells nobody the time.
CLOCKS = {("timezone", "now"), ("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"),
          ("time", "time"), ("timezone", "localtime"), ("timezone", "localdate")}  # fmt: skip
#: The library of accounts calls its adapter and its forms itself: they are doors too.
DOORS = {"views", "api", "admin", "management", "middleware", "jobs", "adapter", "sign_in_forms"}


def reads_the_clock(path: Path) -> list[int]:
    """The lines on which a module asks for the time."""
    lines = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _is_clock(node):
            lines.append(node.lineno)
    return lines


def _is_clock(call: ast.Call) -> bool:
    function = call.func
    assert isinstance(function, ast.Attribute)
    owner = function.value
    name = owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else ""
    if (name, function.attr) in {("timezone", "localtime"), ("timezone", "localdate")}:
        return not call.args  # with an argument they only convert
    return (name, function.attr) in CLOCKS


def test_services_queries_models_and_engines_receive_the_time():
    found = []
    for floor in ("foundation", "pillars", "engines", "kernel"):
        for path in (PACKAGE / floor).rglob("*.py"):
            rooms = {part.removesuffix(".py") for part in path.relative_to(PACKAGE).parts[1:]}
            if not rooms & DOORS:
                found += [f"{path.relative_to(PACKAGE)}:{line}" for line in reads_the_clock(path)]

    assert found == []

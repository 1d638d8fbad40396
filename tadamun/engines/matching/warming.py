"""Compiling the engine, or loading what is compiled, before anything is timed."""

from __future__ import annotations

from typing import Final

from tadamun.engines.jit import is_cached
from tadamun.engines.matching import fairness, geodesy, nearest, paths, proof
from tadamun.engines.matching.checker import check, lists
from tadamun.engines.matching.policy import Policy
from tadamun.engines.matching.sample import draw_instance
from tadamun.engines.matching.solve import solve

_SMALL: Final = 60
_MODULES: Final = (paths, proof, fairness, nearest, geodesy, lists)


def is_compiled() -> bool:
    """Whether an earlier process has compiled the engine, so that it starts in a moment instead of seconds."""
    return all(
        is_cached(function)
        for module in _MODULES
        for name, function in vars(module).items()
        if getattr(function, "__module__", "") == module.__name__ and hasattr(function, "py_func")
    )


def warm_up() -> None:
    """Match a small neighbourhood in order and in turns, and check it: every compiled loop is ready afterwards."""
    instance = draw_instance(needs=_SMALL)
    for policy in (Policy(), Policy(fair=True, widen=True), Policy(complete_pairs=0)):
        result = solve(instance=instance, policy=policy)
        check(instance=instance, matches=result.matches, certificate=result.certificate)

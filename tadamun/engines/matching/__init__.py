"""Matching: who is helped, by whom.

Needs and offers become the best possible plan in a published order, with a proof that anyone can check::

    from tadamun.engines import matching

    result = matching.solve(instance=instance, policy=matching.Policy(fair=True))
    assert not matching.check(instance=instance, matches=result.matches, certificate=result.certificate)

The method, the formats and the meaning of every code are described in ``docs/engines/matching.md``.
"""

from __future__ import annotations

from tadamun.engines.matching.certificate import (
    Certificate,
    Part,
    certificate_from_dict,
    certificate_from_json,
)
from tadamun.engines.matching.checker import Violation, check, count
from tadamun.engines.matching.choices import Choice, top_choices
from tadamun.engines.matching.errors import InvalidCertificate, InvalidInstance, InvalidPolicy
from tadamun.engines.matching.graph import Kind
from tadamun.engines.matching.instance import (
    OPEN_FROM,
    OPEN_UNTIL,
    Instance,
    Needs,
    Offers,
    pack_words,
)
from tadamun.engines.matching.matches import (
    Figures,
    Matches,
    NeedState,
    figures_of,
    match_km,
    matches_of,
)
from tadamun.engines.matching.policy import Policy, policy_from_dict, policy_from_toml
from tadamun.engines.matching.priority import counted_tiers, needs_in_order
from tadamun.engines.matching.reasons import Reason, ReasonCode, explain, waiting_step
from tadamun.engines.matching.sample import draw_instance
from tadamun.engines.matching.solve import Result, solve
from tadamun.engines.matching.spread import Spread, spread_of
from tadamun.engines.matching.standing import Standing
from tadamun.engines.matching.warming import is_compiled, warm_up

__all__ = [
    "OPEN_FROM",
    "OPEN_UNTIL",
    "Certificate",
    "Choice",
    "Figures",
    "Instance",
    "InvalidCertificate",
    "InvalidInstance",
    "InvalidPolicy",
    "Kind",
    "Matches",
    "NeedState",
    "Needs",
    "Offers",
    "Part",
    "Policy",
    "Reason",
    "ReasonCode",
    "Result",
    "Spread",
    "Standing",
    "Violation",
    "certificate_from_dict",
    "certificate_from_json",
    "check",
    "count",
    "counted_tiers",
    "draw_instance",
    "explain",
    "figures_of",
    "is_compiled",
    "match_km",
    "matches_of",
    "needs_in_order",
    "pack_words",
    "policy_from_dict",
    "policy_from_toml",
    "solve",
    "spread_of",
    "top_choices",
    "waiting_step",
    "warm_up",
]

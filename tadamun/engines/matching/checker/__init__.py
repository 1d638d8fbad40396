"""A second opinion: accept or reject a matching from the inputs and the certificate alone.

Nothing here calls the solver or its search. The checker reads the inputs, works out for itself who could help whom, in
which order needs come and what every offer has left, and then holds the published cut-offs and prices against every
pair. If it finds nothing, no other plan serves the needs better in their order, and none that serves them so is
shorter.
"""

from __future__ import annotations

from tadamun.engines.matching.checker.check import check
from tadamun.engines.matching.checker.violations import Violation, count

__all__ = ["Violation", "check", "count"]

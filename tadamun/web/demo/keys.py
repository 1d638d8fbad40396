"""What opens the demonstration: known to everybody, as it holds nobody."""

from __future__ import annotations

SLUG = "zaytoun"
PASSWORD = "olive-tree-7"  # noqa: S105  # shown on the demonstration's own front page
GUEST_NUMBER = 1042
GUEST_PIN = "731904"
"""Number and PIN of the one guest's request that everybody may follow."""

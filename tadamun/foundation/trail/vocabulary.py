"""What the trail says of a record: the shape of an entry."""

from __future__ import annotations

GENESIS = "0" * 64
"""The hash before the first entry of a chain."""

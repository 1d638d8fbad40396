"""Columns that hold a code of a vocabulary: the database refuses any other."""

from __future__ import annotations

from enum import Enum

from django.db.models import CheckConstraint, Q


def one_of(field: str, kind: type[Enum], *, name: str) -> CheckConstraint:
    """A constraint that a column holds one of the codes of a vocabulary."""
    return CheckConstraint(condition=Q(**{f"{field}__in": [code.value for code in kind]}), name=name)

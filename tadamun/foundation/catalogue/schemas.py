"""What a program reads of the catalogue."""

from __future__ import annotations

from ninja import Schema


class CategoryBelow(Schema):
    """A category under a main one."""

    code: str
    name: str
    unit: str
    perishable: bool
    sensitive: bool
    whole: bool
    is_money: bool


class CategoryRead(CategoryBelow):
    """A main category, with those below it."""

    below: list[CategoryBelow]

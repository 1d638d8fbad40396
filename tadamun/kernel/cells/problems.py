"""What is wrong with one cell: a code that begins with the name of its field, never a sentence."""

from __future__ import annotations


class CellProblem(ValueError):
    """A cell that cannot be read. `code` says why: `phone_missing`, `date_not_understood` and the like."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

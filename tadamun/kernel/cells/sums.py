"""A sum of money as it stands among the words of a cell: a whole number beside the word of its currency."""

from __future__ import annotations

import re

from tadamun.kernel.cells.folding import fold
from tadamun.kernel.cells.vocabulary import vocabulary
from tadamun.kernel.digits import to_latin

_NUMBER = re.compile(r"(?<![\d.,٬٫/])(?P<whole>\d{1,3}(?:[,٬]\d{3})+|\d{1,9})(?:[.٫]0{1,2})?(?![\d.,٬٫]*\d)")
_TO = re.compile(r"\d\s*(?:[-–—/]|الى|إلى|حتى|حتّى|او|أو|to|or|à|ou)\s*$")
"""What makes of two numbers from one to the other: which of them is meant is not ours to say."""


def read_sum(text: str, *, currency: str) -> int | None:
    """The whole sum in a currency (ISO 4217) that a text names once; None where it names none, or several."""
    known = vocabulary("money")["words"].get(currency, [])
    plain = to_latin(text).casefold()
    found: set[int] = set()
    for number in _NUMBER.finditer(plain):
        before, behind = plain[: number.start()], plain[number.end() :]
        if not (_begins(behind, known) or _ends(before, known)):
            continue
        if _TO.search(before):
            return None
        found.add(int(re.sub(r"\D", "", number["whole"])))
    return found.pop() if len(found) == 1 and found != {0} else None


def _begins(text: str, known: list[str]) -> bool:
    folded = fold(text[:40])
    return any(folded == word or folded.startswith(f"{word} ") for word in known)


def _ends(text: str, known: list[str]) -> bool:
    folded = fold(text[-40:])
    return any(folded == word or folded.endswith(f" {word}") for word in known)

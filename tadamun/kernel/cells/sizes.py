"""How many people a household is, in figures or in words: «خمسة أفراد», «نحن ٦», "5 pers."."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from tadamun.kernel.cells.cell import Cell, text_of
from tadamun.kernel.cells.folding import words
from tadamun.kernel.cells.problems import CellProblem
from tadamun.kernel.cells.vocabulary import vocabulary
from tadamun.kernel.digits import to_latin

SIZE_MOST = 60
TEN, TWENTY = 10, 20
_BLANK = frozenset({"", "-", "--", "—", "–", "/", "؟", "?", "."})
# "une famille de 5": an article; a number only before «enfant» and the like.
_ARTICLES = frozenset({"un", "une", "one"})
_NUMBER = re.compile(r"(\d+)(?:[.,٫]0+)?")
_RANGE = re.compile(r"\d\s*[-–—~]\s*\d")


def read_size(cell: Cell) -> int | None:
    """The number of people, or None where the cell is empty.

    :raises CellProblem: `size_not_understood`, or `size_out_of_range` below 1 or above 60.
    """
    if isinstance(cell, bool | date):
        raise CellProblem("size_not_understood")
    text = to_latin(text_of(cell))
    if text in _BLANK:
        return None
    plain = _NUMBER.fullmatch(text)
    size = int(plain[1]) if plain else _in_words(text)
    if not 1 <= size <= SIZE_MOST:
        raise CellProblem("size_out_of_range")
    return size


def _in_words(text: str) -> int:
    if _RANGE.search(text) or re.search(r"\d[.,٫]\d|-\s*\d", text):
        raise CellProblem("size_not_understood")
    known = _words()
    tokens = words(text)
    cut = next((i for i, word in enumerate(tokens) if word in known.part_of_it), len(tokens))
    tokens = tokens[:cut]
    numbers = _numbers(tokens)
    persons = sum(_person(word) for word in tokens)
    if not numbers:
        if persons:
            return persons
        if any(_bare(word) in known.single for word in tokens):
            return 1
        raise CellProblem("size_not_understood")
    if len(set(numbers)) == 1 and len(numbers) > 1 and "+" not in text and not _adds_up(tokens):
        return numbers[0]  # «٦ (ستة)»
    if len(numbers) > 1 and not ("+" in text or persons or _adds_up(tokens)):
        raise CellProblem("size_not_understood")
    if len(numbers) > 1 and any(word in known.either for word in tokens) and "+" not in text:
        raise CellProblem("size_not_understood")
    return sum(numbers) + persons


class _Words:
    """The words for numbers and people, by word."""

    def __init__(self) -> None:
        given = vocabulary("numbers")
        self.numbers = {word: int(n) for n, spelt in given["numbers"].items() for word in spelt}
        self.units = {word: int(n) for n, spelt in given["teens"]["units"].items() for word in spelt}
        self.teen = frozenset(given["teens"]["after"])
        self.people = {word: int(n) for n, spelt in given["people"].items() for word in spelt}
        self.single = frozenset(given["single"]["words"])
        self.kinds = frozenset(given["kinds"]["words"])
        self.part_of_it = frozenset(given["part_of_it"]["words"])
        self.either = frozenset(given["either"]["words"])


@cache
def _words() -> _Words:
    return _Words()


def _bare(word: str) -> str:
    """The word without «و» and «ال» before it, where that makes a known one."""
    known = _words()
    for prefix in ("وال", "ال", "و", "ب", "لل"):
        rest = word.removeprefix(prefix)
        if rest != word and (
            rest in known.numbers
            or rest in known.units
            or rest in known.people
            or rest in known.kinds
            or rest in known.single
        ):
            return rest
    return word


def _numbers(tokens: list[str]) -> list[int]:
    known, found = _words(), list[int]()
    place = 0
    while place < len(tokens):
        word = tokens[place] if tokens[place] in known.numbers else _bare(tokens[place])
        after = tokens[place + 1] if place + 1 < len(tokens) else ""
        unit = known.units.get(word) or known.numbers.get(word)
        if word.isdigit():
            found.append(int(word))
        elif unit and unit < TEN and after in known.teen:
            found.append(unit + TEN)
            place += 1
        elif unit and unit < TEN and after.startswith("و") and known.numbers.get(after[1:], 0) >= TWENTY:
            found.append(unit + known.numbers[after[1:]])  # «خمسة وعشرون»
            place += 1
        elif unit and unit >= TWENTY and known.numbers.get(after, TEN) < TEN:
            found.append(unit + known.numbers[after])  # twenty one
            place += 1
        elif (
            unit and word in known.numbers and not (word in _ARTICLES and after and after not in known.kinds)
        ):
            found.append(unit)
        place += 1
    return found


def _person(word: str) -> int:
    known = _words()
    return known.people.get(word) or known.people.get(_bare(word), 0)


def _adds_up(tokens: list[str]) -> bool:
    return any(_bare(word) in _words().kinds for word in tokens)

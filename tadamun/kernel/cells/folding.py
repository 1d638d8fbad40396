"""One form of a text to compare by: letters that people write one way or another become the same."""

from __future__ import annotations

import re
import unicodedata

from tadamun.kernel.digits import to_latin
from tadamun.kernel.text import clean_line

_SAME = str.maketrans(
    {"ٱ": "ا", "ى": "ي", "ة": "ه", "ی": "ي", "ک": "ك", "ہ": "ه", "ـ": "", "’": " ", "'": " "}
)
_WORDS = re.compile(r"\d+|[^\W\d_]+")


def fold(text: str) -> str:
    """Words and numbers only: no vowel signs, one alef, Latin digits, small letters, single spaces."""
    return " ".join(words(text))


def words(text: str) -> list[str]:
    """The folded words and numbers of a text, in their order; a number beside a letter is a word of its own."""
    spread = unicodedata.normalize("NFKD", to_latin(clean_line(text)))
    bare = "".join(c for c in spread if unicodedata.category(c) != "Mn")
    return _WORDS.findall(bare.translate(_SAME).casefold())


def fold_name(name: str) -> str:
    """A person's name to compare by: as `fold`, and «أبو زيد» like «أبوزيد», «عبد الله» like «عبدالله»."""
    joined: list[str] = []
    for word in words(name):
        if joined and joined[-1] in _JOINS:
            joined[-1] += word
        else:
            joined.append(word)
    return " ".join(joined)


_JOINS = frozenset(
    {"ابو", "ابا", "ابي", "عبد", "ام", "بن", "ابن", "ال", "abu", "abou", "abd", "umm", "oum", "al", "el"}
)

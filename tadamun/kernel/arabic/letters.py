"""One spelling for what people spell in many: hamzas, tā' marbūta, alif maqsūra, vowel signs, digits, direction marks.

The conflations are those of light Arabic retrieval (Larkey, Ballesteros and Connell, *Improving Stemming for Arabic
Information Retrieval*, SIGIR 2002), with the Persian and Kurdish letters that keyboards produce, and with hamzas left
out as many people leave them out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

# Vowel signs, small letters above, tatweel, and every mark that only steers direction or joining.
_SILENT = "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_DROPPED = re.compile(f"[{_SILENT}\u0300-\u036f]")
_LETTERS = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"),
        **dict.fromkeys("ىئیېۍ", "ي"),
        **dict.fromkeys("ؤۆۇ", "و"),
        **dict.fromkeys("ةۀەہھ", "ه"),
        **dict.fromkeys("کگڭݣ", "ك"),
        "پ": "ب",
        "چ": "ج",
        "ژ": "ز",
        "ڤ": "ف",
        **{chr(0x660 + digit): str(digit) for digit in range(10)},
        **{chr(0x6F0 + digit): str(digit) for digit in range(10)},
        "œ": "oe",
        "æ": "ae",
        "ø": "o",
        "ł": "l",
    }
)
_DIGIT = "0-9\u0660-\u0669\u06f0-\u06f9"
# As typed: a number with its marks, or a run of letters with what is written on and between them.
_WORD = re.compile(rf"[{_DIGIT}]+(?:[.,٫٬][{_DIGIT}]+)*|(?:[^\W\d_]|[{_SILENT}\u0300-\u036f])+")
_PIECE = re.compile(r"[0-9]+|[\u0621-\u064a]+|[^\W\d_\u0621-\u064a]+")
_THOUSANDS = re.compile(r"[,٬](?=[0-9٠-٩۰-۹]{3}(?![0-9٠-٩۰-۹]))")
_SHORT = 3
_LONGEST = 40
# «ماء» and words as short, with what may be joined to them: without the hamza they would be other words.
_KEEPS_HAMZA = re.compile(r"[وف]?(?:[بك]?ال|لل).اء|[وف]?[بلك]?ماء")


class Word(NamedTuple):
    """A word where it stands in a text, as it is written there."""

    start: int
    end: int
    text: str


def fold(text: str) -> str:
    """The text in one spelling: small letters, no vowel signs or accents, one form of each letter, Latin digits."""
    compatible = unicodedata.normalize("NFKC", text).casefold()
    decomposed = "".join(
        unicodedata.normalize("NFKD", letter) if letter < "\u0530" else letter for letter in compatible
    )
    return unicodedata.normalize("NFC", _DROPPED.sub("", decomposed.translate(_LETTERS)))


def words(text: str) -> Iterator[Word]:
    """The words and numbers of a text, in order, with where each stands."""
    for found in _WORD.finditer(text):
        yield Word(found.start(), found.end(), found.group())


def surfaces(text: str) -> list[str]:
    """The words and numbers of a text, in order."""
    return _WORD.findall(text)


def pieces(surface: str) -> list[str]:
    """One written word folded: usually one piece; a ligature that stands for several words gives several.

    A decimal number is one piece (`1.5` is `1p5`), a comma between thousands is none. Forty letters tell words apart.
    """
    if surface[0].isdigit():
        return ["p".join(_PIECE.findall(fold(_THOUSANDS.sub("", surface))))[:_LONGEST]]
    return [_hamza_left_out(piece)[:_LONGEST] for piece in _PIECE.findall(fold(surface))]


def _hamza_left_out(piece: str) -> str:
    """A lone hamza as people write it who leave it out: none at the end, a yā' inside; short words keep theirs."""
    if "ء" not in piece or len(piece) <= _SHORT or _KEEPS_HAMZA.fullmatch(piece):
        return piece
    return piece.rstrip("ء").replace("ء", "ي") or piece

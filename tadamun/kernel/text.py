"""What people type, made safe to keep: no control characters, no direction tricks, one normal form."""

from __future__ import annotations

import re
import unicodedata

# Explicit bidi embeddings, overrides and isolates can make a shown text lie; Arabic needs none of them to read well.
_BIDI = dict.fromkeys([0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
# Vowel signs and shadda; the hamza of «أ» is a mark of its own and stays.
_VOWELS = frozenset(map(chr, range(0x064B, 0x0653)))
_BLANK_LINES = re.compile(r"\n{3,}")


def clean_line(text: str) -> str:
    """One line of text: controls and direction marks removed, white space folded, NFC."""
    return " ".join(without_controls(text).split())


def clean_text(text: str) -> str:
    """Several lines of text: as `clean_line`, but line breaks stay (at most one blank line in a row)."""
    lines = [" ".join(line.split()) for line in without_controls(text).splitlines()]
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


# Words that make a name only with the next one: «أمّ خالد», «أبو يزن», «عبد الله».
_JOINED = frozenset(
    {"أم", "ام", "أبو", "ابو", "أبا", "أبي", "عبد", "بنت", "ابن", "umm", "um", "oum", "abu", "abou", "abd"}
)


def given_name(name: str) -> str:
    """The part of a name that neighbours call somebody by: the first word, with the next where it needs one."""
    words = name.split()
    if not words:
        return ""
    bare = "".join(c for c in unicodedata.normalize("NFD", words[0]) if c not in _VOWELS)
    joined = unicodedata.normalize("NFC", bare).casefold() in _JOINED
    return " ".join(words[: 2 if joined else 1])


def without_controls(text: str) -> str:
    """A text as it was typed, but for controls and direction marks: fit to be shown in the form it came from."""
    normal = unicodedata.normalize("NFC", text).translate(_BIDI)
    return "".join(
        c if c in "\n\r\t" or unicodedata.category(c) not in {"Cc", "Cs", "Co", "Cn"} else " " for c in normal
    )

"""Texts that people write, cleaned, and refused when too long rather than cut."""

from __future__ import annotations

from tadamun.kernel.text import clean_text
from tadamun.pillars.aid.needs.errors import NothingAsked, TextTooLong


def kept_text(text: str, *, most: int, needed: bool = False) -> str:
    """The text without controls and direction tricks.

    :raises TextTooLong: it has more than `most` characters.
    :raises NothingAsked: it is empty where something is needed.
    """
    if len(text) > most:
        raise TextTooLong(most=most)
    words = clean_text(text)
    if needed and not words:
        raise NothingAsked
    return words

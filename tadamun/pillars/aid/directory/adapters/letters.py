"""Letters that another program mangled: UTF-8 read as an older code page, once, and line breaks written out."""

from __future__ import annotations

import re

# UTF-8 read as code page 437 and then thinned to letters that look alike: «GÇÖ» was ’ and «+⌐» was é.
_THINNED = str.maketrans({"G": "Γ", "+": "├"})
_DOS_QUOTES = re.compile("GÇ[\u00a1-\u00ff\u2500-\u25ff]")
_DOS_LETTERS = re.compile("\\+[⌐¿í¡óúñѺ¼½«»á╗]")
_OTHER_ACUTE = {"+¬": "é", "+¡": "í"}
_DOS_OWN = {"GÇÿ": "‘", "GÇï": "", "GÇª": "…"}
_STRANGERS = re.compile("[^\x00-\x7f\u0600-\u06ff]{2,}")
_MARKS = re.compile(r"#{3,}\s?[A-Z]{2,12}\s?#{3,}")
_WRITTEN_BREAK = re.compile(r"\\r\\n|\\n|\\r")


def restored(text: str) -> str:
    """The text with letters put back that were read in the wrong code page; all else stays."""
    if text.isascii():
        return text
    text = _DOS_QUOTES.sub(_from_dos, text)
    text = re.sub(r"\+[¬¡]", lambda found: _OTHER_ACUTE[found[0]], text)
    text = _DOS_LETTERS.sub(_from_dos, text)
    return _STRANGERS.sub(_from_windows, text)


def without_marks(text: str) -> str:
    """The text without the marks that a database left in it, such as ###COL###."""
    return _MARKS.sub("", text) if "###" in text else text


def with_breaks(text: str) -> str:
    """The text with breaks where «\\n» was written out."""
    return _WRITTEN_BREAK.sub("\n", text) if "\\" in text else text


def _from_dos(found: re.Match[str]) -> str:
    word = found[0]
    if word in _DOS_OWN:
        return _DOS_OWN[word]
    try:
        return word.translate(_THINNED).encode("cp437").decode("utf-8")
    except UnicodeError:
        return word


def _from_windows(found: re.Match[str]) -> str:
    for page in ("cp1252", "latin-1"):
        try:
            better = found[0].encode(page).decode("utf-8")
        except UnicodeError:
            continue
        if len(better) < len(found[0]):
            return better
    return found[0]

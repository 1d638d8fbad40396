"""Light stems: a word without the endings of number, gender, possession and origin; no root is sought.

The endings follow the light stemmer of Larkey, Ballesteros and Connell (SIGIR 2002). They are taken off until none is
left, so that the stem of a stem is the stem itself. English and French lose their plurals.
"""

from __future__ import annotations

_LEAST = 3
# Longest first. With two letters before it, an ending of the tā' marbūta leaves the tā' marbūta (لغتهم → لغه).
_ENDINGS = (
    "اتهما",
    "اتهم",
    "اتهن",
    "اتها",
    "اتنا",
    "اتكم",
    "تهما",
    "تهم",
    "تهن",
    "تها",
    "تنا",
    "تكم",
    "تين",
    "تان",
    "اته",
    "اتي",
    "اتك",
    "يات",
    "يين",
    "يون",
    "يان",
    "هما",
    "ات",
    "ون",
    "ين",
    "ان",
    "هم",
    "هن",
    "ها",
    "نا",
    "كم",
    "ته",
    "تي",
    "تك",
    "يه",
    "ه",
    "ي",
    "ا",
)
_OF_TA = frozenset(ending for ending in _ENDINGS if ending.startswith(("ات", "ت")))


def stem(word: str) -> str:
    """The light stem of a folded Arabic word that has lost its clitics; shorter words than three letters stay."""
    while True:
        shorter = _without_ending(word)
        if shorter == word:
            return word
        word = shorter


def _without_ending(word: str) -> str:
    for ending in _ENDINGS:
        if not word.endswith(ending):
            continue
        rest = len(word) - len(ending)
        if rest >= _LEAST:
            return word[:rest]
        if rest == _LEAST - 1 and ending in _OF_TA:
            return word[:rest] + "ه"
    return word


def latin_stem(word: str) -> str:
    """A folded English or French word without the ending of its plural and its mute last letter."""
    if len(word) > _LEAST and word.endswith("aux") and not word.endswith("eaux"):
        word = word[:-3] + "al"
    elif len(word) > _LEAST + 1 and word.endswith(("xes", "ches", "shes", "sses")):
        word = word[:-2]
    elif len(word) > _LEAST and word[-1] in "sx" and not word.endswith(("ss", "us", "is", "ox", "ax")):
        word = word[:-1]
    if len(word) > _LEAST + 1 and word.endswith("e"):
        word = word[:-1]
    if len(word) > _LEAST and word.endswith("y"):
        word = word[:-1] + "i"
    return word

"""Consonant skeletons: how a broken plural finds its singular when no list knows the word.

A broken plural keeps the consonants of its singular and changes the vowels between them: «حقيبة» and «حقائب», «فاتورة»
and «فواتير» share h-q-b and f-t-r. Two words meet by their skeletons only where at least one of them has the shape of a
broken plural, as any two words of one root would meet otherwise. The shapes are those of the grammars; finding plurals
by shape is the way of Goweder, Poesio and De Roeck, *Broken Plural Detection for Arabic Information Retrieval*,
SIGIR 2004.
"""

from __future__ import annotations

import re

_WEAK = str.maketrans("", "", "اويء")
_DOUBLED = re.compile(r"(.)\1+")
_LEAST = 3
# أفعال · أفعلة · أفعلاء · فعال, فعول · فعلاء · مفاعل, فواعل, فعائل, فعالي · فعاليل · فعايا
_PLURAL = re.compile(r"ا..ا.|ا...ه|ا...ا|[^ا].[او].|[^ا]..ا|..ا..|..ا.ي.|[^ا].ايا")
# Here two consonants are enough, as the third is weak: أبواب, أعياد, خيام, بيوت, هدايا.
_HOLLOW = re.compile(r"ا.[وي]ا.|.[وي][او].|..ايا")


def skeleton(word: str) -> str:
    """The first letter and the strong consonants after it.

    Of four letters and more, a leading alif and the tā' marbūta at the end are dropped. A consonant that a plural
    parts in two is one again, as long as three are left («سكّين», «سكاكين»).
    """
    if len(word) > _LEAST:
        word = word.removesuffix("ه").removeprefix("ا")
    bones = word[:1] + word[1:].translate(_WEAK)
    single = _DOUBLED.sub(r"\1", bones)
    return single if len(single) >= _LEAST else bones


def has_plural_shape(word: str) -> bool:
    """Whether a folded word without clitics looks like a broken plural."""
    return _PLURAL.fullmatch(word) is not None


def serves(bones: str, *, of: str) -> bool:
    """Whether a skeleton holds enough to find by: three consonants, or two of a hollow plural."""
    return len(bones) >= _LEAST or (len(bones) == _LEAST - 1 and _HOLLOW.fullmatch(of) is not None)

"""Words of acute distress, in Arabic and its dialects, English and French.

They are no diagnosis, and nothing is kept of a word being found: a message that holds one stays as it is, and its
writer sees the helpline at once. The list leans towards showing a helpline once too often. A community adds its own.

`*` at the end of a word stands for any ending. Words must stand side by side and in order; Arabic is compared in one
spelling (hamzas, tā' marbūta and vowel signs do not matter), and «و», «ف» before a word are allowed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from tadamun.kernel.arabic.letters import fold

PHRASE_MOST = 80
_WORD = re.compile(r"[^\W\d_]+")

STANDARD = (
    "انتحار*", "الانتحار", "بالانتحار", "للانتحار", "أنتحر*", "سأنتحر", "سانتحر",
    "أقتل نفسي", "سأقتل نفسي", "قتل نفسي", "أنهي حياتي", "سأنهي حياتي", "إنهاء حياتي", "أضع حدا لحياتي",
    "أؤذي نفسي", "إيذاء نفسي", "أذيت نفسي", "أجرح نفسي", "أشنق نفسي",
    "أريد أن أموت", "أريد الموت", "أتمنى الموت", "أتمنى أن أموت", "أتمنى لو أموت", "ليتني أموت", "ليتني مت",
    "لا أريد أن أعيش", "لا أريد العيش", "لا أريد الحياة", "تعبت من الحياة", "كرهت الحياة", "سئمت الحياة",
    "لا معنى لحياتي", "لا قيمة لحياتي", "لا جدوى من حياتي", "لا فائدة مني", "الأفضل أن أموت", "أفضل بدوني",
    "لا أرى مخرجا", "لا مخرج لي", "لا أرى لهذا آخر", "فقدت الأمل", "لا أمل لي", "لا أستطيع التحمل",
    "لم أعد أحتمل", "لم أعد أتحمل", "لم أعد أطيق", "لم أعد قادرا", "لم أعد قادرة",
    "الوداع للجميع", "سامحوني كلكم", "هذه رسالتي الأخيرة",
    "يضربني", "يهددني بالقتل", "سيقتلني", "اغتصبني", "اغتصاب", "يعتدي علي",
)  # fmt: skip
"""Written Arabic; the last line speaks of danger from others."""

DIALECTS = (
    # Levant
    "بدي موت", "بدي أموت", "بدي اقتل حالي", "رح اقتل حالي", "اقتل حالي", "بدي خلص من حياتي", "رح انهي حياتي",
    "أذي حالي", "اذيت حالي", "ما بدي عيش", "ما بدي أعيش", "ما عاد بدي عيش", "يا ريتني موت", "ياريتني مت",
    "ما عاد فيني", "ما عاد فيي", "ما عدت قادر*", "مش قادر* كمل", "مش قادر* أكمل", "قرفت حياتي", "قرفان حياتي",
    "طفشت من حياتي", "ما في أمل", "شو الفايدة من حياتي", "عم يضربني", "بيضربني", "رح يقتلني",
    # Egypt
    "عايز أموت", "عاوز أموت", "عايزة أموت", "عاوزة أموت", "نفسي أموت", "هموت نفسي", "هموّت نفسي", "اموت نفسي",
    "هقتل نفسي", "هنتحر", "مش عايز أعيش", "مش عايزة أعيش", "مش عاوز اعيش", "مش عاوزة اعيش", "زهقت من حياتي",
    "زهقت من الدنيا", "مش قادر* استحمل", "مليش لازمة", "ماليش لازمة", "يا ريتني أموت", "هيموتني",
    # Iraq
    "أريد اموت", "اريد انتحر", "أذبح نفسي", "اكتل نفسي", "راح اكتل نفسي", "راح انتحر", "ما اريد اعيش",
    "تعبت من عيشتي", "مليت من حياتي", "يكتلني", "راح يكتلني", "ما بقى بيه حيل",
    # Gulf and Yemen
    "ابي اموت", "أبغى أموت", "ابغا اموت", "ودي اموت", "بذبح نفسي", "اذبح روحي", "بنتحر", "ما ابي اعيش",
    "ما ابغى اعيش", "ما ودي اعيش", "طفشت من الحياة", "مليت من الحياة", "كرهت عيشتي", "اشتي اموت", "مشتيش اعيش",
    # Sudan
    "داير اموت", "دايرة اموت", "عايز اكتل روحي", "اكتل روحي", "ما داير اعيش", "ما دايرة اعيش",
    # Maghreb
    "نحب نموت", "بغيت نموت", "باغي نموت", "باغية نموت", "راني باغي نموت", "نقتل روحي", "نقتل راسي",
    "غادي نقتل راسي", "غادي ننتحر", "ننتحر", "باش ننتحر", "ما بغيتش نعيش", "ما نحبش نعيش", "منحبش نعيش",
    "كرهت حياتي", "عييت من الحياة", "عييت من حياتي", "مليت من الدنيا", "ما بقاش عندي أمل", "كيضربني", "يضرب فيا",
)  # fmt: skip

ENGLISH = (
    "suicide", "suicidal", "kill myself", "killing myself", "end my life", "take my own life", "want to die",
    "wish i was dead", "wish i were dead", "better off dead", "better off without me", "hurt myself",
    "harm myself", "self harm", "cut myself", "can't go on", "cannot go on", "no way out", "no reason to live",
    "don't want to live", "do not want to live", "dont want to live", "he hits me", "he will kill me", "rape*",
)  # fmt: skip

FRENCH = (
    "suicide", "suicider", "me tuer", "me suicide", "mourir", "en finir", "plus envie de vivre", "plus vivre",
    "me faire du mal", "me scarifier", "plus la force", "n'en peux plus", "plus d'espoir", "aucune issue",
    "il me frappe", "il va me tuer", "viol", "violée", "violé",
)  # fmt: skip

SHIPPED: tuple[str, ...] = (*STANDARD, *DIALECTS, *ENGLISH, *FRENCH)


def sounds_distressed(text: str, *, added: Iterable[str] = ()) -> bool:
    """Whether a text holds one of the words, the shipped ones or those that a community added."""
    words = " ".join(_WORD.findall(fold(text)))
    return bool(_pattern(SHIPPED).search(words)) or bool(
        (extra := _pattern(tuple(added))) and extra.pattern and extra.search(words)
    )


def phrase_key(phrase: str) -> str:
    """A phrase in one spelling, by which two are the same; empty where it holds no word."""
    return " ".join(_pieces(phrase))


@lru_cache(maxsize=256)
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    made = [" ".join(_regex(piece) for piece in _pieces(phrase)) for phrase in phrases]
    joined = "|".join(sorted(set(filter(None, made)), key=lambda one: (-len(one), one)))
    return re.compile(rf"(?:^|(?<= ))[وف]?(?:{joined})(?= |$)" if joined else "")


def _pieces(phrase: str) -> list[str]:
    return re.findall(r"[^\W\d_]+\*?", fold(phrase))


def _regex(piece: str) -> str:
    return f"{re.escape(piece[:-1])}[^ ]*" if piece.endswith("*") else re.escape(piece)

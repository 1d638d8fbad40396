"""Languages as people write them, read to their ISO 639 code."""

from __future__ import annotations

import re

from tadamun.pillars.aid.directory.adapters.columns import folded

_NAMES = {
    "ar": "arabic arabe العربية عربي",
    "en": "english anglais الانجليزية انجليزي",
    "fr": "french francais français الفرنسية فرنسي",
    "es": "spanish espanol español espagnol الاسبانية",
    "ku": "kurdish kurde kurmanji sorani الكردية كردي",
    "tr": "turkish turc التركية تركي",
    "fa": "persian farsi persan الفارسية",
    "prs": "dari الدارية",
    "ps": "pashto pachto الباشتو",
    "ur": "urdu ourdou الاوردو",
    "hy": "armenian armenien الارمنية",
    "syr": "syriac assyrian aramaic السريانية",
    "ckb": "centralkurdish",
    "ber": "amazigh tamazight berber berbere الامازيغية",
    "so": "somali الصومالية",
    "am": "amharic amharique الامهرية",
    "ti": "tigrinya التغرينية",
    "om": "oromo",
    "sw": "swahili",
    "ha": "hausa",
    "he": "hebrew العبرية",
    "ht": "creole haitiancreole haitian kreyol",
    "pt": "portuguese portugais",
    "it": "italian italien",
    "de": "german allemand الالمانية",
    "nl": "dutch neerlandais",
    "ru": "russian russe الروسية",
    "uk": "ukrainian",
    "pl": "polish",
    "ro": "romanian",
    "el": "greek grec",
    "yi": "yiddish",
    "hi": "hindi",
    "bn": "bengali bangla",
    "pa": "punjabi",
    "gu": "gujarati",
    "sd": "sindhi",
    "ta": "tamil",
    "ne": "nepali",
    "zh": "chinese mandarin cantonese taiwanese chinois",
    "ja": "japanese",
    "ko": "korean",
    "vi": "vietnamese",
    "th": "thai",
    "tl": "tagalog filipino",
    "id": "indonesian",
    "no": "norwegian",
    "sv": "swedish",
    "da": "danish",
    "is": "icelandic",
    "sgn": "asl americansignlanguage signlanguage languedessignes لغةالاشارة",
}
CODES = {folded(name): code for code, names in _NAMES.items() for name in names.split()}
CODES |= {code: code for code in _NAMES}
_BETWEEN = re.compile(r"\s*(?:[,;/&|\n*•]|\band\b|\bet\b|(?<=\S)\s+و(?=\S)|،|\. )\s*", re.IGNORECASE)


def languages_in(text: str) -> tuple[tuple[str, ...], str, bool]:
    """The codes of the languages named, what else the text says, and whether it had to be taken apart.

    A language with conditions («Spanish (limited)») is kept as words: nobody should count on it.
    """
    parts = [part.strip(" .:*") for part in _BETWEEN.split(text) if part.strip(" .:*")]
    codes, rest = [], []
    for part in parts:
        code = CODES.get(folded(part))
        if code is None:
            rest.append(part)
        elif code not in codes:
            codes.append(code)
    # Taken apart, half a sentence says nothing: the words stay whole.
    return tuple(codes), " ".join(text.split()) if rest else "", len(parts) > 1

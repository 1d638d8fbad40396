"""What Arabic writes joined to a word: and, so, in, to, like, the; and whose it is.

Which letters are a clitic and which belong to the word cannot be told from the letters alone («وجبة» is a meal, «وخبز»
is and bread). Here only the possible readings are listed, the likelier first; the lexicon decides between them, and
where it knows none, both are kept.
"""

from __future__ import annotations

from collections.abc import Iterator

_ARTICLE = "ال"
_AND = ("و", "ف")
_TO = ("ب", "ل", "ك")
_LEAST = 3
_LEAST_AFTER_ARTICLE = 2
_LEAST_UNKNOWN = 4  # letters, with the clitic
# His, her, their, our, your: longest first.
_PRONOUNS = ("هما", "كما", "هم", "هن", "ها", "كم", "كن", "نا", "ه", "ك", "ي")


def readings(word: str) -> Iterator[str]:
    """The word itself, then what is left when what may be joined before it is taken away, likelier readings first."""
    yield word
    yield from _without_article(word)
    if word[:1] in _AND:
        rest = word[1:]
        yield from _without_article(rest)
        if rest[:1] in _TO and len(rest) > _LEAST:
            yield from _long_enough(rest)
            yield rest[1:]
        else:
            yield from _long_enough(rest)
    elif word[:1] in _TO:
        yield from _long_enough(word[1:])


def has_article(word: str) -> bool:
    """Whether the word begins with the article, alone or after a clitic."""
    return next(_without_article(word), "") != "" or (
        word[:1] in _AND and next(_without_article(word[1:]), "") != ""
    )


def likely(word: str) -> list[str]:
    """The readings of a word that no list knows: without its article, or else with and without a clitic."""
    bare = next(_without_article(word), "")
    if not bare and word[:1] in _AND:
        bare = next(_without_article(word[1:]), "")
    if bare:
        return [bare]
    if word[:1] in (*_AND, *_TO) and len(word) >= _LEAST_UNKNOWN:
        return [word, word[1:]]
    return [word]


def without_pronoun(word: str) -> Iterator[str]:
    """The word without a joined «his», «her», «their»; an open tā' before it is the tā' marbūta it was."""
    for pronoun in _PRONOUNS:
        rest = word.removesuffix(pronoun)
        if rest is not word and len(rest) < len(word) and len(rest) >= _LEAST:
            if rest.endswith("ت"):
                yield rest[:-1] + "ه"
            yield rest


def _without_article(word: str) -> Iterator[str]:
    for prefix in ("ال", "بال", "كال", "لال"):
        if word.startswith(prefix) and len(word) - len(prefix) >= _LEAST_AFTER_ARTICLE:
            yield word[len(prefix) :]
    if word.startswith("لل") and len(word) - 2 >= _LEAST_AFTER_ARTICLE:
        yield word[2:]
        if len(word) - 1 >= _LEAST:
            yield word[1:]


def _long_enough(rest: str) -> Iterator[str]:
    if len(rest) >= _LEAST:
        yield rest

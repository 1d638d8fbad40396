"""Arabic for searching: what is written in many ways is found in every one of them.

    folded → words → readings without clitics → lexicon, or light stem and consonant skeleton → tokens

A document becomes a set of tokens, each word of a query a set of tokens of which one is enough, and all words of a
query are required. Tokens are letters and digits only, so every database's plainest tokenizer keeps them as they are
and two databases find the same. Words in Latin letters are folded lightly (accents, plurals of English and French).

The parts: `letters` (spellings), `clitics` (what is joined to a word), `stems`, `skeletons` (broken plurals), `lexicon`
(the editable list of words that belong together), `analysis` (the whole), `names` (people's names).
"""

from __future__ import annotations

from tadamun.kernel.arabic.analysis import Analyser, Mark, Query, QueryWord, analyser
from tadamun.kernel.arabic.letters import fold, words
from tadamun.kernel.arabic.lexicon import (
    Lexicon,
    LexiconNotUnderstood,
    entries_of,
    read_lexicon,
    shared_lexicon,
)
from tadamun.kernel.arabic.names import fold_name, name_keys, name_readings, name_skeletons, same_name
from tadamun.kernel.arabic.widening import joined, widened

__all__ = [
    "Analyser",
    "Lexicon",
    "LexiconNotUnderstood",
    "Mark",
    "Query",
    "QueryWord",
    "analyser",
    "entries_of",
    "fold",
    "fold_name",
    "joined",
    "name_keys",
    "name_readings",
    "name_skeletons",
    "read_lexicon",
    "same_name",
    "shared_lexicon",
    "widened",
    "words",
]

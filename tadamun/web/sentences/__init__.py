"""The one place where a typed error gets its words: what happened, and what to do next."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from tadamun.design.region import shown_digits
from tadamun.kernel.errors import ErrorKind, TadamunError
from tadamun.web.sentences.circles import CIRCLES
from tadamun.web.sentences.directory import DIRECTORY
from tadamun.web.sentences.engines import ENGINES
from tadamun.web.sentences.foundation import FOUNDATION
from tadamun.web.sentences.http import TOKEN_NEEDED
from tadamun.web.sentences.library import LIBRARY
from tadamun.web.sentences.needs import NEEDS
from tadamun.web.sentences.problems import PROBLEMS
from tadamun.web.sentences.programs import PROGRAMS
from tadamun.web.sentences.sentence import Sentence

__all__ = ["SENTENCES", "Sentence", "sentence_for"]

BY_KIND = {
    ErrorKind.REFUSED: Sentence(
        _("This page is not open to you."), _("If you think it should be, a coordinator can help.")
    ),
    ErrorKind.MISSING: Sentence(
        _("There is nothing here."), _("The link may be old or mistyped. The home page leads on.")
    ),
    ErrorKind.CONFLICT: Sentence(
        _("Something changed in the meantime."), _("Please look at the page again; nothing was lost.")
    ),
    ErrorKind.INVALID: Sentence(
        _("We could not understand this."), _("Please check what was entered and send it again.")
    ),
    ErrorKind.UNKNOWN: TOKEN_NEEDED,
    ErrorKind.LIMITED: Sentence(
        _("Too many tries in a short time."),
        ngettext_lazy("Please try again in a minute.", "Please try again in %(minutes)s minutes.", "minutes"),
    ),
}
"""What is said of an error that is only of its kind, as Django's own 403 and 404 are."""

SENTENCES: dict[str, Sentence] = {
    **FOUNDATION,
    **PROGRAMS,
    **DIRECTORY,
    **NEEDS,
    **CIRCLES,
    **LIBRARY,
    **PROBLEMS,
    **ENGINES,
}
"""The sentence of every typed error, by its code."""


def sentence_for(error: TadamunError) -> Sentence:
    """The sentence of an error, with its parameters put in, in the reader's language and digits."""
    sentence = SENTENCES.get(error.code, BY_KIND[error.kind])
    return Sentence(_filled(sentence.title, error.params), _filled(sentence.advice, error.params))


def _filled(text: Any, params: dict[str, Any]) -> str:
    values = {"minutes": 1, "most": 1, **params}
    try:
        return shown_digits(str(text % values))
    except (KeyError, TypeError, ValueError):
        return shown_digits(str(text))

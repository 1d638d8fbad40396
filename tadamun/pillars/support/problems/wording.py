"""The words of the codes of common problems, and how a state looks."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tadamun.pillars.support.problems.vocabulary import Happening, Moment, PostKind, ProblemState, Side

STATES: dict[ProblemState, Any] = {
    ProblemState.RAISED: pgettext_lazy("problem", "Raised"),
    ProblemState.GATHERING: pgettext_lazy("problem", "Gathering"),
    ProblemState.WORKING: pgettext_lazy("problem", "A group is at work"),
    ProblemState.SOLVED: pgettext_lazy("problem", "Solved"),
    ProblemState.PARTLY: pgettext_lazy("problem", "Partly solved"),
    ProblemState.SET_ASIDE: pgettext_lazy("problem", "Set aside"),
}
LOOKS: dict[ProblemState, tuple[str, str]] = {
    ProblemState.RAISED: ("clay", "flag"),
    ProblemState.GATHERING: ("clay", "users-plus"),
    ProblemState.WORKING: ("pine", "tools"),
    ProblemState.SOLVED: ("ok", "circle-check"),
    ProblemState.PARTLY: ("ok", "circle-half"),
    ProblemState.SET_ASIDE: ("sand", "player-pause"),
}
"""Tone and icon of a state."""
HAPPENINGS: dict[Happening, tuple[Any, str]] = {
    Happening.RAISED: (_("Somebody raised it"), "flag"),
    Happening.JOINED: (_("Others joined"), "users-plus"),
    Happening.IDEA: (_("An idea came"), "star"),
    Happening.GROUP: (_("A group began to work"), "tools"),
    Happening.STEP_DONE: (_("A step was done"), "check"),
    Happening.POSTED: (_("The group asked or offered something"), "basket-heart"),
    Happening.MERGED: (_("Another one like it was joined to it"), "git-merge"),
    Happening.SOLVED: (pgettext_lazy("problem", "Solved"), "circle-check"),
    Happening.PARTLY: (pgettext_lazy("problem", "Partly solved"), "circle-half"),
    Happening.SET_ASIDE: (pgettext_lazy("problem", "Set aside"), "player-pause"),
    Happening.TAKEN_UP: (_("Taken up again"), "refresh"),
}
SIDES: dict[Side, Any] = {Side.FOR: _("It speaks for it"), Side.AGAINST: _("It speaks against it")}
MOMENTS: dict[Moment, Any] = {Moment.BEFORE: _("Before"), Moment.AFTER: _("After")}
POST_KINDS: dict[PostKind, Any] = {
    PostKind.NEED: _("The group needs it"),
    PostKind.OFFER: _("The group offers it"),
}


def choices_of(words: dict[Any, Any], *, only: tuple[Any, ...] = ()) -> list[tuple[str, Any]]:
    """Codes with their words, for a form."""
    return [(code.value, label) for code, label in words.items() if not only or code in only]

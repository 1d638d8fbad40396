"""The five roles of solidarity as doors: what each means, and what can be done of it here today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Deed:
    """Something that can be done today, and the address (by name) where; `code` narrows the form to a category."""

    label: Any
    text: Any
    name: str
    icon: str
    code: str = ""


@dataclass(frozen=True)
class Gate:
    """One role: its door on the home page and its own page."""

    code: str
    icon: str
    name: Any
    promise: Any
    meaning: tuple[Any, ...]
    deeds: tuple[Deed, ...]
    opens: str = ""
    """Address (by name) that the door itself leads to; empty: the role's own page."""


GATES: tuple[Gate, ...] = (
    Gate(
        "support",
        "home-heart",
        _("Community support"),
        _("A neighbour lends a ladder, another listens, and what weighs on many we carry together."),
        (
            _(
                "Nobody is meant to carry everything alone. Support begins before need does: an ear, a tool, an hour."
            ),
            _("Here it works through offers and requests between neighbours, with a coordinator in between."),
        ),
        (
            Deed(
                _("Borrow something"),
                _("A ladder, a room, somebody's skill: free of charge, by a calendar."),
                "library:items",
                "tools",
            ),
            Deed(
                _("See what weighs on many"),
                _("Common problems: joining, thinking along, solving them together."),
                "problems:problems",
                "hand-stop",
            ),
            Deed(
                _("Ask for somebody to listen"),
                _("By phone or as a visit, in confidence."),
                "needs:ask",
                "ear",
                "listening",
            ),
            Deed(
                _("Find a support circle"),
                _("Neighbours who meet and listen to each other; any name will do."),
                "circles:circles",
                "users-group",
            ),
            Deed(
                _("Offer an hour"),
                _("Listening, company, a repair, help with papers."),
                "needs:offer",
                "hand-heart",
            ),
        ),
    ),
    Gate(
        "action",
        "speakerphone",
        _("Collective action"),
        _("What nobody changes alone, we ask for together."),
        (
            _(
                "A need that comes back every month is not a private matter. Seen together, it is a reason to "
                "ask for change."
            ),
            _("Here the community can see what is missing most, in sums that show nobody."),
        ),
        (
            Deed(
                _("See what is missing most"),
                _("Open needs that may be shown, without names."),
                "needs:public",
                "list-details",
            ),
            Deed(
                _("Look in the directory"),
                _("Food banks, clinics, legal advice: when, where, with which papers."),
                "directory:services",
                "building-community",
            ),
        ),
    ),
    Gate(
        "aid",
        "heart-handshake",
        _("Mutual aid"),
        _("Food, shelter and medicine, from whoever can today to whoever needs today."),
        (
            _(
                "Today it is you, tomorrow somebody else. Asking takes four short questions; offering takes as many."
            ),
            _(
                "A published rule decides who comes first, and every round is checked by an independent program."
            ),
        ),
        (
            Deed(_("Ask for help"), _("No account, no papers."), "needs:ask", "basket-heart"),
            Deed(
                _("Offer help"),
                _("Once, or every week; pausing is always possible."),
                "needs:offer",
                "hand-heart",
            ),
            Deed(
                _("See the open needs"),
                _("Those whose askers agreed to show them."),
                "needs:public",
                "list-details",
            ),
        ),
        opens="needs:public",
    ),
    Gate(
        "empowerment",
        "plant-2",
        _("Empowerment"),
        _("We learn what opens doors, and decide together."),
        (
            _(
                "Help that leaves people where they were is half a help. Knowledge and a say in decisions are "
                "the other half."
            ),
            _(
                "Here lessons and advice can be asked for and offered like anything else, and the rules of help "
                "are open to all."
            ),
        ),
        (
            Deed(
                _("Ask for lessons or advice"),
                _("School, papers, rights, a language."),
                "needs:ask",
                "school",
                "education",
            ),
            Deed(_("Offer what you know"), _("An hour of teaching or advice."), "needs:offer", "book"),
            Deed(_("Read how we decide"), _("The rule, and how anybody can check it."), "web:help", "scale"),
        ),
    ),
    Gate(
        "inclusion",
        "building-bridge",
        _("Breaking social barriers"),
        _("Each time we ask whom nothing has reached, and begin there."),
        (
            _(
                "Shame, distance, language and papers keep people out. So asking needs no account, no reason "
                "and no proof."
            ),
            _(
                "Where the community so decided, areas that received least come first among equally severe needs."
            ),
        ),
        (
            Deed(
                _("Ask by phone, or for somebody else"),
                _("With their knowledge; a coordinator writes it down."),
                "needs:ask",
                "phone-call",
            ),
            Deed(
                _("Read who sees what"),
                _("Names, places and phones, and for how long."),
                "web:privacy",
                "eye-off",
            ),
        ),
    ),
)


def gate_of(*, code: str) -> Gate | None:
    """The gate of a code, or none."""
    return next((gate for gate in GATES if gate.code == code), None)

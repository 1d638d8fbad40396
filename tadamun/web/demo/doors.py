"""Whom one can enter as in a demonstration, with one press."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from tadamun.foundation.people.models import Person
from tadamun.foundation.people.queries import person_by_phone
from tadamun.web.demo.keys import PASSWORD


@dataclass(frozen=True)
class Door:
    """A person of the demonstration to enter as: what they do here, and how they sign in."""

    code: str
    label: Any
    text: Any
    name: str
    phone: str
    icon: str
    password: str = PASSWORD


DOORS: tuple[Door, ...] = (
    Door(
        "asker",
        _("Member who asks"),
        _("Has requests under way; help comes today."),
        "ليلى القاسم",
        "+962790000105",
        "basket-heart",
    ),
    Door(
        "volunteer",
        _("Volunteer"),
        _("Has an invitation to answer and a task for today."),
        "سامي ناصر",
        "+962790000104",
        "hand-heart",
    ),
    Door(
        "coordinator",
        _("Coordinator"),
        _("Sorts, matches, invites: the board with everything on it."),
        "هند العلي",
        "+962790000101",
        "clipboard-list",
    ),
    Door(
        "steward",
        _("Steward"),
        _("Settles rules, roles, areas and the helpline."),
        "نوال الصالح",
        "+962790000103",
        "settings",
    ),
    Door(
        "auditor",
        _("Auditor"),
        _("Reads a round's files and checks its certificate."),
        "كمال يوسف",
        "+962790000106",
        "scale",
    ),
)


def doors() -> tuple[Door, ...]:
    """The doors, where the demonstration is loaded; none before."""
    return DOORS if person_behind(DOORS[0]) else ()


def door_of(*, code: str) -> Door | None:
    """The door of a code, if there is one."""
    return next((door for door in DOORS if door.code == code), None)


def person_behind(door: Door) -> Person | None:
    """The account that a door leads into."""
    return person_by_phone(phone=door.phone)

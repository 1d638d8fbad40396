"""The names of codes about people, as lazy texts; named functions, so that wording makes no migration."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from tadamun.foundation.people.vocabulary import AddressForm, ConsentMeans, Revealed

Words = Any
"""A text, or one that is translated when it is shown."""

_ROLES: dict[str, Words] = {
    "member": _("Member"),
    "volunteer": _("Volunteer"),
    "coordinator": _("Coordinator"),
    "facilitator": _("Facilitator"),
    "steward": _("Steward"),
    "auditor": _("Auditor"),
}


def address_form_choices() -> list[tuple[str, Any]]:
    """How somebody can be addressed, for a form."""
    return [
        (AddressForm.NEUTRAL.value, _("Without gender")),
        (AddressForm.FEMININE.value, _("As a woman")),
        (AddressForm.MASCULINE.value, _("As a man")),
    ]


def means_label(means: str) -> Words:
    """How a consent was given."""
    return {
        ConsentMeans.SELF.value: _("given here"),
        ConsentMeans.PHONE.value: _("said on the phone"),
        ConsentMeans.IN_PERSON.value: _("said in person"),
    }.get(means, means)


def revealed_label(what: str) -> Words:
    """What of somebody was looked at."""
    return {
        Revealed.NAME.value: _("Name"),
        Revealed.PHONE.value: _("Phone number"),
        Revealed.PLACE.value: _("Place"),
        Revealed.NOTES.value: _("Private notes"),
        Revealed.CONTACT.value: _("Name, phone number and place"),
    }.get(what, what)


def role_label(role: str) -> Words:
    """The role in which somebody looked; one that a pillar registered keeps its code."""
    return _ROLES.get(role, role)

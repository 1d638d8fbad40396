"""Words about tokens."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from tadamun.foundation.tokens.vocabulary import Scope

SCOPES: dict[str, Any] = {
    Scope.NEEDS_READ: _("Read requests and what is needed"),
    Scope.NEEDS_WRITE: _("Ask, change and withdraw; as a coordinator also sort and close"),
    Scope.OFFERS_READ: _("Read offers"),
    Scope.OFFERS_WRITE: _("Make, pause and close offers"),
    Scope.MATCHING_READ: _("Read invitations, tasks and rounds"),
    Scope.MATCHING_WRITE: _("Answer invitations, hand over; as a coordinator also invite and start rounds"),
    Scope.DIRECTORY_WRITE: _("As a coordinator add, correct and confirm services of the directory"),
    Scope.LIBRARY_READ: _("Read what is lent, and my bookings"),
    Scope.LIBRARY_WRITE: _("Book, renew and call off; stand in line"),
    Scope.PROBLEMS_READ: _("Read common problems"),
    Scope.PROBLEMS_WRITE: _("Raise problems, join them and add ideas"),
    Scope.NOTICES_READ: _("Read my notices"),
    Scope.PEOPLE_REVEAL: _("Open names, phones and places; every look is logged"),
}


def scope_label(code: str) -> Any:
    """What a scope allows (lazy text); the code where it is no longer known."""
    return SCOPES.get(code, code)

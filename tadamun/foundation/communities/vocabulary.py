"""Words about communities: roles, and the pillars and apps that can be switched off."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a member does for a community. A pillar may register more."""

    MEMBER = "member"
    VOLUNTEER = "volunteer"
    COORDINATOR = "coordinator"
    FACILITATOR = "facilitator"
    STEWARD = "steward"
    AUDITOR = "auditor"


class MembershipState(StrEnum):
    """Whether somebody belongs to a community."""

    ACTIVE = "active"
    LEFT = "left"
    REMOVED = "removed"


class JoinState(StrEnum):
    """Where a request to join stands."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"


RESERVED_SLUGS = frozenset(
    {
        "accessibility", "accounts", "admin", "api", "c", "consents", "demo", "design", "enter", "help", "language",
        "livez", "login", "me", "media", "metrics", "notices", "privacy", "readyz", "static", "www",
    }
)  # fmt: skip
"""Short names that no community takes: the first words of the site's own addresses, and what would pass for them."""


@dataclass(frozen=True)
class RoleFacts:
    """What the foundation needs to know of a role: its label (lazy text) and whether it sees names."""

    code: str
    label: object
    sees_names: bool


@dataclass(frozen=True)
class Pillar:
    """An app of a pillar that a community may switch off."""

    code: str
    pillar: str
    label: object


ROLES: dict[str, RoleFacts] = {}
APPS: dict[str, Pillar] = {}


def register_role(*, code: str, label: object, sees_names: bool) -> None:
    """Add a role; called by an app when it is loaded."""
    ROLES[code] = RoleFacts(code, label, sees_names)


def register_app(*, code: str, pillar: str, label: object) -> None:
    """Add an app that a community may switch off; called by the app when it is loaded."""
    APPS[code] = Pillar(code, pillar, label)

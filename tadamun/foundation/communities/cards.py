"""What is shown of members, invitations and requests to join."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class RoleLabel:
    """A role and its name (lazy text)."""

    code: str
    label: Any


@dataclass(frozen=True)
class MemberCard:
    """A member as coordinators and stewards see them: no phone, no address."""

    public_id: str
    person_id: str
    name: str
    roles: tuple[RoleLabel, ...]
    joined_at: datetime
    verified_at: datetime | None
    verified_by: str
    overnight_approved_at: datetime | None
    is_viewer: bool
    sees_names: bool

    @property
    def shown_name(self) -> str:
        """The name, or the public id of somebody who gave none."""
        return self.name or self.person_id


@dataclass(frozen=True)
class InvitationCard:
    """An invitation in the list of those who made it: never its link, which was shown once."""

    public_id: str
    role: RoleLabel
    made_by: str
    made_at: datetime
    expires_at: datetime
    uses: int
    most_uses: int
    is_open: bool

    @property
    def left(self) -> int:
        """How many more people can join by it."""
        return self.most_uses - self.uses


@dataclass(frozen=True)
class OpenedInvitation:
    """What somebody sees who opened an invitation's link; opening alone does nothing."""

    public_id: str
    community_name: str
    community_slug: str
    role: RoleLabel
    sees_names: bool
    expires_at: datetime


@dataclass(frozen=True)
class JoinRequestCard:
    """Somebody who asks to belong."""

    public_id: str
    name: str
    note: str
    asked_at: datetime
    was_removed: bool


@dataclass(frozen=True)
class AppSwitch:
    """A part of the software, and whether the community uses it."""

    code: str
    pillar: str
    label: Any
    is_on: bool

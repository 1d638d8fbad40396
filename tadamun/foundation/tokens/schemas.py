"""What a program reads of its own token."""

from __future__ import annotations

from datetime import datetime

from ninja import Schema


class CommunityOpened(Schema):
    """The community that a token opens, and what its person does there."""

    slug: str
    name: str
    region: str
    time_zone: str
    roles: list[str]


class TokenRead(Schema):
    """A token as it stands."""

    name: str
    scopes: list[str]
    expires_at: datetime
    community: CommunityOpened

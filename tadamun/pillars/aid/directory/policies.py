"""Who keeps the directory, and who sees where a shelter lies."""

from __future__ import annotations

from typing import Any

from tadamun.foundation.communities.models import Community
from tadamun.foundation.communities.policies import may_coordinate, require
from tadamun.pillars.aid.directory.errors import DirectoryForCoordinators

__all__ = ["may_coordinate", "require", "require_keeper"]


def require_keeper(*, actor: Any, community: Community) -> None:
    """Only coordinators go on.

    :raises DirectoryForCoordinators: anybody else.
    """
    require(may_coordinate(person=actor, community=community), DirectoryForCoordinators())

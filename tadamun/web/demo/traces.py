"""What a demonstration leaves in a database: its community, and accounts that open with a password everybody knows."""

from __future__ import annotations

from tadamun.foundation.communities.queries import all_communities
from tadamun.web.demo.doors import DOORS, person_behind


def is_left_over() -> bool:
    """Whether the database holds a demonstration's community, or an account that its public password opens."""
    if any(community.is_demo for community in all_communities()):
        return True
    known = ((person_behind(door), door.password) for door in DOORS)
    return any(person is not None and person.check_password(password) for person, password in known)

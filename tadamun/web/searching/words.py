"""The words that a community adds to search: looked at by its stewards, added and taken out by them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from tadamun.foundation.communities.models import Community
from tadamun.foundation.communities.policies import require_role
from tadamun.foundation.communities.vocabulary import Role
from tadamun.foundation.search import queries, services
from tadamun.foundation.search.cards import Words
from tadamun.foundation.trail.services import record


def words_of(*, community: Community, viewer: Any) -> list[Words]:
    """The groups of a community, in the order in which they came.

    :raises RoleNeeded: only stewards.
    """
    require_role(person=viewer, community=community, any_of=(Role.STEWARD,))
    return queries.word_groups(scope=community.pk)


@transaction.atomic
def add_words(*, community: Community, actor: Any, line: str, at: datetime) -> str:
    """Keep that some words mean the same here; returns the id of the group.

    :raises RoleNeeded: only stewards.
    :raises LexiconNotUnderstood, WordsNotAGroup, TooManyWordGroups: as `search.services.add_words`.
    """
    require_role(person=actor, community=community, any_of=(Role.STEWARD,))
    group = services.add_words(scope=community.pk, line=line, at=at)
    _record(community, group.public_id, verb="search_words_added", actor=actor, at=at)
    return group.public_id


@transaction.atomic
def remove_words(*, community: Community, actor: Any, group_id: str, at: datetime) -> None:
    """Let some words mean the same no more.

    :raises RoleNeeded: only stewards.
    :raises NoSuchWords: there are none of this id here.
    """
    require_role(person=actor, community=community, any_of=(Role.STEWARD,))
    services.remove_words(scope=community.pk, group_id=group_id)
    _record(community, group_id, verb="search_words_removed", actor=actor, at=at)


def _record(community: Community, group_id: str, *, verb: str, actor: Any, at: datetime) -> None:
    record(
        scope=community.public_id,
        verb=verb,
        thing="search_words",
        thing_id=group_id,
        actor=actor.public_id,
        at=at,
    )

"""The words of distress that a community adds to those that come with the software."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Person
from tadamun.foundation.trail.services import record
from tadamun.pillars.support.circles import policies
from tadamun.pillars.support.circles.models import CareLine, DistressPhrase
from tadamun.pillars.support.circles.vocabulary.distress import phrase_key


@transaction.atomic
def add_phrase(*, community: Community, actor: Person, phrase: str, at: datetime) -> None:
    """Add words; those that are there already, in any spelling, or that hold no letter, change nothing.

    :raises WordsForCoordinators: neither coordinator nor steward.
    """
    policies.require_keeper(person=actor, community=community)
    key = phrase_key(phrase)
    if not key:
        return
    _, made = DistressPhrase.objects.get_or_create(community=community, key=key, defaults={"phrase": phrase})
    if made:
        _log(community, actor, "distress_phrase_added", at)


@transaction.atomic
def remove_phrase(*, community: Community, actor: Person, key: int, at: datetime) -> None:
    """Take added words out again.

    :raises WordsForCoordinators: neither coordinator nor steward.
    """
    policies.require_keeper(person=actor, community=community)
    if DistressPhrase.objects.filter(community=community, pk=key).delete()[0]:
        _log(community, actor, "distress_phrase_removed", at)


@transaction.atomic
def add_care_line(*, community: Community, actor: Person, name: str, phone: str, at: datetime) -> None:
    """Write down a line of the region to call; one number stands once.

    :param phone: as it is dialled, short numbers too.
    :raises WordsForCoordinators: neither coordinator nor steward.
    """
    policies.require_keeper(person=actor, community=community)
    CareLine.objects.update_or_create(community=community, phone=phone, defaults={"name": name})
    _log(community, actor, "care_line_added", at)


@transaction.atomic
def remove_care_line(*, community: Community, actor: Person, key: int, at: datetime) -> None:
    """Take a line out again.

    :raises WordsForCoordinators: neither coordinator nor steward.
    """
    policies.require_keeper(person=actor, community=community)
    if CareLine.objects.filter(community=community, pk=key).delete()[0]:
        _log(community, actor, "care_line_removed", at)


def _log(community: Community, actor: Person, verb: str, at: datetime) -> None:
    record(
        scope=community.public_id,
        verb=verb,
        thing="community",
        thing_id=community.public_id,
        actor=actor.public_id,
        at=at,
    )

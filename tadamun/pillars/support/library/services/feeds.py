"""The secret address of somebody's own calendar."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Person
from tadamun.foundation.sealed import keyed_hash
from tadamun.kernel.ids import new_token
from tadamun.pillars.support.library import policies
from tadamun.pillars.support.library.models import CalendarFeed
from tadamun.pillars.support.library.queries.feeds import PURPOSE


@transaction.atomic
def make_feed(*, community: Community, actor: Person, at: datetime) -> str:
    """A new secret for the address; an earlier one opens nothing any more. Only its keyed hash is kept.

    :raises NotAMember: only members.
    """
    policies.require_member(person=actor, community=community)
    token = new_token()
    CalendarFeed.objects.update_or_create(
        community=community,
        person=actor,
        defaults={"token_hash": keyed_hash(token, purpose=PURPOSE), "made_at": at},
    )
    return token


@transaction.atomic
def drop_feed(*, community: Community, actor: Person) -> None:
    """Let the address open nothing any more."""
    CalendarFeed.objects.filter(community=community, person=actor).delete()

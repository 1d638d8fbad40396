"""Two requests that look alike: what a person found about them is kept, and two of one household are made one."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tadamun.foundation.people.models import Person
from tadamun.pillars.aid.needs.models import Request
from tadamun.pillars.aid.needs.queries.requests import likeness
from tadamun.pillars.aid.needs.services.triage import link_requests, merge_requests
from tadamun.pillars.aid.needs.vocabulary import JOIN, LinkKind


@transaction.atomic
def judge_alike(*, request_id: str, other_id: str, found: str, actor: Person, at: datetime) -> str:
    """Keep what a person found about two requests that look alike; joined, the older number goes on.

    :param found: `JOIN`, or a `LinkKind`.
    :returns: the id of the request that goes on.
    :raises NoSuchNeed: none of this id, or nothing makes the two look alike.
    :raises CoordinatorsOnly: the actor does not coordinate their community.
    :raises CannotMerge: one of them is joined to another already.
    :raises AskedByTwo: they are of two accounts, or of an account and a guest.
    """
    likeness(request_id=request_id, other_id=other_id, viewer=actor)
    if found != JOIN:
        link_requests(first_id=request_id, second_id=other_id, kind=LinkKind(found), actor=actor, at=at)
        return request_id
    numbers = Request.objects.filter(public_id__in=[request_id, other_id]).order_by("number")
    older, newer = numbers.values_list("public_id", flat=True)
    return merge_requests(keep_id=older, merge_id=newer, actor=actor, at=at).public_id

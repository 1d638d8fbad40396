"""The stored proof of a round: verified at any time, and its inputs destroyed when somebody in them is forgotten.

A round's inputs hold where people live. To blank one row would break the fingerprint and make a lie of the proof, so
the inputs go as a whole; fingerprints, certificate and the verdict of the day stay.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from tadamun.foundation.communities.errors import RoleNeeded
from tadamun.foundation.communities.models import Community
from tadamun.foundation.communities.policies import require
from tadamun.foundation.people.models import Person
from tadamun.foundation.trail.services import record
from tadamun.pillars.aid.needs import adapters, policies
from tadamun.pillars.aid.needs.errors import InputsDestroyed, NoSuchRound
from tadamun.pillars.aid.needs.models import NeedLine, Offer, Round
from tadamun.pillars.aid.needs.vocabulary import RECKONING, RoundState


def verify_round(*, round_id: str, viewer: Person) -> int:
    """Run the independent checker again over the stored inputs and certificate; how many violations it finds.

    :raises RoleNeeded: only coordinators and auditors ask for it.
    :raises InputsDestroyed: somebody in them was forgotten.
    """
    row = Round.objects.select_related("community").filter(public_id=round_id, state=RoundState.DONE).first()
    if row is None:
        raise NoSuchRound
    allowed = policies.may_audit(person=viewer, community=row.community) or policies.may_coordinate(
        person=viewer, community=row.community
    )
    require(allowed, RoleNeeded(roles=["auditor", "coordinator"]))
    if not row.inputs:
        raise InputsDestroyed
    return adapters.verify(files=json.loads(row.inputs), certificate=row.certificate)


def destroy_inputs(*, ids: Collection[str], community: Community, since: datetime, at: datetime) -> int:
    """Destroy the stored inputs of every round that any of these lines or offers stands in. Returns how many.

    :param ids: public ids of lines and offers, as the files name them.
    :param since: when the oldest of them was made; rounds before it cannot know them.
    """
    done = Round.objects.filter(community=community, state=RoundState.DONE, reckoned_at__gte=since)
    found = [
        row
        for row in done.only("pk", "inputs", "public_id", "number", "input_digest").order_by("pk")
        if any(public_id in row.inputs for public_id in ids)
    ]
    for row in found:
        Round.objects.filter(pk=row.pk).update(inputs="")
        record(
            scope=community.public_id,
            verb="round_inputs_destroyed",
            thing="round",
            thing_id=row.public_id,
            at=at,
            data={"number": row.number, "inputs": row.input_digest},
        )
    return len(found)


def wait_for_rounds(*, communities: Iterable[Community]) -> None:
    """Lock the rounds that are being reckoned, before any line is locked: they are stored before or after, not during.

    Whoever forgets somebody then finds either a stored round, or leaves it to the round to notice.
    """
    rows = Round.objects.select_for_update(of=("self",)).filter(
        community__in=communities, state__in=RECKONING
    )
    list(rows.order_by("pk").values_list("pk"))


def forgotten_since(row: Round, *, lines: Collection[int], files: Mapping[str, str]) -> bool:
    """Whether somebody in these inputs was forgotten while the round was reckoned."""
    asked = NeedLine.objects.filter(pk__in=lines, request__forgotten_at__gte=row.asked_at)
    gave = Offer.objects.filter(community=row.community, giver__forgotten_at__gte=row.asked_at)
    given = gave.values_list("public_id", flat=True)
    return asked.exists() or any(public_id in files["offers.csv"] for public_id in given)

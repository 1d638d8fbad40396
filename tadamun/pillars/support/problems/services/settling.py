"""What every deed shares: the problem's lock, its timeline, the trail, and words that are cleaned."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import transaction
from django.urls import reverse

from tadamun.foundation.communities.models import Community
from tadamun.foundation.notices.services import tell
from tadamun.foundation.people.models import Person
from tadamun.foundation.trail.services import held_back, record
from tadamun.kernel.text import clean_line
from tadamun.pillars.support.problems import policies
from tadamun.pillars.support.problems.errors import NoSuchProblem, ProblemNotOpen, WordsNeeded
from tadamun.pillars.support.problems.models import Event, Follower, Problem
from tadamun.pillars.support.problems.vocabulary import LINE_MOST, OPEN, Happening, ProblemState

Given = ParamSpec("Given")
Made = TypeVar("Made")


def deed(do: Callable[Given, Made]) -> Callable[Given, Made]:
    """One transaction; what it records is written to the trail last."""

    @wraps(do)
    def done(*args: Given.args, **kwargs: Given.kwargs) -> Made:
        with transaction.atomic(), held_back():
            return do(*args, **kwargs)

    return done


def locked_problem(*, community: Community, problem_id: str, viewer: Any) -> Problem:
    """The row under its lock; one that was joined to another is gone.

    :raises NoSuchProblem: there is none that the viewer may see.
    """
    row = (
        Problem.objects.select_for_update(of=("self",), no_key=True)
        .select_related("community", "area", "category")
        .filter(community=community, public_id=problem_id, merged_into__isnull=True)
        .first()
    )
    if row is None:
        raise NoSuchProblem
    policies.require_seen(viewer=viewer, problem=row)
    return row


def require_open(problem: Problem) -> None:
    """Only what is not settled goes on.

    :raises ProblemNotOpen: it is settled.
    """
    policies.require(problem.state in OPEN, ProblemNotOpen())


def happened(problem: Problem, what: Happening, *, at: datetime) -> None:
    """Put it on the timeline."""
    Event.objects.create(problem=problem, what=what, at=at)


def begin_to_gather(problem: Problem, *, at: datetime) -> None:
    """Others have joined, or an idea has come."""
    if problem.state == ProblemState.RAISED:
        problem.state = ProblemState.GATHERING
        problem.save(update_fields=["state"])
        happened(problem, Happening.JOINED, at=at)


def follow_it(problem: Problem, person: Person, *, at: datetime) -> None:
    """Let somebody hear of it."""
    Follower.objects.get_or_create(problem=problem, person=person, defaults={"since_at": at})


def one_line(text: str, *, most: int = LINE_MOST) -> str:
    """A line of words.

    :raises WordsNeeded: nothing is left of it.
    """
    words = clean_line(text)[:most]
    if not words:
        raise WordsNeeded
    return words


def page_of(problem: Problem) -> str:
    """Where it is read."""
    return reverse("problems:problem", args=[problem.community.slug, problem.public_id])


def tell_followers(problem: Problem, *, kind: str, but: Person | None, at: datetime) -> int:
    """Tell everybody who follows it, once a kind and moment; how many were told."""
    told = 0
    for follower in problem.followers.select_related("person").order_by("pk"):
        if but is not None and follower.person_id == but.pk:
            continue
        if not policies.may_see(viewer=follower.person, problem=problem):
            continue
        tell(
            recipient=follower.person,
            kind=kind,
            url=page_of(problem),
            scope=problem.community.public_id,
            about=problem.public_id,
            dedupe_key=f"{kind}:{problem.public_id}:{follower.person.public_id}:{at.isoformat()}",
            at=at,
        )
        told += 1
    return told


def log(problem: Problem, *, verb: str, actor: Any, at: datetime, **data: Any) -> None:
    """Write on the community's trail: codes and ids only."""
    record(
        scope=problem.community.public_id,
        verb=verb,
        thing="problem",
        thing_id=problem.public_id,
        actor=getattr(actor, "public_id", ""),
        at=at,
        data=data,
    )

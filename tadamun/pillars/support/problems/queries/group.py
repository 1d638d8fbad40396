"""The working group: who is in it is told to the group alone."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F

from tadamun.foundation.catalogue.queries import name_of
from tadamun.foundation.communities.models import Community
from tadamun.pillars.support.problems import policies
from tadamun.pillars.support.problems.cards import GroupCard, PostCard, StepCard
from tadamun.pillars.support.problems.errors import GroupNeeded
from tadamun.pillars.support.problems.models import GroupPost, Step
from tadamun.pillars.support.problems.queries.pages import row_of
from tadamun.pillars.support.problems.vocabulary import PostKind, ProblemState


def group_card(*, community: Community, problem_id: str, viewer: Any, today: date) -> GroupCard:
    """The group as a member sees it: how many they are, who facilitates, the steps; names for the group alone.

    :raises NoSuchProblem: there is none that the viewer may see.
    :raises ProblemsForMembers: the viewer is no member.
    :raises GroupNeeded: nobody has begun a group.
    """
    row = row_of(community=community, problem_id=problem_id, viewer=viewer)
    policies.require_member(actor=viewer, community=community)
    people = [one.person for one in row.group.select_related("person").order_by("joined_at", "pk")]
    policies.require(bool(people) or row.state == ProblemState.WORKING, GroupNeeded())
    is_in = any(person.pk == viewer.pk for person in people)
    inside = is_in or policies.may_steer(person=viewer, problem=row)
    steps = row.steps.select_related("owner").order_by(
        F("done_at").asc(nulls_first=True), F("due_on").asc(nulls_last=True), "pk"
    )
    may_work = inside and row.state == ProblemState.WORKING
    return GroupCard(
        size=len(people),
        facilitator=row.facilitator.first_name if row.facilitator else "",
        names=tuple((person.public_id, person.name) for person in people) if inside else (),
        steps=tuple(_step(step, inside=inside, may_work=may_work, today=today) for step in steps),
        posts=tuple(_post(post, viewer) for post in row.posts.select_related("category").order_by("pk")),
        is_in=is_in,
        may_work=may_work,
    )


def _step(step: Step, *, inside: bool, may_work: bool, today: date) -> StepCard:
    return StepCard(
        public_id=step.public_id,
        words=step.words,
        owner=step.owner.name if step.owner and inside else "",
        has_owner=step.owner is not None,
        due_on=step.due_on,
        done_at=step.done_at,
        late=step.done_at is None and step.due_on is not None and step.due_on < today,
        may_change=may_work,
    )


def _post(post: GroupPost, viewer: Any) -> PostCard:
    return PostCard(
        kind=PostKind(post.kind),
        category=name_of(category=post.category),
        icon=post.category.icon,
        quantity=post.quantity,
        posted_at=post.posted_at,
        reference=post.reference if post.posted_by_id == viewer.pk else "",
    )

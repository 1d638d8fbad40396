"""What the group needs or gives, posted among needs and offers in the name of whoever posts it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tadamun.foundation.catalogue.models import Category
from tadamun.foundation.communities.models import Community
from tadamun.foundation.communities.policies import require_app
from tadamun.foundation.people.consents import current_version
from tadamun.foundation.people.models import Person
from tadamun.foundation.people.vocabulary import ConsentPurpose
from tadamun.pillars.aid.needs import services as needs
from tadamun.pillars.aid.needs.vocabulary import ContactWay
from tadamun.pillars.support.problems import policies
from tadamun.pillars.support.problems.errors import EnoughSaid, GroupNeeded
from tadamun.pillars.support.problems.models import GroupPost, Problem
from tadamun.pillars.support.problems.services.settling import deed, happened, locked_problem, log
from tadamun.pillars.support.problems.vocabulary import POSTS_MOST, Happening, PostKind, ProblemState


@dataclass(frozen=True)
class PostFacts:
    """What a group needs or gives."""

    kind: PostKind
    category: Category
    quantity: int = 1
    detail: str = ""


@deed
def post_for_group(
    *, community: Community, problem_id: str, actor: Person, facts: PostFacts, at: datetime
) -> GroupPost:
    """Ask for something, or offer it, in the group's cause; it goes the way of every request or offer.

    :raises AppSwitchedOff: the community does not use needs.
    :raises NotInTheGroup: the actor does not work on it.
    :raises GroupNeeded: no group is at work.
    :raises EnoughSaid: there are as many as there may be.
    """
    require_app(community=community, app="needs")
    policies.require_member(actor=actor, community=community)
    problem = locked_problem(community=community, problem_id=problem_id, viewer=actor)
    policies.require(problem.state == ProblemState.WORKING, GroupNeeded())
    policies.require_group(actor=actor, problem=problem)
    policies.require(problem.posts.count() < POSTS_MOST, EnoughSaid(most=POSTS_MOST))
    post = _request if facts.kind is PostKind.NEED else _offer
    row = GroupPost.objects.create(
        problem=problem,
        kind=facts.kind,
        reference=post(problem, actor, facts, at),
        category=facts.category,
        quantity=facts.quantity,
        posted_by=actor,
        posted_at=at,
    )
    happened(problem, Happening.POSTED, at=at)
    log(problem, verb="group_posted", actor=actor, at=at, kind=facts.kind.value, reference=row.reference)
    return row


def _request(problem: Problem, actor: Person, facts: PostFacts, at: datetime) -> str:
    details = needs.AskDetails(
        lines=(needs.LineDetails(category=facts.category, quantity=facts.quantity, detail=facts.detail),),
        phone=actor.phone or "",
        contact_way=ContactWay.CALL if actor.phone else ContactWay.NEITHER,
        language=actor.language,
        area=problem.area,
        consent_version=current_version(purpose=ConsentPurpose.HELP),
    )
    return needs.post_request(
        community=problem.community, actor=actor, details=details, at=at
    ).request.public_id


def _offer(problem: Problem, actor: Person, facts: PostFacts, at: datetime) -> str:
    details = needs.OfferDetails(
        category=facts.category,
        quantity=facts.quantity,
        detail=facts.detail,
        area=problem.area,
        consent_version=current_version(purpose=ConsentPurpose.OFFER),
    )
    return needs.post_offer(community=problem.community, actor=actor, details=details, at=at).public_id

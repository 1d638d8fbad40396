"""One problem as its pages show it."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from tadamun.foundation.catalogue.queries import name_of
from tadamun.foundation.communities.models import Community
from tadamun.pillars.aid.needs.queries import open_like
from tadamun.pillars.support.problems import policies
from tadamun.pillars.support.problems.cards import (
    HappeningCard,
    IdeaCard,
    MayDo,
    PictureCard,
    ProblemCard,
    ProblemRef,
    ReasonCard,
    Share,
)
from tadamun.pillars.support.problems.errors import NoSuchPicture, NoSuchProblem
from tadamun.pillars.support.problems.models import Idea, Picture, Problem, Reason
from tadamun.pillars.support.problems.queries.counts import counted_by_area
from tadamun.pillars.support.problems.queries.listing import ICON
from tadamun.pillars.support.problems.vocabulary import (
    REQUESTS_SHOWN_FROM,
    SEEN,
    Happening,
    Moment,
    PhotoState,
    ProblemState,
    Side,
)


def row_of(*, community: Community, problem_id: str, viewer: Any) -> Problem:
    """The row of a problem that the viewer may see.

    :raises NoSuchProblem: none of this id here, joined to another, or for members alone.
    """
    row = (
        Problem.objects.select_related("community", "area", "category")
        .filter(community=community, public_id=problem_id, merged_into__isnull=True)
        .first()
    )
    if row is None:
        raise NoSuchProblem
    policies.require_seen(viewer=viewer, problem=row)
    return row


def merged_into(*, community: Community, problem_id: str) -> str:
    """Public id of the problem that one was joined to; empty where it was not."""
    rows = Problem.objects.filter(community=community, public_id=problem_id, merged_into__isnull=False)
    return rows.values_list("merged_into__public_id", flat=True).first() or ""


def problem_card(*, community: Community, problem_id: str, viewer: Any) -> ProblemCard:
    """Everything the page says; nobody is named in it.

    :raises NoSuchProblem: there is none that the viewer may see.
    """
    row = row_of(community=community, problem_id=problem_id, viewer=viewer)
    member = policies.is_member(person=viewer, community=community)
    may = may_do(row, viewer)
    key = viewer.pk if member else None
    return ProblemCard(
        public_id=row.public_id,
        title=row.title,
        body=row.body,
        area=row.area.name if row.area else "",
        area_id=row.area.public_id if row.area else "",
        category=name_of(category=row.category) if row.category else "",
        category_code=row.category.code if row.category else "",
        icon=row.category.icon if row.category else ICON,
        since_on=row.since_on,
        state=ProblemState(row.state),
        raised_at=row.raised_at,
        outcome=row.outcome,
        settled_at=row.settled_at,
        is_open=row.opened_at is not None,
        affected=row.affected.count(),
        by_area=counted_by_area(problem=row),
        same_requests=same_requests(row),
        affects_viewer=member and row.affected.filter(person=key).exists(),
        followed=member and row.followers.filter(person=key).exists(),
        thanked=member and row.thanks.filter(person=key).exists(),
        thanks=row.thanks.count(),
        pictures=_pictures(row, viewer, member=member),
        ideas=_ideas(row, viewer, may=may),
        history=_history(row),
        has_group=row.group.exists(),
        in_group=member and row.group.filter(person=key).exists(),
        group_size=row.group.count(),
        steps_done=row.steps.filter(done_at__isnull=False).count(),
        steps=row.steps.count(),
        may=may,
    )


def may_do(row: Problem, viewer: Any) -> MayDo:
    """What a viewer may do with a problem."""
    community = row.community
    if not policies.is_member(person=viewer, community=community):
        return MayDo()
    return MayDo(
        take_part=True,
        steer=policies.may_steer(person=viewer, problem=row),
        merge=policies.may_lead(person=viewer, community=community),
        correct=policies.may_correct(person=viewer, problem=row),
    )


def same_requests(row: Problem) -> int | None:
    """How many requests of its kind and area are open, from ten up; None where fewer, or where neither is known."""
    if row.category is None or row.area is None or not row.community.has_on("needs"):
        return None
    return open_like(
        community=row.community,
        category_id=row.category.pk,
        area_id=row.area.pk,
        least=REQUESTS_SHOWN_FROM,
    )


def problem_ref(*, community: Community, problem_id: str, viewer: Any) -> ProblemRef:
    """A problem for whoever puts it forward elsewhere: for the fund, for a campaign.

    :raises NoSuchProblem: there is none that the viewer may see.
    """
    row = row_of(community=community, problem_id=problem_id, viewer=viewer)
    return ProblemRef(
        public_id=row.public_id,
        title=row.title,
        body=row.body,
        area_id=row.area.public_id if row.area else "",
        category=row.category.code if row.category else "",
        state=ProblemState(row.state),
        affected=row.affected.count(),
    )


def share_of(*, community: Community, problem_id: str) -> Share:
    """What may be said of it outside: of what was opened to everybody, and of nothing else.

    :raises NoSuchProblem: there is none, or it is for members alone.
    """
    row = row_of(community=community, problem_id=problem_id, viewer=None)
    return Share(
        title=row.title,
        area=row.area.name if row.area else "",
        affected=row.affected.count(),
        state=ProblemState(row.state),
    )


def picture_file(*, community: Community, picture_id: str, viewer: Any) -> str:
    """Where the file of a photo lies.

    :raises NoSuchPicture: there is none that the viewer may see.
    """
    row = (
        Picture.objects.select_related("problem__community")
        .filter(problem__community=community, public_id=picture_id)
        .first()
    )
    if row is None:
        raise NoSuchPicture
    if not policies.may_see(viewer=viewer, problem=row.problem):
        raise NoSuchPicture
    decides = policies.may_coordinate(person=viewer, community=community)
    policies.require(row.state in SEEN or decides, NoSuchPicture())
    return row.file


def _pictures(row: Problem, viewer: Any, *, member: bool) -> tuple[PictureCard, ...]:
    decides = policies.may_coordinate(person=viewer, community=row.community)
    rows = row.pictures.order_by("pk")
    rows = rows if decides else rows.filter(state__in=SEEN)
    cards = [
        PictureCard(
            public_id=one.public_id,
            moment=Moment(one.moment),
            width=one.width,
            height=one.height,
            reported=one.state == PhotoState.REPORTED,
            may_report=member and one.state == PhotoState.SHOWN,
            may_decide=decides or (member and one.added_by_id == viewer.pk),
        )
        for one in rows
    ]
    return tuple(sorted(cards, key=lambda card: card.moment is Moment.AFTER))


def _ideas(row: Problem, viewer: Any, *, may: MayDo) -> tuple[IdeaCard, ...]:
    """Those with the most for them, less what is against them, first; then the oldest."""
    cards = []
    for place, idea in enumerate(row.ideas.prefetch_related("reasons").order_by("pk")):
        reasons = sorted(idea.reasons.all(), key=lambda reason: reason.pk)
        said = [_reason(reason, viewer, may) for reason in reasons]
        speaks_for = tuple(one for one in said if one.side is Side.FOR)
        against = tuple(one for one in said if one.side is Side.AGAINST)
        card = IdeaCard(idea.public_id, idea.words, speaks_for, against, _removes(idea, viewer, may))
        cards.append((len(against) - len(speaks_for), place, card))
    return tuple(card for _, _, card in sorted(cards, key=lambda one: one[:2]))


def _reason(reason: Reason, viewer: Any, may: MayDo) -> ReasonCard:
    return ReasonCard(reason.public_id, Side(reason.side), reason.words, _removes(reason, viewer, may))


def _removes(said: Idea | Reason, viewer: Any, may: MayDo) -> bool:
    return may.steer or (may.take_part and said.author_id is not None and said.author_id == viewer.pk)


def _history(row: Problem) -> tuple[HappeningCard, ...]:
    """What happened, the first first; the same several times in a row is told once, with how often."""
    events = row.events.order_by("at", "pk").values_list("what", "at")
    cards = []
    for what, several in groupby(events, key=lambda event: event[0]):
        times = [at for _, at in several]
        cards.append(HappeningCard(Happening(what), times[-1], len(times)))
    return tuple(cards)

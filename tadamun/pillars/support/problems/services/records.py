"""Forgetting a person: what says that it was they goes, what the community solved stays."""

from __future__ import annotations

from datetime import datetime

from tadamun.foundation.notices.services import forget_about
from tadamun.foundation.people.models import Person
from tadamun.pillars.support.problems.models import (
    Affected,
    Follower,
    GroupMember,
    GroupPost,
    Idea,
    Picture,
    Problem,
    Reason,
    Step,
    Thanks,
)
from tadamun.pillars.support.problems.services.picturing import drop_file_later
from tadamun.pillars.support.problems.services.settling import deed


@deed
def forget_person(*, person: Person, at: datetime) -> None:
    """Take the name off problems, ideas and steps, and the person out of counts and groups; their photos go too.

    The texts stay where others have joined; a problem that is nobody else's goes as a whole.
    """
    for row in Picture.objects.filter(added_by=person):
        drop_file_later(row)
    own = Problem.objects.select_for_update(no_key=True).filter(raised_by=person).order_by("pk")
    for problem in own:
        shared = problem.affected.exclude(person=person).exists() or problem.group.exists()
        if not shared and not problem.merged.exists() and problem.merged_into_id is None:
            forget_about(about=problem.public_id)
            problem.delete()
    for model in (Affected, Follower, GroupMember, Thanks):
        model.objects.filter(person=person).delete()
    Problem.objects.filter(raised_by=person).update(raised_by=None)
    Problem.objects.filter(facilitator=person).update(facilitator=None)
    Idea.objects.filter(author=person).update(author=None)
    Reason.objects.filter(author=person).update(author=None)
    Step.objects.filter(owner=person).update(owner=None)
    GroupPost.objects.filter(posted_by=person).update(posted_by=None)

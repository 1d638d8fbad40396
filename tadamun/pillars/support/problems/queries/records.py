"""What this app holds about one person, for "my data"."""

from __future__ import annotations

from typing import Any

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


def my_records(*, person: Person) -> dict[str, Any]:
    """What somebody raised, said and worked on, in plain values."""
    return {
        "problems_raised": [
            {
                "id": row.public_id,
                "title": row.title,
                "text": row.body,
                "state": row.state,
                "raised_at": row.raised_at,
            }
            for row in Problem.objects.filter(raised_by=person)
        ],
        "affected_by": [
            {
                "problem": row.problem.public_id,
                "area": row.area.name if row.area else "",
                "said_at": row.said_at,
            }
            for row in Affected.objects.filter(person=person).select_related("problem", "area")
        ],
        "followed": list(Follower.objects.filter(person=person).values_list("problem__public_id", flat=True)),
        "ideas": [
            {"problem": row.problem.public_id, "text": row.words, "made_at": row.made_at}
            for row in Idea.objects.filter(author=person).select_related("problem")
        ],
        "reasons": [
            {"idea": row.idea.public_id, "side": row.side, "text": row.words, "made_at": row.made_at}
            for row in Reason.objects.filter(author=person).select_related("idea")
        ],
        "groups": [
            {
                "problem": row.problem.public_id,
                "joined_at": row.joined_at,
                "facilitates": row.problem.facilitator_id == person.pk,
            }
            for row in GroupMember.objects.filter(person=person).select_related("problem")
        ],
        "steps": [
            {"text": row.words, "due_on": row.due_on, "done_at": row.done_at}
            for row in Step.objects.filter(owner=person)
        ],
        "posted_for_groups": [
            {"kind": row.kind, "id": row.reference, "posted_at": row.posted_at}
            for row in GroupPost.objects.filter(posted_by=person)
        ],
        "photos": [
            {"id": row.public_id, "added_at": row.added_at} for row in Picture.objects.filter(added_by=person)
        ],
        "thanks_said": list(
            Thanks.objects.filter(person=person).values_list("problem__public_id", flat=True)
        ),
    }

"""What is done with common problems: one transaction a verb."""

from __future__ import annotations

from tadamun.pillars.support.problems.services.ideas import add_idea, add_reason, remove_said
from tadamun.pillars.support.problems.services.joining import (
    follow,
    say_affected,
    say_thanks,
    unfollow,
    unsay_affected,
)
from tadamun.pillars.support.problems.services.merging import merge
from tadamun.pillars.support.problems.services.picturing import (
    keep_picture,
    picture_bytes,
    put_picture,
    remove_picture,
    report_picture,
)
from tadamun.pillars.support.problems.services.posting import PostFacts, post_for_group
from tadamun.pillars.support.problems.services.raising import ProblemFacts, correct_problem, raise_problem
from tadamun.pillars.support.problems.services.records import forget_person
from tadamun.pillars.support.problems.services.steering import (
    keep_among_members,
    open_to_all,
    settle,
    take_up,
)
from tadamun.pillars.support.problems.services.telling import tell_weekly
from tadamun.pillars.support.problems.services.working import (
    add_step,
    drop_step,
    finish_step,
    form_group,
    hand_on,
    join_group,
    leave_group,
)

__all__ = [
    "PostFacts",
    "ProblemFacts",
    "add_idea",
    "add_reason",
    "add_step",
    "correct_problem",
    "drop_step",
    "finish_step",
    "follow",
    "forget_person",
    "form_group",
    "hand_on",
    "join_group",
    "keep_among_members",
    "keep_picture",
    "leave_group",
    "merge",
    "open_to_all",
    "picture_bytes",
    "post_for_group",
    "put_picture",
    "raise_problem",
    "remove_picture",
    "remove_said",
    "report_picture",
    "say_affected",
    "say_thanks",
    "settle",
    "take_up",
    "tell_weekly",
    "unfollow",
    "unsay_affected",
]

"""Words of the codes of common problems in templates."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString

from tadamun.design.status import pill
from tadamun.pillars.support.problems.vocabulary import Moment, PostKind, ProblemState
from tadamun.pillars.support.problems.wording import LOOKS, MOMENTS, POST_KINDS, STATES

register = template.Library()


@register.simple_tag
def problem_state(code: str) -> SafeString:
    """`{% problem_state card.state %}`: a pill."""
    tone, icon = LOOKS[ProblemState(code)]
    return pill(tone, STATES[ProblemState(code)], icon=icon)


@register.filter
def problem_word(code: str) -> Any:
    """`{{ card.state|problem_word }}`."""
    return STATES[ProblemState(code)]


@register.filter
def moment_word(code: str) -> Any:
    """`{{ picture.moment|moment_word }}`."""
    return MOMENTS[Moment(code)]


@register.filter
def post_kind_word(code: str) -> Any:
    """`{{ post.kind|post_kind_word }}`."""
    return POST_KINDS[PostKind(code)]

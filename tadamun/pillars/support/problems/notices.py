"""The words of the notices that common problems send; which problem it is, the address says."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from tadamun.foundation.notices.wording import register_wording

register_wording(
    kind="problems.group",
    subject=_("A group has begun to work on it"),
    body=_("A problem you follow has a working group now. Everybody is welcome in it."),
)
register_wording(
    kind="problems.solved",
    subject=_("A common problem is solved"),
    body=_("A problem you follow has been solved. Its page says what is different now."),
)
register_wording(
    kind="problems.partly",
    subject=_("A common problem is partly solved"),
    body=_("A problem you follow has been solved in part. Its page says what is different now."),
)
register_wording(
    kind="problems.set_aside",
    subject=_("A common problem was set aside"),
    body=_("A problem you follow was set aside for now. Its page gives the reason."),
)
register_wording(
    kind="problems.taken_up",
    subject=_("A common problem is taken up again"),
    body=_("A problem you follow has been taken up again."),
)
register_wording(
    kind="problems.step",
    subject=_("A step of the group is yours"),
    body=_("The working group has put a step in your hands. Its page says what, and until when."),
)
register_wording(
    kind="problems.picture_reported",
    subject=_("May this photo stay?"),
    body=_("Somebody asks whether a photo may stay. Only coordinators see it until one of you has decided."),
)
register_wording(
    kind="problems.weekly",
    subject=_("The week of the problems you follow"),
    body=ngettext_lazy(
        "Last week something happened to %(count)s problem you follow.",
        "Last week something happened to %(count)s problems you follow.",
        "count",
    ),
)

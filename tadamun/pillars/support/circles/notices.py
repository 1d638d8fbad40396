"""The words of the notices that circles send: they name no circle, no person and no matter."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tadamun.foundation.notices.wording import register_wording

# Whoever glances at the phone learns nothing, and neither does whoever runs the instance: one kind for everything.
NEWS = "circles.news"
register_wording(
    kind=NEWS,
    subject=_("There is something new for you"),
    body=_("Please have a look when you have a quiet moment."),
)

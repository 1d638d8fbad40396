"""The words of the notices that the library sends."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tadamun.foundation.notices.wording import register_wording

register_wording(
    kind="library.approved",
    subject=_("Your booking stands"),
    body=_("%(item)s is yours from %(begin_on)s. Day, hour and place are on its page."),
)
register_wording(
    kind="library.declined",
    subject=_("It does not work this time"),
    body=_("%(item)s cannot be lent at the time you asked for. Other times may be free."),
)
register_wording(
    kind="library.ready",
    subject=_("It is set aside for you"),
    body=_("%(item)s is ready and waits for you until %(end_on)s."),
)
register_wording(
    kind="library.due",
    subject=_("Back soon, please"),
    body=_("%(item)s comes back on %(end_on)s. If you need it longer, you can renew unless somebody waits."),
)
register_wording(
    kind="library.late",
    subject=_("Is it still of use?"),
    body=_(
        "%(item)s was to come back on %(end_on)s. Please bring it when you can, or tell us: nothing is charged, "
        "and nobody is cross."
    ),
)
register_wording(
    kind="library.your_turn",
    subject=_("It is your turn"),
    body=_("%(item)s is back, and you are first in line. It is kept for your answer until %(answer_at)s."),
)
register_wording(
    kind="library.turn_passed",
    subject=_("The next in line was asked"),
    body=_("The day to answer about %(item)s is over. You are welcome to join the line again."),
)
register_wording(
    kind="library.cancelled",
    subject=_("A booking was cancelled"),
    body=_("The booking of %(item)s was cancelled."),
)
register_wording(
    kind="library.asked",
    subject=_("Somebody asks to borrow"),
    body=_("A booking of %(item)s waits for a word from you."),
)
register_wording(
    kind="library.proposed",
    subject=_("A neighbour would like to lend something"),
    body=_("%(item)s waits for you to list it."),
)
register_wording(
    kind="library.listed",
    subject=_("What you lend is listed"),
    body=_("%(item)s can be borrowed now. Thank you for sharing it."),
)
register_wording(
    kind="library.broke",
    subject=_("Something needs mending"),
    body=_("%(item)s broke. Nobody is to blame and nobody pays; the repairs page says what happened."),
)

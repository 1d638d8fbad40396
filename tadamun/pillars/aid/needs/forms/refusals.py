"""What a form says itself when a service refuses what was sent, so that nothing typed is lost."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tadamun.design.numbers import number
from tadamun.kernel.errors import ErrorKind, TadamunError

_WORDS: dict[str, Any] = {
    "wrong_pin": _("Number and PIN do not belong together. Please check both."),
    "phone_or_reason_needed": _("Please write a phone number, or choose that you look at your page."),
    "consent_needed": _("Without your agreement we may not keep this."),
    "giver_not_verified": _(
        "This help comes close to people's homes, so it needs an account that a coordinator can verify."
    ),
    "money_waits_for_the_fund": _("Money is given through the community's fund, not here."),
    "date_out_of_range": _("One of the dates is over, or too far ahead."),
    "need_cannot_move": _("This has changed in the meantime. Please look again; nothing was lost."),
    "match_cannot_move": _("This has changed in the meantime. Please look again; nothing was lost."),
    "before_the_day": _(
        "The agreed day has not come yet. If it comes earlier, as agreed with the household, one press moves the time."
    ),
    "nothing_asked": _("Please write something first."),
    "joined_to_another": _(
        "This request was joined with another one and goes on under its number. Please ask the coordinator for that "
        "number on the phone; nothing was lost."
    ),
}


def refusal_words(error: TadamunError) -> str:
    """The sentence of a refusal, for the form that was refused."""
    most = error.params.get("most")
    if error.code == "pin_locked":
        minutes = int(error.params["minutes"])
        return ngettext(
            "Too many tries at this number. It can be opened from here again in a minute; a coordinator can help "
            "on the phone.",
            "Too many tries at this number. It can be opened from here again in %(n)s minutes; a coordinator can "
            "help on the phone.",
            minutes,
        ) % {"n": number(minutes)}
    if error.kind is ErrorKind.LIMITED:
        minutes = int(error.params.get("minutes", 1))
        return ngettext(
            "Too many tries in a short time. What was written is kept; please try again in a minute.",
            "Too many tries in a short time. What was written is kept; please try again in %(n)s minutes.",
            minutes,
        ) % {"n": number(minutes)}
    if error.code == "quantity_out_of_range":
        return str(_("Please write a number from %(least)s to %(most)s.")) % {
            "least": number(1),
            "most": number(most),
        }
    if error.code == "text_too_long":
        return str(_("This is too long. Please shorten it to %(limit_value)s characters.")) % {
            "limit_value": number(most)
        }
    if error.code == "too_many_lines":
        return str(_("One request holds at most %(most)s things. A second request can hold more.")) % {
            "most": number(most)
        }
    return str(_WORDS.get(error.code, _WORDS["need_cannot_move"]))

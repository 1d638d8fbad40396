"""Sentences of the codes with numbers: why a round decided so, and why a coordinator's step was refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tadamun.design.counts import counted
from tadamun.design.numbers import distance, number
from tadamun.kernel.errors import TadamunError
from tadamun.pillars.aid.needs.wording import word_for

Reason = Mapping[str, Any]


def reason_words(*, reason: Reason) -> str:
    """Why a line was matched so, or not: one or two sentences without a name or a place; empty for an unknown code."""
    word = _WORDS.get(str(reason.get("code", "")))
    if word is None:
        return ""
    if reason.get("place_unknown"):
        word = _WITHOUT_PLACE.get(word, word)
        return " ".join(filter(None, [word(reason), _risen(reason)]))
    return " ".join(filter(None, [word(reason), _beyond(reason), _risen(reason)]))


def without_distance(*, reason: Reason) -> dict[str, Any]:
    """The reason as it is told while a place is not known: a round then reckons with a guess, which is no fact."""
    return {**reason, "place_unknown": True} if reason else {}


def refusal_sentence(*, error: TadamunError) -> str:
    """What a coordinator's page says when a step is refused because something has moved on."""
    if error.code == "offer_does_not_fit":
        return str(_WHY.get(str(error.params.get("why")), _WHY["other_category"]))
    return str(_REFUSALS.get(error.code, _REFUSALS["match_cannot_move"]))


def _nearest(reason: Reason) -> str:
    return _("The nearest free offer, %(far)s away.") % {"far": distance(reason.get("km"))}


def _nearer_taken(reason: Reason) -> str:
    taken = int(reason.get("nearer_taken", 1))
    return ngettext(
        "%(far)s away: a nearer offer went to somebody who comes first.",
        "%(far)s away: %(n)s nearer offers went to others who come first.",
        taken,
    ) % {"far": distance(reason.get("km")), "n": number(taken)}


def _shorter_in_all(reason: Reason) -> str:
    return _("%(far)s away: so all the ways together are shortest.") % {"far": distance(reason.get("km"))}


def _free_somewhere(reason: Reason) -> str:
    return _("A free offer. How far away it is cannot be said: the place is not known yet.")


def _out_of_sight(reason: Reason) -> str:
    return _("The place is not known yet. Once it is, an offer in reach may be found.")


def _by_tier(reason: Reason) -> str:
    tier = word_for(kind="tier", code=reason.get("others_tier"))
    return _("What lies in reach went to a more severe need (%(tier)s).") % {"tier": tier}


def _by_waiting(reason: Reason) -> str:
    days = int(reason.get("others_waited_at_least", 0))
    if not days:
        return _("What lies in reach went to somebody who has waited longer.")
    return _("What lies in reach went to somebody who has waited longer: at least %(days)s.") % {
        "days": counted("days", days)
    }


def _by_order(reason: Reason) -> str:
    return _("What lies in reach went to an equal need; between equals the published order decides.")


def _by_fairness(reason: Reason) -> str:
    return _("What lies in reach went to an area that had received less of what it asked for.")


def _all_given(reason: Reason) -> str:
    return _("It has all that lies in reach, and more is needed.")


def _not_in_category(reason: Reason) -> str:
    return _("Nobody offers this just now.")


def _not_in_reach(reason: Reason) -> str:
    return _("The nearest offer is %(far)s away, and its giver does not go so far.") % {
        "far": distance(reason.get("nearest_km"))
    }


def _not_in_window(reason: Reason) -> str:
    return _("Offers lie in reach, but none of them at the right time.")


def _not_able(reason: Reason) -> str:
    return _("Offers lie in reach, but none of them provides all that is required.")


def _not_large_enough(reason: Reason) -> str:
    return _("No single offer in reach is large enough, and these cannot be divided.")


def _beyond(reason: Reason) -> str:
    far = reason.get("open_offer_beyond_km")
    return _("An offer is still free %(far)s away.") % {"far": distance(far)} if far is not None else ""


def _risen(reason: Reason) -> str:
    if "counted_tier" not in reason:
        return ""
    tier = word_for(kind="tier", code=reason["counted_tier"])
    return _("After so long a wait it counted as: %(tier)s.") % {"tier": tier}


_WORDS: dict[str, Callable[[Reason], str]] = {
    "nearest_free_offer": _nearest,
    "farther_because_nearer_taken": _nearer_taken,
    "farther_because_shorter_in_all": _shorter_in_all,
    "out_ranked_by_tier": _by_tier,
    "out_ranked_by_waiting": _by_waiting,
    "out_ranked_by_order": _by_order,
    "out_ranked_by_fairness": _by_fairness,
    "everything_in_reach_given": _all_given,
    "nothing_in_category": _not_in_category,
    "nothing_in_reach": _not_in_reach,
    "nothing_in_window": _not_in_window,
    "nothing_able": _not_able,
    "nothing_large_enough": _not_large_enough,
}

_WITHOUT_PLACE: dict[Callable[[Reason], str], Callable[[Reason], str]] = {
    _nearest: _free_somewhere,
    _nearer_taken: _free_somewhere,
    _shorter_in_all: _free_somewhere,
    _not_in_reach: _out_of_sight,
}
"""What is told instead of a sentence with a distance while a place is not known."""

_WHY: dict[str, Any] = {
    "other_category": gettext_lazy("This offer is for something else."),
    "not_verified": gettext_lazy("This help needs a giver whom a coordinator has met."),
    "own_request": gettext_lazy("The giver asked for this themselves."),
    "household_unknown": gettext_lazy(
        "This house takes women only, and nobody has said yet who would come. Please ask, and enter it "
        "among the details of the request."
    ),
    "requirement": gettext_lazy("This offer does not provide all that the household requires."),
    "window": gettext_lazy("The times of the need and of the offer do not meet."),
    "reach": gettext_lazy("The household lies outside the reach of this offer."),
}
_REFUSALS: dict[str, Any] = {
    "already_taken": gettext_lazy("It was matched a moment ago. The page shows how it stands now."),
    "offer_used_up": gettext_lazy(
        "This offer is paused, over, or has reached its limit. Another choice may do."
    ),
    "match_cannot_move": gettext_lazy("This has changed in the meantime. The page shows how it stands now."),
    "need_cannot_move": gettext_lazy(
        "This need has moved on in the meantime. The page shows how it stands now."
    ),
    "money_waits_for_the_fund": gettext_lazy("Money is not matched; it waits for the fund."),
    "cannot_merge": gettext_lazy("These two are joined already."),
    "asked_by_two": gettext_lazy(
        "Requests of two different accounts, or of an account and a guest, are not joined, as each would read what "
        "the other wrote. They can be linked instead."
    ),
    "round_under_way": gettext_lazy("A round is being reckoned already."),
    "nothing_to_hand_out": gettext_lazy("Nothing of this offer is accepted and without a list."),
    "checked_off_already": gettext_lazy("This number was checked off already."),
    "wrong_code": gettext_lazy("The code belongs to another number. Please compare both again."),
    "no_such_match": gettext_lazy("This number is not on the list."),
    "date_out_of_range": gettext_lazy(
        "This lies in the past, too far ahead, or after the food's last good day."
    ),
    "reason_needed": gettext_lazy("A reason is needed; the person concerned can read it."),
}

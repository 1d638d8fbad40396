"""The words of every code that pages of this app show."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LINE_STATE: dict[str, Any] = {
    "triage": _("Under review"),
    "open": _("Waiting for a match"),
    "part_matched": _("Partly matched"),
    "matched": pgettext_lazy("need", "Matched"),
    "scheduled": _("Time agreed"),
    "handed_over": _("Handed over, to be confirmed"),
    "met": pgettext_lazy("need", "Met"),
    "closed": pgettext_lazy("need", "Closed"),
}
CLOSE_REASON: dict[str, Any] = {
    "withdrawn": _("Withdrawn by the asker"),
    "expired": _("Its time is over"),
    "referred": _("Referred to somebody who can help better"),
    "met_by_others": _("Met by others"),
    "duplicate": _("Asked twice"),
    "not_wanted": _("No longer wanted"),
}
MATCH_STATE: dict[str, Any] = {
    "proposed": _("Proposed"),
    "invited": _("Invited, no answer yet"),
    "accepted": _("Accepted"),
    "scheduled": _("Time agreed"),
    "handed_over": _("Handed over, to be confirmed"),
    "confirmed": _("Receipt confirmed"),
    "declined": _("Not this time"),
    "expired": _("Unanswered in time"),
    "cancelled": _("Cancelled"),
    "did_not_happen": _("Did not happen"),
}
END_REASON: dict[str, Any] = {
    "": "",
    "cancelled_early": _("Cancelled in good time"),
    "cancelled_late": _("Cancelled at short notice"),
    "no_show": _("Nobody came"),
    "nobodys_fault": _("It did not work out, and nobody is at fault"),
    "asker_refused": _("Another helper was wanted"),
    "line_closed": _("The need was closed"),
    "offer_closed": _("The offer was closed"),
    "changed_by_coordinator": _("Changed by a coordinator"),
    "not_needed": _("This task is no longer asked of you"),
}
CHANGE_REASON: dict[str, Any] = {
    "knows_better": _("The coordinator knows the circumstances"),
    "asker_wish": _("The household wishes so"),
    "giver_wish": _("The giver wishes so"),
    "nearer_in_time": _("It fits better in time"),
    "unanswered": _("The first invitation was not answered"),
}
CONFIRMATION: dict[str, Any] = {
    "": "",
    "code": _("By delivery code"),
    "asker": _("By the household"),
    "call_back": _("By a call back"),
    "counter": _("At the counter"),
}
TIER: dict[str, Any] = {
    "0": _("Most severe"),
    "1": _("Severe"),
    "2": _("Ordinary"),
}
TIER_REASON: dict[str, Any] = {
    "": "",
    "health": _("Health is at risk"),
    "infant": _("An infant is concerned"),
    "no_roof": _("No roof for the night"),
    "hunger": _("Nothing to eat at home"),
    "deadline": _("A date cannot be moved"),
    "repeated": _("Asked before without success"),
    "ordinary": _("None of these"),
}
WHEN: dict[str, Any] = {
    "today": pgettext_lazy("need", "Today"),
    "week": _("Within a week"),
    "month": _("Within a month"),
    "any": _("No hurry"),
}
DELIVERY: dict[str, Any] = {
    "home": _("Brought home"),
    "pick_up": _("Picked up"),
    "either": _("Either way"),
}
CONTACT_WAY: dict[str, Any] = {
    "call": _("By call"),
    "message": _("By message"),
    "neither": _("Neither; I look at my page"),
}
ORIGIN: dict[str, Any] = {
    "web": _("On the site"),
    "phone": _("By phone"),
    "on_behalf": _("On somebody's behalf"),
    "call_back": _("Wishes to be called"),
}
ASKS_FOR: dict[str, Any] = {
    "call": _("A call is asked for"),
}
REQUIREMENT: dict[str, Any] = {
    "brought_home": _("Brought to the door"),
    "woman": _("A woman, preferably"),
    "no_stairs": _("No stairs"),
    "wheelchair": _("Wheelchair"),
    "halal": _("Halal"),
    "vegetarian": _("Vegetarian"),
    "diabetic": _("For diabetes"),
    "lactose_free": _("Without lactose"),
    "gluten_free": _("Without gluten"),
    "arabic": _("Arabic"),
    "kurdish": _("Kurdish"),
    "english": _("English"),
    "french": _("French"),
    "sign_language": _("Sign language"),
    "women_only_house": _("A house of women only"),
    "family_house": _("A house that welcomes families"),
}
HOUSEHOLD: dict[str, Any] = {
    "": _("Not said"),
    "women": _("Women only, with or without children"),
    "mixed": _("Men too"),
}
RHYTHM: dict[str, Any] = {
    "once": pgettext_lazy("offer", "Once"),
    "weekly": pgettext_lazy("offer", "Every week"),
    "monthly": pgettext_lazy("offer", "Every month"),
}
OFFER_STATE: dict[str, Any] = {
    "open": pgettext_lazy("offer", "Open"),
    "closed": pgettext_lazy("offer", "Closed"),
}
WAITS_FOR: dict[str, Any] = {
    "": "",
    "closed": pgettext_lazy("offer", "Closed"),
    "paused": _("Paused"),
    "past": _("Its time is over"),
    "not_verified": _("Waits until a coordinator has met you"),
    "monthly_limit": _("This month's limit is reached"),
}
STORAGE: dict[str, Any] = {
    "": "",
    "dry": _("Dry"),
    "cold": _("In the fridge"),
    "frozen": _("Frozen"),
    "hot": _("Hot"),
}
CONTACT_OUTCOME: dict[str, Any] = {
    "reached": _("Reached"),
    "no_answer": _("No answer"),
    "wrong_number": _("Wrong number"),
    "call_later": _("Asked to be called later"),
}
ROUND_STATE: dict[str, Any] = {
    "queued": _("Queued"),
    "running": _("Being reckoned"),
    "done": pgettext_lazy("round", "Done"),
    "failed": _("Failed"),
}
LINK_KIND: dict[str, Any] = {
    "": "",
    "same": _("The same need"),
    "related": _("Related"),
    "different": _("Different households or needs"),
}
OUTCOME: dict[str, Any] = {
    "": "",
    "met": _("Matched in full"),
    "part_met": _("Matched in part"),
    "out_ranked": _("Others came first this time"),
    "nothing_in_reach": _("Nothing fits just now"),
}
REVEALED: dict[str, Any] = {
    "name": _("Name"),
    "phone": _("Phone"),
    "place": _("First name and address"),
    "notes": _("Notes"),
    "contact": _("Name, phone, address and notes"),
}

UNIT: dict[str, Any] = {
    "item": "",
    "parcel": _("parcels"),
    "meal": _("meals"),
    "box": _("boxes"),
    "hour": _("hours"),
    "visit": _("visits"),
    "night": _("nights"),
    "ride": _("rides"),
    "money": "",
}

REFERRAL_OUTCOME: dict[str, Any] = {
    "waiting": _("Not known yet whether it helped"),
    "helped": _("It helped"),
    "not_helped": _("It did not help"),
    "not_gone": _("Did not go"),
}
IMPORT_FIELD: dict[str, Any] = {
    "asked": _("When it was written"),
    "name": _("Name"),
    "phone": _("Phone number"),
    "size": _("How many people"),
    "need": _("What is needed"),
    "date": _("By when it is needed"),
    "place": _("Quarter or landmark"),
    "address": _("Address"),
    "notes": _("Notes"),
}
IMPORT_PROBLEM: dict[str, Any] = {
    "phone_missing": _("There is no phone number."),
    "phone_not_understood": _("This is not a number that can be called."),
    "phone_digits_lost": _("The spreadsheet rounded the number; its last digits are lost."),
    "size_not_understood": _("This is not a number of people."),
    "size_out_of_range": _("A household has from one to sixty people."),
    "date_not_understood": _("This is not a day that exists."),
    "date_out_of_range": _("This day lies too far back or ahead."),
    "need_missing": _("Nothing is asked for."),
    "need_not_understood": _("We do not know what is meant."),
    "need_not_offered": _("The community does not help with this."),
}
IMPORT_SKIPPED: dict[str, Any] = {
    "total": _("a sum, no request"),
    "header": _("the head once more"),
    "note": _("a remark, no request"),
}

EXPORT_FIELD: dict[str, Any] = {
    "number": _("Request"),
    "asked_on": _("Asked on"),
    "category_code": _("Code of the category"),
    "category": _("Category"),
    "quantity": _("How much is needed"),
    "open": _("Still open"),
    "unit": _("Counted in"),
    "state": _("Where it stands"),
    "tier": _("How severe"),
    "when": _("By when it is needed"),
    "until_on": _("Until"),
    "area": _("Area"),
    "household_size": _("Household"),
    "name": _("Name"),
    "phone": _("Phone number"),
    "address": _("Address"),
    "notes": _("Notes"),
}
DUE: dict[str, Any] = {
    "call": _("A call was promised"),
    "follow_up": _("To be called again"),
    "unreachable": _("Not reached after three tries: another way, or closing?"),
    "still_needed": _("Still needed? No answer yet: please call"),
    "tell": _("Tell the household by phone what was agreed"),
    "invitation": _("An invitation without an answer"),
    "no_time": _("Promised, and no time agreed yet"),
    "address": _("Comes to the door, and no address is known"),
    "no_word": _("The time is over, and nobody has said how it went"),
    "unconfirmed": _("Handed over, and not confirmed yet"),
    "concern": _("Something was said about a stay, in confidence"),
    "money": _("Money, sorted and still waiting"),
    "perishable": _("Will not keep: something of it is left"),
}

TOLD: dict[str, Any] = {
    "notice": _("The household has been told."),
    "call": _("It stands on the household's page, and the coordinators call them."),
    "page": _("It stands on the household's page."),
}
TOLD_AT_THE_DESK: dict[str, Any] = {
    "notice": _("The household has been told."),
    "call": _("The household knows only once somebody calls."),
    "page": _("It stands on the household's page."),
}

KINDS: dict[str, dict[str, Any]] = {
    "told": TOLD,
    "told_at_the_desk": TOLD_AT_THE_DESK,
    "export_field": EXPORT_FIELD,
    "import_field": IMPORT_FIELD,
    "import_problem": IMPORT_PROBLEM,
    "import_skipped": IMPORT_SKIPPED,
    "referral_outcome": REFERRAL_OUTCOME,
    "unit": UNIT,
    "line_state": LINE_STATE,
    "close_reason": CLOSE_REASON,
    "match_state": MATCH_STATE,
    "end_reason": END_REASON,
    "change_reason": CHANGE_REASON,
    "confirmation": CONFIRMATION,
    "tier": TIER,
    "tier_reason": TIER_REASON,
    "when": WHEN,
    "delivery": DELIVERY,
    "contact_way": CONTACT_WAY,
    "due": DUE,
    "origin": ORIGIN,
    "asks_for": ASKS_FOR,
    "requirement": REQUIREMENT,
    "household": HOUSEHOLD,
    "rhythm": RHYTHM,
    "offer_state": OFFER_STATE,
    "waits_for": WAITS_FOR,
    "storage": STORAGE,
    "contact_outcome": CONTACT_OUTCOME,
    "round_state": ROUND_STATE,
    "link_kind": LINK_KIND,
    "outcome": OUTCOME,
    "revealed": REVEALED,
}


def word_for(*, kind: str, code: Any) -> str:
    """The words of a code; an unknown one is shown as nothing rather than as a code."""
    return str(KINDS[kind].get(str(code) if code is not None else "", ""))


def choices_of(*, kind: str) -> list[tuple[str, Any]]:
    """The codes of a kind with their words, for form fields."""
    return [(code, words) for code, words in KINDS[kind].items() if code]


def household_choices() -> list[tuple[str, Any]]:
    """Who would come, with the answer that nothing was said."""
    return list(HOUSEHOLD.items())

"""Sentences for what can go wrong between a need and its being met."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from tadamun.web.sentences.sentence import Sentence

_LOOK_AGAIN = _("The page shows how things stand now; nothing was lost.")

NEEDS: dict[str, Sentence] = {
    "no_such_need": Sentence(
        _("This request is not to be seen here."),
        _("It opens with its number and PIN on the tracking page, or from the account that made it."),
    ),
    "no_such_offer": Sentence(
        _("This offer is not to be seen here."), _("«My offers» shows the ones you have made.")
    ),
    "no_such_match": Sentence(
        _("This invitation or task is no longer there."),
        _("It may have run out or been answered. Your tasks show what is open."),
    ),
    "no_such_import": Sentence(
        _("This sheet is not to be seen here."), _("The list of sheets shows those that were brought in.")
    ),
    "import_is_over": Sentence(
        _("This sheet is closed, and its cells are dropped."),
        _("The same file can be handed in again; no row comes in twice."),
    ),
    "columns_are_settled": Sentence(
        _("Rows of this sheet were taken in already, so its columns stay as they are."),
        _("Closed and handed in again after a correction, it brings in what is missing."),
    ),
    "row_not_there": Sentence(
        _("The sheet has no request in this row."), _("The page shows the rows as they stand.")
    ),
    "sheet_is_empty": Sentence(
        _("This file is empty."), _("Please choose the file in which the rows stand.")
    ),
    "sheet_not_understood": Sentence(
        _("This file is not a sheet we can read."),
        _("Please save it as XLSX or CSV and hand it in again."),
    ),
    "sheet_too_large": Sentence(
        _("This sheet is larger than we can take at once."),
        _("It may have 5,000 rows, 60 columns and 8 megabytes; please cut it into several."),
    ),
    "no_such_round": Sentence(
        _("This round is not to be seen here."), _("The list of rounds shows those there were.")
    ),
    "not_your_need": Sentence(
        _("Only whoever asked can do this."),
        _("The request opens with its number and PIN; a coordinator can help on the phone."),
    ),
    "not_your_offer": Sentence(
        _("Only whoever made the offer can do this."), _("A coordinator can help on the phone.")
    ),
    "not_your_task": Sentence(
        _("This task belongs to somebody else."), _("Your tasks show what you have promised.")
    ),
    "coordinators_only": Sentence(
        _("This page is for the coordinators of the community."),
        _("Everything you need yourself is on the home page."),
    ),
    "members_only": Sentence(
        _("This page is for the members of the community."),
        _("Joining is asked for on the home page of the community."),
    ),
    "need_cannot_move": Sentence(_("The request has moved on in the meantime."), _LOOK_AGAIN),
    "match_cannot_move": Sentence(_("The task has moved on in the meantime."), _LOOK_AGAIN),
    "already_taken": Sentence(
        _("It was matched a moment ago."), _("Somebody was faster. Another choice is on the page.")
    ),
    "offer_used_up": Sentence(
        _("Nothing is left of this offer just now."), _("Another choice is on the request's page.")
    ),
    "offer_does_not_fit": Sentence(
        _("This offer does not fit the need."),
        _("Category, distance, time or a requirement stand against it. Another choice is on the page."),
    ),
    "at_night": Sentence(
        _("This is at night, between ten and seven."),
        _("Help at night is welcome once the household has agreed to it; a tick says so."),
    ),
    "before_the_day": Sentence(
        _("The agreed day has not come yet."),
        _("If it comes earlier, as agreed with the household, the time is moved first: so they are told."),
    ),
    "code_locked": Sentence(
        _("Too many wrong codes: none counts any more for this handover."),
        _("The household confirms on its page, or a coordinator by phone; that is just as good."),
    ),
    "wrong_code": Sentence(
        _("This is not the delivery code."),
        _("The household reads it on its page. Without it, the coordinator confirms by phone."),
    ),
    "wrong_pin": Sentence(
        _("Number and PIN do not belong together."),
        _("Please check both. A coordinator can help on the phone."),
    ),
    "pin_locked": Sentence(
        _("Too many tries at this number."),
        ngettext_lazy(
            "It can be opened from here again in a minute. A coordinator can help on the phone.",
            "It can be opened from here again in %(minutes)s minutes. A coordinator can help on the phone.",
            "minutes",
        ),
    ),
    "nothing_asked": Sentence(_("Something is still missing."), _("One word about what it is will do.")),
    "too_many_lines": Sentence(
        _("One request cannot hold more things than this."), _("A second request can hold the others.")
    ),
    "quantity_out_of_range": Sentence(
        _("This number is too small or too large."),
        ngettext_lazy("Here it is %(most)s.", "It lies between 1 and %(most)s.", "most"),
    ),
    "date_out_of_range": Sentence(
        _("This time is past already, or too far ahead."), _("Please choose another one.")
    ),
    "later_than_asked": Sentence(
        _("This is later than what was asked for."),
        _("Late help is welcome once the household has agreed to it; a tick says so."),
    ),
    "consent_needed": Sentence(
        _("Without consent nothing can be kept."), _("Please read the short text and agree to it.")
    ),
    "phone_or_reason_needed": Sentence(
        _("Without a phone number nobody can call back."), _("A number of a person you trust will do.")
    ),
    "giver_not_verified": Sentence(
        _("This kind of help needs a person whom a coordinator has met."),
        _("A short meeting is enough; the coordinators arrange it by phone."),
    ),
    "money_waits_for_the_fund": Sentence(
        _("Money is not matched between neighbours."), _("Such a request waits for the community's decision.")
    ),
    "round_under_way": Sentence(
        _("A round is being reckoned already."), _("It takes a moment; its proposals appear by themselves.")
    ),
    "inputs_destroyed": Sentence(
        _("The inputs of this round were destroyed when somebody in them asked to be forgotten."),
        _(
            "Its fingerprints, its certificate and the verdict of that time stay; it can no longer be computed again."
        ),
    ),
    "text_too_long": Sentence(
        _("The text is too long."),
        ngettext_lazy("%(most)s character at most.", "%(most)s characters at most.", "most"),
    ),
    "cannot_merge": Sentence(
        _("These two cannot be made one."),
        _(
            "It is the same request, one of them is joined already, or it only asks once more for the same call."
        ),
    ),
    "asked_by_two": Sentence(
        _("Requests of two different accounts, or of an account and a guest, are not joined."),
        _("Each would read what the other wrote. Please link them instead; both go on."),
    ),
    "joined_to_another": Sentence(
        _("This request was joined with another one and goes on under its number."),
        _("Please ask the coordinator for that number on the phone; nothing of the request was lost."),
    ),
    "not_on_the_day": Sentence(
        _("Name and address open on the day of the handover."),
        _("Until then they stay closed, for the household's safety."),
    ),
    "nothing_to_hand_out": Sentence(
        _("Nothing of this offer is accepted yet."), _("Once something is, it makes the list of the day.")
    ),
    "checked_off_already": Sentence(
        _("This number was checked off already."), _("The list shows when; please look at the number again.")
    ),
}

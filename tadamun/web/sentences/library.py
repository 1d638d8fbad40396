"""Sentences for what can go wrong with the library of things, rooms and skills."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tadamun.web.sentences.sentence import Sentence

_LIST = _("The list shows what there is.")
_CALENDAR = _("The calendar shows what is still free.")

LIBRARY: dict[str, Sentence] = {
    "no_such_item": Sentence(_("This is not in the library."), _LIST),
    "no_such_copy": Sentence(
        _("No piece here carries this label."), _("Three letters and a number, as they stand on the label.")
    ),
    "no_such_loan": Sentence(
        _("There is no such booking here."), _("Your own bookings stand on their page in the library.")
    ),
    "no_such_photo": Sentence(_("This photo is not there."), _LIST),
    "no_such_repair": Sentence(
        _("There is no such repair."), _("The repairs page shows what waits to be mended.")
    ),
    "no_such_feed": Sentence(
        _("This calendar address opens nothing."), _("A new one is made on the page of your bookings.")
    ),
    "library_for_coordinators": Sentence(
        _("The coordinators of the community keep the library."),
        _("If something is wrong, a call is enough."),
    ),
    "borrowers_verified": Sentence(
        _("This is lent to members whom a coordinator has met."),
        _("A short meeting is enough; a call arranges it."),
    ),
    "not_to_be_had": Sentence(_("This is not lent at the moment."), _LIST),
    "time_taken": Sentence(_("Somebody has this time already."), _CALENDAR),
    "library_closed_then": Sentence(
        _("Nothing is handed out or taken back at that time."), _("The page says on which days and hours.")
    ),
    "time_past": Sentence(_("This time is over."), _CALENDAR),
    "time_too_far_ahead": Sentence(
        _("Nothing is booked that far ahead."), _("Up to %(days)s days ahead can be booked.")
    ),
    "loan_too_long": Sentence(
        _("It is not lent for that long."), _("A shorter time, renewed later, often does it.")
    ),
    "too_many_at_once": Sentence(
        _("You have as many of these as one may at once."),
        _("Bringing one back, or calling a booking off, makes room."),
    ),
    "loan_cannot_move": Sentence(
        _("This booking stands otherwise by now."), _("Its page shows how; nothing was lost.")
    ),
    "somebody_waits": Sentence(
        _("Somebody waits for it, so it is not renewed."), _("Please bring it back, and join the line again.")
    ),
    "renewed_enough": Sentence(
        _("It was renewed as often as it may be."), _("Bring it back, and book it again when it is free.")
    ),
    "already_in_line": Sentence(_("You are in line already."), _("We tell you as soon as it is your turn.")),
    "no_line_here": Sentence(
        _("This is booked by the calendar, without a line."), _("Another hour or day may be free.")
    ),
    "answer_too_late": Sentence(
        _("The day to answer is over."),
        _("The next in line was asked; you are welcome to join the line again."),
    ),
    "copy_not_here": Sentence(
        _("This piece is not here to be handed out."),
        _("It is out, set aside for somebody else, or being mended. Another piece may be here."),
    ),
    "copy_not_out": Sentence(_("This piece is not out."), _("Perhaps it was taken back a moment ago.")),
    "borrower_needed": Sentence(
        _("Name and phone are needed."), _("No member has this phone, so both are written down, sealed.")
    ),
    "not_a_photo": Sentence(
        _("This file cannot be read as a photo."), _("A smaller JPEG from the phone often works.")
    ),
    "too_many_photos": Sentence(_("There are enough photos."), _("Taking one away makes room for another.")),
    "item_needs_name": Sentence(_("A name is missing."), _("Such as: ladder, 4 metres.")),
    "hours_crossed": Sentence(
        _("The days or hours do not fit."), _("At least one day, and an hour to close after the one to open.")
    ),
    "words_needed": Sentence(_("Some words are missing."), _("A few are enough: what happened?")),
}

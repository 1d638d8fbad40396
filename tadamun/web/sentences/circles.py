"""Sentences for what can go wrong in a circle, or with a listener."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tadamun.web.sentences.sentence import Sentence

CIRCLES: dict[str, Sentence] = {
    "no_such_circle": Sentence(
        _("There is no such circle for you."), _("The list shows the circles that meet here.")
    ),
    "no_such_message": Sentence(
        _("This message is not there any more."), _("Messages are deleted when their time is over.")
    ),
    "no_such_seat": Sentence(_("Nobody of this kind is in the circle."), _("They may have left.")),
    "no_such_session": Sentence(
        _("There is no such meeting."),
        _("It may have begun, or been moved. The circle's page shows the next one."),
    ),
    "no_such_talk": Sentence(
        _("There is no such talk for you."), _("It may have ended. Another one can be asked for at any time.")
    ),
    "no_such_listener": Sentence(_("There is no such listener."), _("The offer may have been taken back.")),
    "hosts_are_checked": Sentence(
        _("A coordinator meets whoever hosts a circle first."), _("A call is enough to agree on it.")
    ),
    "only_hosts": Sentence(_("Only the hosts of the circle can do this."), _("A message to them is enough.")),
    "words_for_coordinators": Sentence(
        _("Coordinators and stewards keep this list."), _("If something is missing, please tell them.")
    ),
    "circle_is_closed": Sentence(
        _("This circle does not meet any more."), _("The list shows the circles that meet here.")
    ),
    "circle_is_full": Sentence(
        _("Every seat in the circle is taken."),
        _("The question waits until somebody leaves, or the hosts add a seat."),
    ),
    "circle_needs_two_hosts": Sentence(
        _("This circle waits for its hosts."),
        _("A circle for minors has two hosts whom a coordinator has met. Until then it rests."),
    ),
    "already_in_circle": Sentence(_("You asked before, or are inside."), _("Your list of circles shows it.")),
    "cannot_ask_here": Sentence(
        _("Asking is not possible in this circle."),
        _("There are others, and listeners for one person alone."),
    ),
    "last_host": Sentence(
        _("The circle would be left without a host."),
        _("Please find another host first, or close the circle."),
    ),
    "reads_only_for_now": Sentence(
        _("A host asked you to only read for some days."), _("A word in distress arrives all the same.")
    ),
    "agreement_needed": Sentence(
        _("The agreement was not accepted."), _("Its five lines hold for everybody inside.")
    ),
    "agreement_has_five_lines": Sentence(
        _("An agreement has five short lines."), _("Please write one a line, no more and no fewer.")
    ),
    "not_of_this_age": Sentence(
        _("This circle is for another age."),
        _("The list shows others; a listener is there for one person alone."),
    ),
    "already_reported": Sentence(_("You reported this message before."), _("The hosts decide about it.")),
    "not_against_oneself": Sentence(_("This message is your own."), _("It can be deleted on its page.")),
    "too_many_talks": Sentence(
        _("So many talks were asked for this week."),
        _(
            "In danger to yourself or to others, please call now: the numbers stand above on every page of circles."
        ),
    ),
    "listener_facts_missing": Sentence(
        _("Something about listening is missing."),
        _("A language, a way of talking, and for talks by voice the address of a room."),
    ),
}

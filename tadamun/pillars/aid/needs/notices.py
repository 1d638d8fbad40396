"""The words of the notices that needs sends."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tadamun.foundation.notices.wording import register_wording

register_wording(
    kind="needs.request_came_in",
    subject=_("A request came in"),
    body=_("Request %(number)s waits for you to sort it."),
)
register_wording(
    kind="needs.call_asked_again",
    subject=_("A call is asked for once more"),
    body=_("Whoever waits for the call of request %(number)s has asked for it again."),
)
register_wording(
    kind="needs.invitation",
    subject=_("A neighbour could use your help"),
    body=_("Somebody needs what you offer. Please say whether you can this time."),
)
register_wording(
    kind="needs.accepted",
    subject=_("Somebody will help with your request"),
    body=_(
        "Somebody has agreed to help with request %(number)s. Your page shows who, what and when: %(url)s"
    ),
)
register_wording(
    kind="needs.scheduled",
    subject=_("There is a time for your request"),
    body=_(
        "The help for request %(number)s has a time now. Your page shows it, and the delivery code: %(url)s"
    ),
)
register_wording(
    kind="needs.comes_now",
    subject=_("The help comes earlier than agreed"),
    body=_(
        "The help for request %(number)s comes now, earlier than agreed. If that does not suit, please call us. Your "
        "page shows who comes, and the delivery code: %(url)s"
    ),
)
register_wording(
    kind="needs.please_confirm",
    subject=_("Did the help arrive?"),
    body=_(
        "We were told that the help for request %(number)s was handed over. Please confirm it here: %(url)s"
    ),
)
register_wording(
    kind="needs.helper_cannot",
    subject=_("We are looking for somebody else"),
    body=_(
        "Whoever was going to help with request %(number)s cannot come. Your request keeps its place: %(url)s"
    ),
)
register_wording(
    kind="needs.referred",
    subject=_("Somebody else can help you better"),
    body=_(
        "For request %(number)s: %(service)s. %(where)s. Hours, papers to bring and the way there: %(url)s"
    ),
)
register_wording(
    kind="needs.did_it_help",
    subject=_("Did it help?"),
    body=_(
        "Some time ago we sent you to a service for request %(number)s. Did it help? One press is enough: %(url)s"
    ),
)
register_wording(
    kind="needs.referral_failed",
    subject=_("A referral did not help"),
    body=_("The service we named for request %(number)s did not help. The need waits to be sorted again."),
)
register_wording(
    kind="needs.answer",
    subject=_("There is an answer for you"),
    body=_("There is a message about request %(number)s. You can read it here: %(url)s"),
)
register_wording(
    kind="needs.message",
    subject=_("A message about a request"),
    body=_("There is a new message about request %(number)s."),
)
register_wording(
    kind="needs.giver_accepted",
    subject=_("An invitation was accepted"),
    body=_("Somebody has agreed to help with request %(number)s."),
)
register_wording(
    kind="needs.declined",
    subject=_("Not this time"),
    body=_(
        "The person invited for request %(number)s cannot this time. The next choice is on the request's page."
    ),
)
register_wording(
    kind="needs.unanswered",
    subject=_("Nobody has answered yet"),
    body=_("The invitation for request %(number)s ran out, and there is no further proposal."),
)
register_wording(
    kind="needs.asker_refused",
    subject=_("Another helper is wanted"),
    body=_("For request %(number)s another helper is wanted. No reason is needed."),
)
register_wording(
    kind="needs.giver_cancelled",
    subject=_("A helper cannot come"),
    body=_("The helper of request %(number)s cannot come after all. The line is open again."),
)
register_wording(
    kind="needs.no_longer_needed",
    subject=_("No longer needed"),
    body=_("What you were going to help with is no longer needed. Thank you for being ready."),
)
register_wording(
    kind="needs.confirmed",
    subject=_("It arrived"),
    body=_("The household has confirmed that your help arrived. Thank you."),
)
register_wording(
    kind="needs.thanks",
    subject=_("A word of thanks"),
    body=_("The household you helped has left a word of thanks for you."),
)
register_wording(
    kind="needs.concern",
    subject=_("Something about a stay needs a look"),
    body=_("About the stay of request %(number)s something was said in confidence. Please look soon."),
)
register_wording(
    kind="needs.round_done",
    subject=_("The round is done"),
    body=_("Round %(number)s is reckoned and checked. Its proposals wait for you."),
)
register_wording(
    kind="needs.still_needed",
    subject=_("Do you still need this?"),
    body=_(
        "Request %(number)s is still open. Do you still need it? One press on your page says so, and it keeps "
        "its place: %(url)s"
    ),
)

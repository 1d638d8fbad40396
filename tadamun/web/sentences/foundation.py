"""Sentences for what can go wrong with people, communities, places, the catalogue and notices."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from tadamun.web.sentences.sentence import Sentence

FOUNDATION: dict[str, Sentence] = {
    "no_such_words": Sentence(_("These words are not there."), _("The list shows those there are.")),
    "words_not_a_group": Sentence(
        _("These are not words that could stand for each other."),
        _("Between commas, from two to twelve, and each of them short."),
    ),
    "too_many_word_groups": Sentence(
        _("There are as many groups of words as search can look through."),
        _("Please take out one that is not needed."),
    ),
    "lexicon_not_understood": Sentence(
        _("The word list cannot be read."),
        _("Words that belong together stand on one line, with commas between them."),
    ),
    "phone_not_understood": Sentence(
        _("This does not look like a phone number."),
        _("Please write it as you would dial it, with all its digits."),
    ),
    "phone_taken": Sentence(
        _("Another account uses this phone number."), _("Sign in with it, or ask a coordinator for help.")
    ),
    "link_not_valid": Sentence(
        _("This link no longer works."),
        _("It may have been used already or be too old. A coordinator can give a new one."),
    ),
    "no_link_for_this_role": Sentence(
        _("No sign-in link can be made for this person."),
        _("Their role sees names, so they sign in with a password and a second factor."),
    ),
    "email_taken": Sentence(
        _("Another account uses this e-mail address."),
        _("Sign in with it, or choose a new password by e-mail."),
    ),
    "second_factor_needed": Sentence(
        _("A second factor is needed first."),
        _("Your role sees names. Set up the second factor under «Signing in» in your account."),
    ),
    "passkeys_not_here": Sentence(
        _("Passkeys cannot be made at this address."),
        _("Browsers make them for https addresses alone. An app for codes works everywhere."),
    ),
    "no_such_consent": Sentence(
        _("This consent is not there, or it is withdrawn already."),
        _("The page «Privacy» shows those that hold."),
    ),
    "account_needs_consent": Sentence(
        _("Without this consent there can be no account."),
        _("Deleting the account withdraws it; the page «Privacy» leads there."),
    ),
    "last_way_in": Sentence(
        _("This is the only way into the account."), _("Add a phone number or an e-mail address first.")
    ),
    "message_not_sent": Sentence(
        _("The message could not be sent just now."),
        _("Please try again in a little while, or ask a coordinator."),
    ),
    "reason_needed": Sentence(
        _("A reason is needed."), _("A few words are enough; the person concerned can read them.")
    ),
    "no_such_community": Sentence(
        _("There is no community at this address."), _("Please check the link, or begin from the home page.")
    ),
    "not_a_member": Sentence(
        _("This page is for members of the community."),
        _("One can ask to join, or sign in with a member's account."),
    ),
    "role_needed": Sentence(_("This page needs another role."), _("A steward of the community can give it.")),
    "app_switched_off": Sentence(
        _("This part is not in use in this community."), _("The home page shows what there is.")
    ),
    "invitation_not_valid": Sentence(
        _("This invitation no longer works."), _("It may be used up or too old. Please ask for a new one.")
    ),
    "already_asked": Sentence(
        _("Your request to join is already with the coordinators."), _("You will hear from them here.")
    ),
    "last_steward": Sentence(_("A community needs at least one steward."), _("Name another steward first.")),
    "name_taken": Sentence(_("Another community has this short name."), _("Please choose another one.")),
    "already_decided": Sentence(
        _("Somebody has answered this already."), _("The list shows what was decided.")
    ),
    "region_unknown": Sentence(
        _("This country is not one that the software knows."), _("Please choose one from the list.")
    ),
    "slug_not_valid": Sentence(
        _("This short name cannot stand in an address."),
        _("Small Latin letters, digits and hyphens can; it begins and ends with a letter or digit."),
    ),
    "slug_reserved": Sentence(
        _("This short name stands for a page of the site itself."),
        _("The name of the quarter or the village in Latin letters is a good one."),
    ),
    "no_such_member": Sentence(
        _("Nobody of this kind belongs here now."), _("The list of members shows who does.")
    ),
    "already_member": Sentence(
        _("This person belongs to the community already."), _("The home page of the community leads on.")
    ),
    "joining_closed": Sentence(
        _("The community takes no requests to join just now."),
        _("An invitation from a coordinator still opens the door. Asking for help needs no membership."),
    ),
    "removed_earlier": Sentence(
        _("This link does not open the community for this account."),
        _("One can ask to join, and a steward answers."),
    ),
    "password_needed": Sentence(
        _("This role needs an account with a password of its own."),
        _("Set a password in the account first; then the role can be given."),
    ),
    "role_unknown": Sentence(_("There is no such role."), _("Please choose one from the list.")),
    "not_oneself": Sentence(
        _("Nobody verifies themselves."), _("A second person looks: please ask another coordinator.")
    ),
    "not_verified": Sentence(
        _("Hosting overnight comes after verification."), _("Verify the member first, then approve.")
    ),
    "invitation_too_wide": Sentence(
        _("This invitation would be open too wide."), _("Fewer people or fewer days, please.")
    ),
    "no_such_join_request": Sentence(
        _("This request to join is not there."), _("The list shows those that wait.")
    ),
    "no_such_invitation": Sentence(
        _("This invitation is not there."), _("The list shows those that were made.")
    ),
    "community_name_needed": Sentence(
        _("A community needs a name."), _("The name of the quarter or the village is enough.")
    ),
    "time_zone_unknown": Sentence(
        _("The clock does not know this time zone."), _("It is written like Asia/Amman.")
    ),
    "currency_unknown": Sentence(
        _("This is not a currency."), _("It is written with three Latin capitals, such as JOD.")
    ),
    "centre_not_on_the_globe": Sentence(
        _("These degrees lie nowhere."),
        _(
            "Latitude runs from 90 south to 90 north, longitude from 180 west to 180 east; give both or neither."
        ),
    ),
    "app_unknown": Sentence(_("There is no such part."), _("Please choose from the list.")),
    "no_such_notice": Sentence(
        _("This notice is not there."), _("It may have been sent or put aside already.")
    ),
    "already_sent": Sentence(
        _("Somebody has sent this text, or put it aside, a moment ago."),
        _("The list shows what still waits."),
    ),
    "no_such_area": Sentence(
        _("This area is not there, or it can no longer be chosen."), _("Please choose another one.")
    ),
    "area_name_taken": Sentence(_("Another area has this name."), _("Please choose another name.")),
    "area_name_needed": Sentence(_("An area needs a name."), _("The name that neighbours use is best.")),
    "not_on_the_globe": Sentence(
        _("These degrees lie nowhere."),
        _(
            "Latitude runs from 90 south to 90 north, longitude from 180 west to 180 east; give both or neither."
        ),
    ),
    "no_such_category": Sentence(
        _("This category is not in use here."), _("Please choose another one; the nearest is good enough.")
    ),
    "category_name_taken": Sentence(_("Another category has this name."), _("Please choose another name.")),
    "category_name_needed": Sentence(
        _("A category needs a name."), _("In one language at least, better in all.")
    ),
    "category_below_itself": Sentence(
        _("A category cannot stand there."), _("Please put it under a main category, or on its own.")
    ),
    "category_not_yours": Sentence(
        _("This category is shared by all communities."), _("It can be hidden here, but not changed.")
    ),
    "not_for_the_trail": Sentence(
        _("This was not written down: the trail takes no names, texts or phones."),
        _("Nothing was changed. Please tell whoever runs this instance."),
    ),
    "opens_by_button": Sentence(
        _("This address is no page of its own."),
        _("It opens by a button on a page. Nothing was changed; the home page leads on."),
    ),
    "form_too_large": Sentence(
        _("This was too much to send at once."),
        _("Nothing was kept of it. Please go back, leave something out, and send the rest afterwards."),
    ),
    "too_many_tries": Sentence(
        _("Too many tries in a short time."),
        ngettext_lazy("Please try again in a minute.", "Please try again in %(minutes)s minutes.", "minutes"),
    ),
}

"""Sentences for what can go wrong with tokens and at the doors for programs."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from tadamun.web.sentences.http import TOKEN_NEEDED
from tadamun.web.sentences.sentence import Sentence

PROGRAMS: dict[str, Sentence] = {
    "token_needed": TOKEN_NEEDED,
    "scope_needed": Sentence(
        _("The token was not made for this."), _("A token made with the scope named in «params» opens it.")
    ),
    "token_of_elsewhere": Sentence(
        _("The token opens another community."), _("Each token is made for one community.")
    ),
    "cursor_not_valid": Sentence(
        _("The list cannot go on from there."), _("Send «next» of the page before as it stands, or nothing.")
    ),
    "key_used_otherwise": Sentence(
        _("This idempotency key was used for something else."), _("Each deed takes a key of its own.")
    ),
    "no_such_token": Sentence(_("This token is not there."), _("The list shows those you made.")),
    "scopes_needed": Sentence(_("A token is made for something."), _("Please choose at least one.")),
    "token_name_needed": Sentence(_("A token needs a name."), _("The name of the program is best.")),
    "token_days_out_of_range": Sentence(
        _("A token does not work that long."),
        ngettext_lazy("It works for %(most)s day.", "It works for %(most)s days at most.", "most"),
    ),
    "too_many_tokens": Sentence(_("There are many tokens already."), _("Please stop one that is not used.")),
    "reveal_needs_second_factor": Sentence(
        _("Opening names needs a second factor."),
        _("Set it up under «Signing in» in the account, then make the token."),
    ),
}

"""Sentences for refusals that only HTTP knows, by status: what a program did, and what it is to do."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tadamun.web.sentences.sentence import Sentence

TOKEN_NEEDED = Sentence(
    _("This opens by a token."),
    _("Send it in the header «Authorization: Bearer». A new one is made under «Signing in» in the account."),
)

HTTP: dict[int, tuple[str, Sentence]] = {
    400: (
        "not_understood",
        Sentence(_("This could not be read."), _("The body is to be JSON, written in UTF-8.")),
    ),
    401: ("token_needed", TOKEN_NEEDED),
    403: ("refused", Sentence(_("This is not open to you."), _("Another role or another scope opens it."))),
    404: ("missing", Sentence(_("There is nothing here."), _("The description of the API lists all doors."))),
    405: (
        "method_not_allowed",
        Sentence(_("This door does not know this method."), _("The header «Allow» names those it knows.")),
    ),
    413: ("too_large", Sentence(_("This is too much at once."), _("Please send less in one call."))),
    415: (
        "media_not_known",
        Sentence(_("This kind of content is not taken."), _("Send JSON, as «application/json».")),
    ),
    422: (
        "not_valid",
        Sentence(_("Something in what was sent does not fit."), _("«errors» says where and why.")),
    ),
    500: (
        "server_error",
        Sentence(
            _("Something broke here; the fault is ours."),
            _("Please try again in a while; with the same idempotency key nothing is done twice."),
        ),
    ),
    503: (
        "try_again",
        Sentence(
            _("Two things happened at the same moment."), _("Nothing was changed. Please send it once more.")
        ),
    ),
}
"""Code and sentence by status; those of 400 and 500 stand for the others of their kind."""

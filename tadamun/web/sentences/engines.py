"""Sentences for what engines are given and cannot use; a page meets them only when something of ours is wrong."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tadamun.web.sentences.sentence import Sentence

_TELL = _("Nothing was changed. Please tell whoever runs this instance.")
ENGINES: dict[str, Sentence] = {
    "invalid_instance": Sentence(_("The needs and offers cannot be reckoned with as they stand."), _TELL),
    "invalid_policy": Sentence(_("The matching policy holds a value that is out of range."), _TELL),
    "bad_file": Sentence(
        _("The file cannot be used as it stands."), _("Each mistake is listed with its line and column.")
    ),
    "invalid_certificate": Sentence(_("This is not a certificate of a matching round."), _TELL),
}

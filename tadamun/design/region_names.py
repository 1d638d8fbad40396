"""The regions by name, for a settings form."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from tadamun.kernel.regions import FALLBACK

# The names of `tadamun.kernel.regions`, said again where translators find them.
REGION_NAMES: dict[str, Any] = {
    "JO": _("Jordan"),
    "SY": _("Syria"),
    "LB": _("Lebanon"),
    "PS": _("Palestine"),
    "IQ": _("Iraq"),
    "EG": _("Egypt"),
    "SD": _("Sudan"),
    "SA": _("Saudi Arabia"),
    "YE": _("Yemen"),
    "KW": _("Kuwait"),
    "BH": _("Bahrain"),
    "QA": _("Qatar"),
    "OM": _("Oman"),
    "AE": _("United Arab Emirates"),
    "MA": _("Morocco"),
    "DZ": _("Algeria"),
    "TN": _("Tunisia"),
    "LY": _("Libya"),
    "MR": _("Mauritania"),
    FALLBACK.code: _("Another country"),
}


def region_choices() -> list[tuple[str, Any]]:
    """Codes and names, in the order they are offered."""
    return list(REGION_NAMES.items())

"""What comes in about an area."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from tadamun.foundation.communities.forms import OnceForm, PointField


class AreaForm(OnceForm):
    """A named part of the community, and where its middle lies."""

    name = forms.CharField(label=_("Name of the area"), help_text=_("As people here call it."), max_length=60)
    middle = PointField(
        label=_("Middle of the area"),
        help_text=_("Latitude and longitude, as any map shows them, such as 31.95, 35.91."),
        max_length=60,
    )
    position = forms.IntegerField(
        label=_("Place in the list"), min_value=0, max_value=999, initial=0, required=False
    )

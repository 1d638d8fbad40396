"""How a community matches, as its stewards settle it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tadamun.pillars.aid.needs.forms.fields import CountField


class PolicyForm(forms.Form):
    """The settings of rounds and invitations."""

    escalate_after_days = CountField(
        least=1,
        most=365,
        label=_("After how many days does a need rise one step?"),
        help_text=_("So that nobody waits for ever behind more severe needs."),
    )
    fair_by_area = forms.BooleanField(
        label=_("Between equals, the area that received least goes first"), required=False
    )
    widen = forms.BooleanField(label=_("Look farther where nothing lies near"), required=False)
    invitation_hours = CountField(
        least=1,
        most=168,
        label=_("How many hours is an invitation open?"),
        help_text=_("Then the next person is asked."),
    )
    referral_asks_after_days = CountField(
        least=1,
        most=120,
        label=_("How many days after a referral do we ask whether it helped?"),
    )
    check_after_days = CountField(
        least=1,
        most=365,
        label=_("After how many days of silence do we ask whether something is still needed?"),
        help_text=_("Nothing is closed because nobody answered: somebody calls."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("use_required_attribute", False)
        super().__init__(*args, **options)

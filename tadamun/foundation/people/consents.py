"""What people consent to: every text with its version. A changed text is a new version; the old one stays readable."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from tadamun.foundation.people.vocabulary import ConsentPurpose
from tadamun.foundation.people.wording import Words


@dataclass(frozen=True, slots=True)
class ConsentText:
    """One version of one text: its title, its paragraphs, and what its withdrawal means."""

    purpose: ConsentPurpose
    version: str
    title: Words
    paragraphs: tuple[Words, ...]
    withdrawal: Words


_TEXTS: tuple[ConsentText, ...] = (
    ConsentText(
        ConsentPurpose.MEMBERSHIP,
        "1",
        _("Membership"),
        (
            _(
                "An account keeps your name, your phone number or e-mail address, and what you ask or do here."
            ),
            _(
                "Coordinators of your community see your name. Looking up a phone number or a place is logged for you."
            ),
            _(
                "Other members see your first name only where you help each other. None of it is shown in public."
            ),
            _("You can take your data with you or delete your account at any time."),
        ),
        _("Without this consent there can be no account: withdrawing it means deleting the account."),
    ),
    ConsentText(
        ConsentPurpose.HELP,
        "1",
        _("Asking for help"),
        (
            _(
                "We keep what you tell us to find help: what is needed, for how many people, where, how to reach you."
            ),
            _(
                "Coordinators of the community read it. Whoever brings help learns first name and address that day."
            ),
            _(
                "Phone number and notes are stored encrypted. Refusing help or withdrawing has no disadvantage."
            ),
        ),
        _(
            "An open request is withdrawn on its own page. What was delivered stays in the sums, without your name."
        ),
    ),
    ConsentText(
        ConsentPurpose.OFFER,
        "1",
        _("Offering help"),
        (
            _(
                "We keep what you offer to match it with a need: what, how much, when, how far, how to reach you."
            ),
            _(
                "Coordinators of the community read it. Whoever you help learns your first name once you said yes."
            ),
            _(
                "The phone number is stored encrypted. You can rest, decline or end it at any time without a reason."
            ),
        ),
        _(
            "An open offer is ended on its own page. What was handed over stays in the sums, without your name."
        ),
    ),
    ConsentText(
        ConsentPurpose.ON_BEHALF,
        "1",
        _("Asking for somebody else"),
        (
            _(
                "I ask for a person who knows of it and agrees that the community keeps what is needed to help them."
            ),
            _("The person can ask at any time what is kept, have it corrected or withdrawn."),
        ),
        _(
            "An open request is withdrawn on its own page. What was delivered stays in the sums, without a name."
        ),
    ),
    ConsentText(
        ConsentPurpose.PUBLIC_NEED,
        "1",
        _("Showing a request in public"),
        (
            _(
                "Category and area of the request are shown to everybody, without name, address or phone number."
            ),
            _(
                "In a small place, people may still guess who is meant. Otherwise only coordinators see the request."
            ),
        ),
        _("From then on, only coordinators see the request."),
    ),
    ConsentText(
        ConsentPurpose.SHARE_PHONE,
        "1",
        _("Give the phone number to the volunteer"),
        (
            _(
                "The volunteer matched with the request sees the phone number, so that you can agree on the handover."
            ),
            _("Without this consent, calls go through the coordinator."),
        ),
        _("From then on, calls go through the coordinator. A number that was seen cannot be unseen."),
    ),
)


def consent_text(*, purpose: str, version: str = "") -> ConsentText | None:
    """The text of a purpose: the one in force, or an earlier version; None when there is none."""
    of_purpose = [text for text in _TEXTS if text.purpose == purpose and version in {"", text.version}]
    return of_purpose[-1] if of_purpose else None


def current_version(*, purpose: ConsentPurpose) -> str:
    """The version in force, to record with a consent."""
    text = consent_text(purpose=purpose)
    return text.version if text else ""

"""What can go wrong with people's records."""

from __future__ import annotations

from tadamun.kernel.errors import Conflict, Missing, Refused, TadamunError


class PhoneTaken(Conflict):
    """Another account uses this phone."""


class EmailTaken(Conflict):
    """Another account uses this e-mail address."""


class LinkNotValid(Missing):
    """The one-time link is unknown, used or too old."""


class NoLinkForThisRole(Refused):
    """A one-time link is never made for somebody whose role sees names, nor opens their account."""


class SecondFactorNeeded(Refused):
    """The role sees names, so a second factor is set up before going on."""


class ReasonNeeded(TadamunError):
    """A reveal is logged with its reason: one must be given."""


class NoSuchConsent(Missing):
    """There is no such consent of this person, or it is withdrawn already."""


class AccountNeedsConsent(Conflict):
    """Without the consent to membership there is no account: it ends by deleting the account."""


class LastWayIn(Conflict):
    """The phone or address is the only way into the account: another must be there first."""


class MessageNotSent(Conflict):
    """The gateway did not take the message."""


class PasskeysNotHere(Refused):
    """The site's address is one that browsers make no passkeys for."""

"""What can go wrong with communities and membership."""

from __future__ import annotations

from tadamun.kernel.errors import Conflict, Missing, Refused, TadamunError


class NoSuchCommunity(Missing):
    """There is no community of this name, or it is closed to this viewer."""


class NotAMember(Refused):
    """Only members of this community may do this."""


class RoleNeeded(Refused):
    """This needs one of the `roles`."""


class AppSwitchedOff(Missing):
    """The community has switched this part off."""


class InvitationNotValid(Missing):
    """The invitation is unknown, used up, withdrawn or too old."""


class AlreadyAsked(Conflict):
    """A request to join is waiting already."""


class LastSteward(Conflict):
    """The last steward can neither leave nor lose the role: name another first."""


class NameTaken(Conflict):
    """Another community has this short name."""


class RegionUnknown(TadamunError):
    """The region is not one that the software knows."""


class SlugNotValid(TadamunError):
    """The short name may hold small Latin letters, digits and hyphens only."""


class NoSuchMember(Missing):
    """There is no such member in this community."""


class AlreadyDecided(Conflict):
    """Somebody has answered this request already."""


class AlreadyMember(Conflict):
    """The person belongs to this community already."""


class JoiningClosed(Refused):
    """The community takes no requests to join at the moment."""


class RemovedEarlier(Refused):
    """Who was removed comes back by a request that a steward accepts, never by a link."""


class PasswordNeeded(Refused):
    """A role that sees names needs an account with a password of one's own."""


class RoleUnknown(TadamunError):
    """There is no such role to give."""


class NotOneself(Refused):
    """Nobody verifies or approves themselves: a second person looks."""


class NotVerified(Conflict):
    """Only a verified member can be approved for hosting overnight."""


class InvitationTooWide(TadamunError):
    """An invitation is for 1 to `most` people and works for 1 to `days` days."""


class NoSuchJoinRequest(Missing):
    """There is no such request to join in this community."""


class NoSuchInvitation(Missing):
    """There is no such invitation in this community."""


class SlugReserved(TadamunError):
    """The short name stands for a page of the site itself."""


class CommunityNameNeeded(TadamunError):
    """A community needs a name."""


class TimeZoneUnknown(TadamunError):
    """The time zone is not one that the clock knows."""


class CurrencyUnknown(TadamunError):
    """A currency is three Latin capitals, such as JOD."""


class CentreNotOnTheGlobe(TadamunError):
    """Latitude runs from -90 to 90 degrees, longitude from -180 to 180; both or neither."""


class AppUnknown(TadamunError):
    """There is no such part that could be switched."""

"""What can go wrong with common problems."""

from __future__ import annotations

from tadamun.kernel.errors import Conflict, Missing, Refused, TadamunError


class NoSuchProblem(Missing):
    """There is no such problem for this viewer."""


class NoSuchIdea(Missing):
    """There is no such idea or reason here."""


class NoSuchStep(Missing):
    """There is no such step here."""


class NoSuchPicture(Missing):
    """There is no such photo for this viewer."""


class ProblemsForMembers(Refused):
    """Only members of the community take part."""


class NotForYouToSteer(Refused):
    """Only the facilitator of the group, facilitators and coordinators of the community do this."""


class NotInTheGroup(Refused):
    """Only the working group does this."""


class NotYoursToTakeAway(Refused):
    """Only whoever wrote it, and whoever steers the problem."""


class ProblemNotOpen(Conflict):
    """The problem is settled, or was joined to another."""


class ProblemMovedOn(Conflict):
    """The problem stands otherwise than this move needs."""


class ProblemUnderWay(Conflict):
    """A group is at work on it: it cannot be joined to another."""


class MergedWithItself(TadamunError):
    """A problem is joined to another one."""


class GroupNeeded(Conflict):
    """A group has to be there first."""


class FacilitatorStays(Conflict):
    """Whoever facilitates hands it on before leaving."""


class ProblemTitleNeeded(TadamunError):
    """A problem has a title."""


class SinceInTheFuture(TadamunError):
    """A problem cannot last since a day that has not come."""


class WordsNeeded(TadamunError):
    """Something has to be written: an idea, a reason, a step, what became of it."""


class EnoughSaid(TadamunError):
    """There are as many as there may be; `most` says how many."""


class PictureNotReadable(TadamunError):
    """The file is no picture that can be read; `why` is a code."""

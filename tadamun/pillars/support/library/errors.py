"""What can go wrong with the library."""

from __future__ import annotations

from tadamun.kernel.errors import Conflict, Missing, Refused, TadamunError


class NoSuchItem(Missing):
    """There is no such thing for this viewer."""


class NoSuchCopy(Missing):
    """No piece of this community carries this label."""


class NoSuchLoan(Missing):
    """There is no such booking for this viewer."""


class NoSuchPhoto(Missing):
    """There is no such photo for this viewer."""


class NoSuchRepair(Missing):
    """There is no such repair."""


class NoSuchFeed(Missing):
    """No calendar opens by this address."""


class LibraryForCoordinators(Refused):
    """Only a coordinator of this community keeps the library."""


class BorrowersVerified(Refused):
    """Only members whom a coordinator has met borrow this."""


class NotToBeHad(Conflict):
    """It is not lent at the moment."""


class TimeTaken(Conflict):
    """Somebody has this time already."""


class LibraryClosedThen(TadamunError):
    """It is neither handed out nor taken back then."""


class TimePast(TadamunError):
    """The time lies in the past."""


class TimeTooFarAhead(TadamunError):
    """So far ahead nothing is booked; `days` says how far."""


class LoanTooLong(TadamunError):
    """It is lent for less long; `most` says how long, in days or minutes."""


class TooManyAtOnce(Conflict):
    """Whoever asks holds as many of these as one may; `most` says how many."""


class LoanCannotMove(Conflict):
    """The present state does not lead there; `now` and `asked` are codes."""


class SomebodyWaits(Conflict):
    """Somebody is in line for it, so it is not renewed."""


class RenewedEnough(Conflict):
    """It was renewed as often as it may be; `most` says how often."""


class AlreadyInLine(Conflict):
    """Whoever asks is in line already."""


class NoLineHere(TadamunError):
    """One waits for things, not for rooms and skills."""


class AnswerTooLate(Conflict):
    """The day for the answer is over; the next in line was asked."""


class CopyNotHere(Conflict):
    """This piece is out, set aside for somebody else, or being mended."""


class CopyNotOut(Conflict):
    """This piece is not out."""


class BorrowerNeeded(TadamunError):
    """Whoever takes it has a name and a phone."""


class NotAPhoto(TadamunError):
    """The file is no picture that can be read; `why` is a code."""


class TooManyPhotos(TadamunError):
    """There are as many photos as there may be; `most` says how many."""


class ItemNeedsName(TadamunError):
    """What is shared has a name."""


class HoursCrossed(TadamunError):
    """The window closes before it opens, or opens on no day."""


class WordsNeeded(TadamunError):
    """A few words say what happened."""

"""What can go wrong between a need and its being met."""

from __future__ import annotations

from tadamun.kernel.errors import Conflict, Limited, Missing, Refused, TadamunError


class NoSuchNeed(Missing):
    """There is no such request or line for this viewer."""


class NoSuchOffer(Missing):
    """There is no such offer for this viewer."""


class NoSuchMatch(Missing):
    """There is no such invitation or task for this viewer."""


class NoSuchRound(Missing):
    """There is no such round for this viewer."""


class NotYourNeed(Refused):
    """Only the asker, or a coordinator on the phone with them, may do this."""


class NotYourOffer(Refused):
    """Only the giver or a coordinator may do this."""


class NotYourTask(Refused):
    """Only the person invited may do this."""


class CoordinatorsOnly(Refused):
    """Only a coordinator of this community may do this."""


class MembersOnly(Refused):
    """Only members of this community may do this."""


class NeedCannotMove(Conflict):
    """The line's present state (`now`) does not lead to what was `asked`."""


class MatchCannotMove(Conflict):
    """The match's present state (`now`) does not lead to what was `asked`."""


class AlreadyTaken(Conflict):
    """Somebody matched this line or used this offer a moment ago."""


class OfferUsedUp(Conflict):
    """The offer has nothing left, is paused, closed or past its date."""


class OfferDoesNotFit(Conflict):
    """The offer cannot serve this line; `why` is a code."""


class AtNight(TadamunError):
    """The time lies in the night; it takes the household's agreement, said with the form."""


class BeforeTheDay(Conflict):
    """The agreed day has not come yet: whoever comes earlier moves the time first, so that the household is told."""


class WrongCode(TadamunError):
    """The delivery code is not the one given out."""


class CodeLocked(WrongCode):
    """Too many wrong codes: for this handover none counts any more, only the household's or a coordinator's word."""


class WrongPin(Refused):
    """Number and PIN do not belong together."""


class PinLocked(Limited):
    """Too many tries of one sender at one number; `minutes` says when to come back."""


class NothingAsked(TadamunError):
    """A request needs at least one line."""


class TooManyLines(TadamunError):
    """A request holds at most `most` lines."""


class QuantityOutOfRange(TadamunError):
    """A quantity lies between 1 and `most`."""


class DateOutOfRange(TadamunError):
    """A date is in the past, or too far ahead."""


class LaterThanAsked(TadamunError):
    """The time lies after the one asked for; it takes the household's agreement, said with the form."""


class ConsentNeeded(TadamunError):
    """Asking for somebody else needs their consent."""


class PhoneOrReasonNeeded(TadamunError):
    """Without a phone nobody can call back."""


class GiverNotVerified(Refused):
    """This kind of help needs a giver whom a coordinator has met."""


class MoneyWaitsForTheFund(Conflict):
    """Money lines wait in triage and never enter a match."""


class RoundUnderWay(Conflict):
    """A round is being reckoned already."""


class InputsDestroyed(Conflict):
    """The inputs of this round were destroyed when somebody in them was forgotten: nothing is left to check again."""


class TextTooLong(TadamunError):
    """A text is longer than `most` characters."""


class CannotMerge(Conflict):
    """Two requests cannot be made one: the same one, one that is joined already, or a call asked for once more."""


class AskedByTwo(Conflict):
    """Two requests cannot be made one: they are of two accounts, or of an account and a guest."""


class JoinedToAnother(Conflict):
    """A guest's request goes on under another number, which its own PIN does not open."""


class NotOnTheDay(Refused):
    """Name and address open on the day of the handover only."""


class NothingToHandOut(Conflict):
    """The offer has no accepted parcels to make a list of."""


class NoSuchImport(Missing):
    """There is no such sheet for this viewer."""


class ImportIsOver(Conflict):
    """The import is closed, and its cells are dropped; the file can be handed in again."""


class ColumnsAreSettled(Conflict):
    """Rows of the sheet were taken in; with other columns the same rows would be other rows."""


class RowNotThere(Missing):
    """The sheet has no row of this number that holds a request."""


class CheckedOffAlready(Conflict):
    """This household was checked off already."""

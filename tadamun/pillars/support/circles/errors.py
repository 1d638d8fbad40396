"""What can go wrong in a circle, or with a listener."""

from __future__ import annotations

from tadamun.kernel.errors import Conflict, Limited, Missing, Refused, TadamunError


class NoSuchCircle(Missing):
    """There is no such circle for this viewer; whoever is not inside learns no more."""


class NoSuchMessage(Missing):
    """There is no such message, or it has expired."""


class NoSuchSeat(Missing):
    """Nobody of this id is in the circle."""


class NoSuchSession(Missing):
    """There is no such meeting ahead."""


class NoSuchTalk(Missing):
    """There is no such talk for this viewer."""


class NoSuchListener(Missing):
    """There is no such listener here."""


class HostsAreChecked(Refused):
    """A host is somebody a coordinator has met."""


class OnlyHosts(Refused):
    """Only a host of the circle may."""


class WordsForCoordinators(Refused):
    """Only coordinators and stewards keep the list of words, and confirm listeners."""


class CircleIsClosed(Conflict):
    """The circle does not meet any more."""


class CircleIsFull(Conflict):
    """Everybody has a seat that the circle has seats for."""


class CircleNeedsTwoHosts(Conflict):
    """A circle for minors has two checked hosts, or it rests."""


class AlreadyInCircle(Conflict):
    """The person asked already, or is inside."""


class CannotAskHere(Refused):
    """The hosts have decided about this person before."""


class LastHost(Conflict):
    """A circle with people in it has a host: another one first, or the circle closes."""


class ReadsOnlyForNow(Refused):
    """A host asked this person to only read for some days."""


class AgreementNeeded(TadamunError):
    """The five lines were not accepted."""


class AgreementHasFiveLines(TadamunError):
    """An agreement has five short lines, no more and no fewer."""


class NotOfThisAge(TadamunError):
    """The circle is for another age."""


class AlreadyReported(Conflict):
    """The same person reported this message before."""


class NotAgainstOneself(TadamunError):
    """One does not mute, block or report oneself."""


class TooManyTalks(Limited):
    """So many talks were asked for this week."""


class ListenerFactsMissing(TadamunError):
    """A listener has a language and a way of talking."""

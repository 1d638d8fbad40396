"""What can go wrong with the directory and with files of services."""

from __future__ import annotations

from tadamun.kernel.errors import Missing, Refused, TadamunError


class NoSuchService(Missing):
    """There is no such service for this viewer."""


class DirectoryForCoordinators(Refused):
    """Only a coordinator of this community keeps the directory."""


class ServiceNameNeeded(TadamunError):
    """A service and its organisation have a name."""


class ServiceAgesCrossed(TadamunError):
    """The lowest age lies above the highest."""


class OpeningHoursCrossed(TadamunError):
    """A line of hours has a day and both hours, or neither."""


class LocationNotOnTheGlobe(TadamunError):
    """Latitude and longitude lie nowhere."""


class NotADirectoryFile(TadamunError):
    """The file holds no services in a form that is known; `why` is a code."""


class UnsafeDirectoryFile(TadamunError):
    """The file is built to harm, or larger than is read; `why` is a code."""


class NoServicesInFile(TadamunError):
    """The file was read, and not one service in it could be taken."""


class NoSuchReading(Missing):
    """No file of this id was handed in here."""

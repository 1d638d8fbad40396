"""One thing that was looked at, how it was found, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """How a thing was found: an error keeps the instance from serving people well, a warning may."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True)
class Finding:
    """One answer. `remedy` says what to do, and is empty where nothing is to be done."""

    name: str
    status: Status
    message: str
    remedy: str = ""


def fine(name: str, message: str) -> Finding:
    """All is well."""
    return Finding(name, Status.OK, message)


def warning(name: str, message: str, remedy: str) -> Finding:
    """It may go wrong, or is not as it could be."""
    return Finding(name, Status.WARNING, message, remedy)


def error(name: str, message: str, remedy: str) -> Finding:
    """It is wrong."""
    return Finding(name, Status.ERROR, message, remedy)

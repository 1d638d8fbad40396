"""The base of every typed error: a code and parameters, never wording."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Any, ClassVar


class ErrorKind(StrEnum):
    """What sort of refusal an error is; the web shell turns it into a status code."""

    REFUSED = "refused"
    MISSING = "missing"
    CONFLICT = "conflict"
    INVALID = "invalid"
    LIMITED = "limited"
    UNKNOWN = "unknown"


class TadamunError(Exception):
    """Something a person may meet and mend. Its sentence is written once, in the web shell."""

    kind: ClassVar[ErrorKind] = ErrorKind.INVALID
    code: ClassVar[str] = "tadamun_error"

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.code = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    def __init__(self, **params: Any) -> None:
        self.params = params
        super().__init__(self.code)

    def __str__(self) -> str:
        return f"{self.code}({', '.join(f'{name}={value!r}' for name, value in self.params.items())})"


class Refused(TadamunError):
    """The person may not do this."""

    kind = ErrorKind.REFUSED


class Missing(TadamunError):
    """There is no such thing, or none that this person may know of."""

    kind = ErrorKind.MISSING


class Conflict(TadamunError):
    """Somebody was faster, or the thing has moved on."""

    kind = ErrorKind.CONFLICT


class Limited(TadamunError):
    """Too often in too short a time."""

    kind = ErrorKind.LIMITED

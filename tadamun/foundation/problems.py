"""What a program meets at the doors of the API before any app is asked."""

from __future__ import annotations

from typing import ClassVar

from tadamun.kernel.errors import ErrorKind, Refused, TadamunError


class TokenNeeded(TadamunError):
    """The door opens by a token; none came, or it is unknown, withdrawn or past its day."""

    kind: ClassVar[ErrorKind] = ErrorKind.UNKNOWN


class ScopeNeeded(Refused):
    """The token was not made for this: it lacks `scope`."""


class TokenOfElsewhere(Refused):
    """The token opens another community."""


class CursorNotValid(TadamunError):
    """Where a list is to go on cannot be read: it comes from the answer before, as it stands there."""


class KeyUsedOtherwise(TadamunError):
    """This idempotency key came before, with something else."""

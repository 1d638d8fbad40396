"""What can be wrong with what the engine is given: a code and parameters, no wording."""

from __future__ import annotations

from tadamun.kernel.errors import TadamunError


class InvalidInstance(TadamunError):
    """An array of needs or offers has the wrong shape or a value out of range.

    ``params``: ``table``, ``column``, ``reason`` and, where one row is to blame, ``row`` (from 0).
    """


class InvalidPolicy(TadamunError):
    """A policy has an unknown key or a value out of range (``params``: ``key``, ``reason``)."""


class InvalidCertificate(TadamunError):
    """A document is not a certificate of this engine (``params``: ``key``)."""

"""Matching rounds with their proof, as programs read them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Schema
from pydantic import Field

from tadamun.pillars.aid.needs.schemas.needs import LineRead


class ShareRead(Schema):
    """How one area or tier fared; null where a number could point at a household."""

    name: str
    asked: int | None
    met: int | None


class RoundRead(Schema):
    """A round as members see it: the proof and the counts."""

    id: str = Field(validation_alias="public_id")
    number: int
    state: str
    asked_at: datetime
    reckoned_at: datetime | None
    policy: dict[str, Any]
    input_digest: str
    certificate_digest: str
    violations: int | None
    problem: str
    inputs_destroyed: bool
    figures: dict[str, Any]
    areas: list[ShareRead]
    tiers: list[ShareRead]


class RoundAsked(Schema):
    """A round that waits for the worker."""

    id: str
    number: int
    state: str


class ProposalRead(Schema):
    """One proposal of a round: which line, which offer, why."""

    match_id: str
    line: LineRead
    offer_id: str
    quantity: int
    state: str
    reason: dict[str, Any]


class VerdictRead(Schema):
    """What the independent checker found, run again just now."""

    violations: int


class FileRead(Schema):
    """One file of a round's proof, as the command line reads it."""

    name: str
    content: str

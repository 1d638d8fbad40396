"""What a program reads of the texts of consent."""

from __future__ import annotations

from ninja import Schema


class ConsentRead(Schema):
    """One text in force: its version goes into what is asked or offered under it."""

    purpose: str
    version: str
    title: str
    paragraphs: list[str]
    withdrawal: str

"""Passphrases and keys, as a person gives them: from a file, the environment or the terminal, never as an argument."""

from __future__ import annotations

import hashlib
import hmac
import os
import sys
from pathlib import Path

import click

from tadamun.cli.output import refuse

PASSPHRASE = "TADAMUN_PASSPHRASE"  # noqa: S105  # the name of a variable
SHORTEST = 10


def read_passphrase(*, file: Path | None, ask: bool, twice: bool) -> str:
    """The passphrase of a copy; empty where none is given.

    :param ask: on the terminal, when neither the file nor the environment gives one.
    :raises Refusal: too short, or there is no terminal to ask on.
    """
    given = first_line(file) if file else os.environ.get(PASSPHRASE, "")
    if not given and ask:
        given = _ask("Passphrase", twice=twice)
    if given and twice and len(given) < SHORTEST:
        refuse(
            f"A passphrase has {SHORTEST} characters or more: whoever finds the file may guess for years.",
            code="passphrase_too_short",
        )
    return given


def first_line(path: Path) -> str:
    """What a file of one line holds.

    :raises Refusal: it cannot be read, or is empty.
    """
    try:
        text = path.read_text(encoding="utf-8").strip()
    except OSError as error:
        refuse(f"{path} cannot be read: {error.strerror}.", code="file_not_readable", file=str(path))
    if not text:
        refuse(f"{path} is empty.", code="file_empty", file=str(path))
    return text.splitlines()[0]


def ask_key() -> str:
    """The sealing key, asked for on the terminal; empty where there is none."""
    return _ask("Sealing key of the instance", twice=False) if sys.stdin.isatty() else ""


def key_marks(keys: str) -> list[str]:
    """What tells one key from another without telling the key (hex), for each of several."""
    return [
        hmac.new(key.strip().encode(), b"tadamun backup: which key", hashlib.sha256).hexdigest()[:32]
        for key in keys.split(",")
    ]


def _ask(label: str, *, twice: bool) -> str:
    if not sys.stdin.isatty():
        refuse(
            f"There is no terminal to ask on. Give a passphrase by --passphrase-file or {PASSPHRASE}.",
            code="passphrase_needed",
        )
    answer: str = click.prompt(label, hide_input=True, confirmation_prompt=twice, err=True)
    return answer.strip()

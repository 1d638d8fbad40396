"""Public ids, codes and secrets handed to people."""

from __future__ import annotations

import secrets

# No vowels and no look-alikes: an id read out on the phone stays the same id.
LETTERS = "bcdfghjkmnpqrstvwxz"
ALPHABET = "23456789" + LETTERS
PUBLIC_ID_LENGTH = 12


def new_public_id() -> str:
    """An unguessable id, safe to show and to say (56 bits); it begins with a letter, so it never looks like a phone."""
    return secrets.choice(LETTERS) + "".join(secrets.choice(ALPHABET) for _ in range(PUBLIC_ID_LENGTH - 1))


def new_digits(length: int) -> str:
    """A code of decimal digits, drawn uniformly."""
    return f"{secrets.randbelow(10**length):0{length}d}"


def new_token() -> str:
    """A secret for a link (256 bits); store only its keyed hash."""
    return secrets.token_urlsafe(32)

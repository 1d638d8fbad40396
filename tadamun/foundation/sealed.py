"""Secrets at rest: text that is encrypted in the database, and keyed hashes to find it by.

Encryption is Fernet (AES-128-CBC with HMAC-SHA256) with key rotation; the keyed hash is HMAC-SHA256.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from functools import cache
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models


def _derived(secret: str, *, purpose: str) -> bytes:
    return hmac.new(secret.encode(), purpose.encode(), hashlib.sha256).digest()


@cache
def _cipher(secrets: tuple[str, ...]) -> MultiFernet:
    return MultiFernet(
        [Fernet(base64.urlsafe_b64encode(_derived(secret, purpose="seal"))) for secret in secrets]
    )


def seal(text: str) -> str:
    """Encrypt text under the newest key."""
    return _cipher(tuple(settings.SEALING_KEYS)).encrypt(text.encode()).decode()


def unseal(token: str) -> str:
    """Decrypt text sealed under any of the keys.

    :raises cryptography.fernet.InvalidToken: the key that sealed it is not among the keys.
    """
    return _cipher(tuple(settings.SEALING_KEYS)).decrypt(token.encode()).decode()


def keyed_hash(value: str, *, purpose: str) -> str:
    """A hash to find or compare a secret by (hex, 64 characters); useless without the instance's key.

    It is made under the oldest key, which therefore stays when keys are rotated.
    """
    key = _derived(settings.SEALING_KEYS[-1], purpose=f"hash:{purpose}")
    return hmac.new(key, value.encode(), hashlib.sha256).hexdigest()


class SealedTextField(models.TextField):  # type: ignore[type-arg]
    """Text encrypted on its way into the database; it can be tested for null, never searched."""

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)
        return text if text is None or text == "" else seal(text)

    def from_db_value(self, value: str | None, *_: Any) -> str | None:
        return unseal(value) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is sealed: it cannot be looked up by {lookup_name}.")
        return super().get_lookup(lookup_name)


class SealedJSONField(SealedTextField):
    """Plain values (a mapping, a list) encrypted on their way into the database."""

    _pyi_private_set_type: Any
    _pyi_private_get_type: Any
    """By these the type checker knows what may be put in and comes out."""

    def get_prep_value(self, value: Any) -> Any:
        return value if value is None else seal(json.dumps(value, ensure_ascii=False))

    def from_db_value(self, value: str | None, *given: Any) -> Any:
        text = super().from_db_value(value, *given)
        return json.loads(text) if text else text

    def to_python(self, value: Any) -> Any:
        """What a fixture holds as text, as the values that it stands for."""
        return json.loads(value) if isinstance(value, str) and value else value

    def value_to_string(self, obj: models.Model) -> str:
        """The values as text, for a fixture."""
        return json.dumps(self.value_from_object(obj), ensure_ascii=False)

"""A device that keeps one passkey, in a few lines: it answers a site's questions as a browser would hand them on."""

from __future__ import annotations

import json
import secrets
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

FLAG = AuthenticatorData.FLAG
HERE = "http://localhost:8000"


class Device:
    """One key; `verifies=False` asks its owner for nothing, `origin` is the page the browser stands on."""

    def __init__(self, *, origin: str = HERE, rp_id: str = "localhost", verifies: bool = True) -> None:
        self.origin, self.rp_id, self.verifies = origin, rp_id, verifies
        self.secret = ec.generate_private_key(ec.SECP256R1())
        self.key_id = secrets.token_bytes(16)
        self.holder = b""

    def made(self, options: Any) -> str:
        """The answer to «make a passkey»."""
        asked = dict(options["publicKey"])
        self.holder = _bytes(asked["user"]["id"])
        public = ES256.from_cryptography_key(self.secret.public_key())  # type: ignore[no-untyped-call]
        credential = AttestedCredentialData.create(Aaguid.NONE, self.key_id, public)
        data = AuthenticatorData.create(
            sha256(self.rp_id.encode()).digest(), self._flags() | FLAG.AT, 0, credential
        )
        answer = {
            "clientDataJSON": websafe_encode(self._client_data("webauthn.create", asked["challenge"])),
            "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
        }
        return self._handed_on(answer, extensions={"credProps": {"rk": True}})

    def signed(self, options: Any) -> str:
        """The answer to «who is it»."""
        client = self._client_data("webauthn.get", options["publicKey"]["challenge"])
        data = AuthenticatorData.create(sha256(self.rp_id.encode()).digest(), self._flags(), 0)
        signature = self.secret.sign(data + sha256(client).digest(), ec.ECDSA(SHA256()))
        answer = {
            "clientDataJSON": websafe_encode(client),
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(signature),
            "userHandle": websafe_encode(self.holder),
        }
        return self._handed_on(answer, extensions={})

    def _flags(self) -> AuthenticatorData.FLAG:
        return FLAG.UP | FLAG.UV if self.verifies else FLAG.UP

    def _client_data(self, kind: str, challenge: Any) -> bytes:
        asked = {"type": kind, "challenge": _text(challenge), "origin": self.origin, "crossOrigin": False}
        return json.dumps(asked).encode()

    def _handed_on(self, answer: dict[str, str], *, extensions: dict[str, Any]) -> str:
        name = websafe_encode(self.key_id)
        return json.dumps(
            {
                "id": name,
                "rawId": name,
                "type": "public-key",
                "response": answer,
                "clientExtensionResults": extensions,
            }
        )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else str(websafe_encode(value))


def _bytes(value: Any) -> bytes:
    return bytes(websafe_decode(value)) if isinstance(value, str) else bytes(value)

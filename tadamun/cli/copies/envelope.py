"""A file under a passphrase: scrypt makes the key, AES-256-GCM seals it in chunks that cannot be cut or reordered.

    magic · log2(n) · salt (16) · prefix of the nonces (7) · chunks of at most 64 KiB, each with its tag (16)

A chunk's nonce is the prefix, its number (4 bytes) and whether it is the last (1 byte); the head is authenticated with
every chunk. So a chunk that is missing at the end is noticed like one that was changed.
"""

from __future__ import annotations

import io
import secrets
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

MAGIC = b"tadamun-sealed-1\n"
CHUNK = 64 * 1024
TAG = 16
SALT = 16
PREFIX = 7
COST = 16
"""log2 of scrypt's n: 64 MiB and a quarter of a second."""
COSTS_TAKEN = range(14, 21)
"""What a file may ask for when it is opened: a hostile one must not take all memory."""
_HEAD = len(MAGIC) + 1 + SALT + PREFIX


class CannotOpen(Exception):
    """The file is not what it says, was changed, or the passphrase is another."""


def is_sealed(start: bytes) -> bool:
    """Whether a file that begins like this is under a passphrase."""
    return start.startswith(MAGIC)


class SealedWriter(io.RawIOBase):
    """Writes what it is given under a passphrase; closing it writes the last chunk."""

    def __init__(self, target: BinaryIO, *, passphrase: str) -> None:
        salt, self._prefix = secrets.token_bytes(SALT), secrets.token_bytes(PREFIX)
        self._head = MAGIC + bytes([COST]) + salt + self._prefix
        self._cipher = AESGCM(_key(passphrase, salt=salt, cost=COST))
        self._target, self._waiting, self._number = target, bytearray(), 0
        target.write(self._head)

    def writable(self) -> bool:
        """Yes."""
        return True

    def write(self, data: object, /) -> int:
        """Take bytes; whole chunks leave as soon as it is sure that they are not the last."""
        taken = bytes(data)  # type: ignore[call-overload]
        self._waiting += taken
        while len(self._waiting) > CHUNK:
            self._seal(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]
        return len(taken)

    def close(self) -> None:
        """Write the last chunk; without it the file cannot be opened."""
        if not self.closed:
            self._seal(bytes(self._waiting), last=True)
            self._waiting.clear()
        super().close()

    def _seal(self, chunk: bytes, *, last: bool) -> None:
        nonce = _nonce(self._prefix, self._number, last=last)
        self._target.write(self._cipher.encrypt(nonce, chunk, self._head))
        self._number += 1


class SealedReader(io.RawIOBase):
    """Reads what a `SealedWriter` wrote.

    :raises CannotOpen: when made, for a file of another kind; when read, for another passphrase or a changed file.
    """

    def __init__(self, source: BinaryIO, *, passphrase: str) -> None:
        self._head = source.read(_HEAD)
        if len(self._head) != _HEAD or not is_sealed(self._head):
            raise CannotOpen
        cost = self._head[len(MAGIC)]
        if cost not in COSTS_TAKEN:
            raise CannotOpen
        rest = self._head[len(MAGIC) + 1 :]
        self._prefix = rest[SALT:]
        self._cipher = AESGCM(_key(passphrase, salt=rest[:SALT], cost=cost))
        self._source, self._number, self._ready = source, 0, b""
        self._next = source.read(CHUNK + TAG)
        self._ended = False

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: object, /) -> int:
        """Fill a buffer with what comes next; 0 at the end."""
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        while not self._ready and not self._ended:
            self._ready = self._open_next()
        taken = self._ready[: len(view)]
        view[: len(taken)] = taken
        self._ready = self._ready[len(taken) :]
        return len(taken)

    def _open_next(self) -> bytes:
        sealed, self._next = self._next, self._source.read(CHUNK + TAG)
        self._ended = not self._next
        nonce = _nonce(self._prefix, self._number, last=self._ended)
        self._number += 1
        try:
            return self._cipher.decrypt(nonce, sealed, self._head)
        except InvalidTag:
            raise CannotOpen from None


def _key(passphrase: str, *, salt: bytes, cost: int) -> bytes:
    return Scrypt(salt=salt, length=32, n=2**cost, r=8, p=1).derive(passphrase.encode())


def _nonce(prefix: bytes, number: int, *, last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes([last])

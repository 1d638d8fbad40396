"""What the environment says, read once and given names."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

SHORTEST_KEY = 32
TRUE_WORDS = frozenset({"1", "true", "yes", "on"})


class UnsafeSetting(Exception):
    """A setting that would expose people; the message says what to set instead."""


def flag(name: str, *, default: bool = False) -> bool:
    """Whether an environment variable says yes."""
    value = os.environ.get(name)
    return default if value is None else value.strip().lower() in TRUE_WORDS


def words(name: str) -> list[str]:
    """A comma-separated environment variable as a list."""
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


def home_folder() -> Path:
    """The one folder that keeps all an instance has: database, uploads, keys, caches."""
    named = os.environ.get("TADAMUN_HOME")
    return Path(named).expanduser().resolve() if named else Path.cwd() / "var"


def kept_secret(path: Path, *, environment: str) -> str:
    """A secret from the environment, else from a file made at first start, readable by its owner alone."""
    given = os.environ.get(environment, "").strip()
    if given:
        if os.environ.get("TADAMUN_ENV") == "production":
            _refuse_weak(given, environment)
        return given
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read_when_written(path)
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(48))
        file.flush()
        os.fsync(file.fileno())
    return path.read_text()


def metrics_token() -> str:
    """What a program sends to read the numbers at /metrics; empty: they are told to nobody.

    :raises UnsafeSetting: it is too short to be a secret.
    """
    token = os.environ.get("METRICS_TOKEN", "").strip()
    if token:
        _refuse_weak(token, "METRICS_TOKEN")
    return token


def _refuse_weak(given: str, environment: str) -> None:
    """A short or empty key, such as a comma too many leaves behind, would protect nobody."""
    if any(len(part.strip()) < SHORTEST_KEY for part in given.split(",")):
        raise UnsafeSetting(
            f"Every key in {environment} needs {SHORTEST_KEY} characters or more. It may also be left unset."
        )


def _read_when_written(path: Path) -> str:
    """Another process may just be writing the secret: wait for it rather than read half of it."""
    import time

    for _ in range(100):
        text = path.read_text().strip()
        if text:
            return text
        time.sleep(0.02)
    raise UnsafeSetting(
        f"The key file {path.name} is empty. Restore it from a backup, or remove it if nothing is stored yet."
    )


@dataclass(frozen=True)
class Environment:
    """The instance as its environment describes it."""

    home: Path = field(default_factory=home_folder)
    production: bool = field(default_factory=lambda: os.environ.get("TADAMUN_ENV") == "production")
    demo: bool = field(default_factory=lambda: flag("TADAMUN_DEMO"))
    debug: bool = field(default_factory=lambda: flag("TADAMUN_DEBUG"))
    host: str = field(default_factory=lambda: os.environ.get("HOST", "127.0.0.1"))
    port: int = field(default_factory=lambda: int(os.environ.get("PORT", "8000")))
    site_url: str = field(default_factory=lambda: os.environ.get("SITE_URL", "").rstrip("/"))
    allowed_hosts: list[str] = field(default_factory=lambda: words("ALLOWED_HOSTS"))

    @property
    def public_url(self) -> str:
        """The address people reach the site at, for links in messages."""
        if self.site_url:
            return self.site_url
        shown = "127.0.0.1" if self.host in {"0.0.0.0", "::"} else self.host  # noqa: S104
        return f"http://{shown}:{self.port}"

    def refuse_unsafe(self) -> None:
        """Stop a production start that would expose people.

        :raises UnsafeSetting: with the sentence that says what to set.
        """
        named = os.environ.get("TADAMUN_ENV", "")
        if named not in {"", "development", "production"}:
            raise UnsafeSetting(
                "TADAMUN_ENV is “production”, “development” or unset: a slip would leave it unsafe."
            )
        if not self.production:
            return
        if self.demo:
            raise UnsafeSetting("TADAMUN_DEMO lets anyone enter as anyone. Unset it in production.")
        if self.debug:
            raise UnsafeSetting("TADAMUN_DEBUG shows settings to strangers. Unset it in production.")
        if not self.site_url.startswith("https://"):
            raise UnsafeSetting("Set SITE_URL to the public address, beginning with https://.")
        if not self.allowed_hosts or "*" in self.allowed_hosts:
            raise UnsafeSetting(
                "Set ALLOWED_HOSTS to the host names of this site, separated by commas; never *."
            )

"""The folder, its room, its keys, and the addresses people come by."""

from __future__ import annotations

import http.client
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from tadamun.cli.looks.finding import Finding, error, fine, warning

LITTLE = 1024**3
TOO_LITTLE = 200 * 1024**2
_OTHERS = 0o077


def folder(home: Path) -> Iterator[Finding]:
    """Is the folder ours, closed to others, and is there room?"""
    if home.stat().st_mode & _OTHERS:
        yield warning("folder", f"Other users of this machine can look into {home}.", f"chmod 700 {home}")
    else:
        yield fine("folder", f"{home} is closed to others.")
    free = shutil.disk_usage(home).free
    told = f"{free // 1024**2} MB are free where {home} lies."
    if free < TOO_LITTLE:
        yield error("room", told, "Make room now: what people send is refused when the disk is full.")
    elif free < LITTLE:
        yield warning("room", told, "Make room soon.")
    else:
        yield fine("room", told)


def keys(home: Path) -> Iterator[Finding]:
    """Are the key files closed to others?"""
    for path in sorted((home / "keys").glob("*.key")):
        if path.stat().st_mode & _OTHERS:
            yield error("keys", f"Other users of this machine can read {path}.", f"chmod 600 {path}")


def addresses() -> Iterator[Finding]:
    """Do people reach the site by the address in its messages, and does the proxy say that it is https?"""
    from django.conf import settings

    host = urlsplit(settings.PUBLIC_URL).hostname or ""
    allowed = [name.strip("[]") for name in settings.ALLOWED_HOSTS]
    if host in allowed or any(name.startswith(".") and host.endswith(name) for name in allowed):
        yield fine("addresses", f"Links in messages lead to {settings.PUBLIC_URL}, which is answered.")
    else:
        yield error(
            "addresses",
            f"Links in messages lead to {settings.PUBLIC_URL}, but {host} is not answered.",
            "Add it to ALLOWED_HOSTS, or set SITE_URL to the address people use.",
        )
    production = settings.ENVIRONMENT.production
    if not production:
        yield warning(
            "production",
            "Cookies and addresses are not held to https.",
            "For real people set TADAMUN_ENV=production.",
        )
    elif settings.SECURE_PROXY_SSL_HEADER is None and getattr(settings, "SECURE_SSL_REDIRECT", False):
        yield error(
            "proxy",
            "Every request is sent to https, and no proxy is believed that it came by https.",
            "Behind a reverse proxy set BEHIND_PROXY=1; without one nothing can be served over https.",
        )
    else:
        yield fine("production", "Only https is served, and the proxy is believed.")


def web() -> Iterator[Finding]:
    """Does a site answer on this machine, at the host and port that are set?"""
    from django.conf import settings

    host, port = settings.ENVIRONMENT.host, settings.ENVIRONMENT.port
    where = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
    connection = http.client.HTTPConnection(where, port, timeout=5)
    try:
        connection.request("GET", "/livez")
        answers = connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        answers = False
    finally:
        connection.close()
    if answers:
        yield fine("web", f"The site answers at {where}, port {port}.")
    else:
        yield warning(
            "web",
            f"No site answers at {where}, port {port}.",
            "Start tadamun serve, or name its HOST and PORT where it runs on another.",
        )

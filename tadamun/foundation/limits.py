"""How often something may be tried: counters in the shared cache, one window at a time."""

from __future__ import annotations

import ipaddress
import threading
from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from tadamun.foundation.sealed import keyed_hash
from tadamun.kernel.errors import Limited

_IPV6_NETWORK = 64
"""One household or phone commands a whole /64: it counts as one."""


class TooManyTries(Limited):
    """The limit of this window is used up. `minutes` says when to come back."""


def hit(*, what: str, who: str, most: int, window: timedelta, at: datetime) -> None:
    """Count one try of `what` by `who`, at most `most` in each window.

    `who` is kept as a keyed hash only, so no address is stored. Call it outside a transaction that may be rolled back.

    :raises TooManyTries: the window is used up.
    """
    seconds = int(window.total_seconds())
    key = _key(what=what, who=who, window=window, at=at)
    # Every try takes a numbered slot, and a slot can be added once: exact however many try at the same moment,
    # which adding one to a shared counter is not. The hint only spares looking at slots known to be taken.
    for slot in range(int(cache.get(key, 0)), most):
        if cache.add(f"{key}:{slot}", 1, timeout=seconds):
            cache.set(key, slot + 1, timeout=seconds)
            return
    left = seconds - int(at.timestamp()) % seconds
    raise TooManyTries(minutes=max(1, -(-left // 60)))


def forgive(*, what: str, who: str, most: int, window: timedelta, at: datetime) -> None:
    """Forget the tries of this window, as after a right answer: counted is what is wrong in a row."""
    key = _key(what=what, who=who, window=window, at=at)
    cache.delete_many([key, *(f"{key}:{slot}" for slot in range(most))])


def _key(*, what: str, who: str, window: timedelta, at: datetime) -> str:
    number = int(at.timestamp()) // int(window.total_seconds())
    return f"limit:{what}:{keyed_hash(who, purpose='limit')[:24]}:{number}"


def client_address(request: HttpRequest) -> str:
    """Whose tries are counted together: the network address the request came from.

    Behind `TRUSTED_PROXIES` proxies it is the address that the outermost of them saw; what a client writes into the
    header itself stands further left and is never believed.
    """
    address = str(request.META.get("REMOTE_ADDR", ""))
    if settings.TRUSTED_PROXIES:
        seen = [
            part.strip()
            for part in str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",")
            if part.strip()
        ]
        if len(seen) >= settings.TRUSTED_PROXIES:
            address = seen[-settings.TRUSTED_PROXIES]
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(known, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((known, _IPV6_NETWORK), strict=False).network_address)
    return str(known)


_LEASES: dict[str, int] = {}
_LEASES_MOST = 10_000
_lease_lock = threading.Lock()


def hit_in_blocks(*, what: str, who: str, most: int, block: int, window: timedelta, at: datetime) -> None:
    """As `hit`, for doors that are knocked at often: each process takes `block` tries at once and counts them itself.

    Never more than `most` pass in a window; what a process took and did not use is lost to the others.

    :raises TooManyTries: the window is used up.
    """
    number = int(at.timestamp()) // int(window.total_seconds())
    key = f"{what}:{who}:{number}"
    with _lease_lock:
        left = _LEASES.get(key, 0)
        if left:
            _LEASES[key] = left - 1
            return
    hit(what=what, who=who, most=most // block, window=window, at=at)
    with _lease_lock:
        if len(_LEASES) >= _LEASES_MOST:
            _LEASES.clear()
        _LEASES[key] = _LEASES.get(key, 0) + block - 1

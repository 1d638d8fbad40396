"""The worker, its queue, and the ways to people: e-mail and text messages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from tadamun.cli.looks.finding import Finding, error, fine, warning

LATE_AFTER_SECONDS = 300


def worker() -> Iterator[Finding]:
    """Is somebody at work, and did anything fail for good?"""
    from django.db import DatabaseError

    from tadamun.foundation.jobs.queries import pulse, queue

    try:
        beat, found = pulse(), queue()
    except DatabaseError:
        return
    now = datetime.now(UTC)
    if beat.last_beat_at is None or (now - beat.last_beat_at).total_seconds() > LATE_AFTER_SECONDS:
        since = f" since {beat.last_beat_at:%Y-%m-%d %H:%M} UTC" if beat.last_beat_at else ""
        yield warning(
            "worker",
            f"No worker has been at work{since}: rounds and messages wait.",
            "Start tadamun serve, or tadamun worker beside --web-only.",
        )
    else:
        yield fine("worker", "The worker is at work.")
    if found.failed:
        yield warning("jobs", f"{found.failed} queued jobs failed.", "tadamun jobs names them.")


def messages() -> Iterator[Finding]:
    """Do letters leave, and does any message wait for a person's decision?"""
    import smtplib

    from django.conf import settings
    from django.core.mail import get_connection
    from django.db import DatabaseError

    from tadamun.foundation.notices.queries import outbox

    if settings.EMAIL_HOST:
        try:
            mail = get_connection(timeout=5)
            mail.open()
            mail.close()
        except (OSError, smtplib.SMTPException) as away:
            yield error(
                "e-mail",
                f"The mail server {settings.EMAIL_HOST} does not let us in ({type(away).__name__}). Letters wait.",
                "Look at EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD and EMAIL_USE_TLS.",
            )
        else:
            yield fine("e-mail", f"The mail server {settings.EMAIL_HOST} takes letters.")
        if settings.DEFAULT_FROM_EMAIL.endswith("@localhost"):
            yield warning(
                "sender", "Letters come from tadamun@localhost, which many refuse.", "Set DEFAULT_FROM_EMAIL."
            )
    else:
        yield warning(
            "e-mail",
            f"Letters are written to {settings.EMAIL_FILE_PATH} instead of being sent.",
            "Set EMAIL_HOST; without it coordinators hand messages over by phone.",
        )
    try:
        waiting = outbox()
    except DatabaseError:
        return
    unsure = sum(states.get("unsure", 0) for states in waiting.values())
    if unsure:
        yield warning(
            "unsure",
            f"{unsure} messages broke off in the middle: nobody knows whether they arrived.",
            "A coordinator decides under “Texts” whether they are sent again.",
        )

"""One e-mail, and an honest word on whether it left."""

from __future__ import annotations

import smtplib

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from tadamun.foundation.notices.wording import Words
from tadamun.foundation.sms import MaybeSent, NotSent

# The server said no before it took the letter: nothing was sent.
_REFUSED = (
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPSenderRefused,
    smtplib.SMTPDataError,
    smtplib.SMTPHeloError,
    smtplib.SMTPNotSupportedError,
    smtplib.SMTPAuthenticationError,
)
_FOR_GOOD = 500


def post_mail(*, address: str, words: Words, key: str) -> None:
    """Send one letter; its Message-ID is made of the notice's id, so that two copies would be seen as one.

    :raises NotSent: the server was not reached or said no.
    :raises MaybeSent: the line broke off while the letter was handed over.
    """
    connection = get_connection()
    try:
        connection.open()
    except (OSError, smtplib.SMTPException):
        raise NotSent(for_good=False) from None
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"
    letter = EmailMessage(
        subject=" ".join(words.subject.split()),
        body=words.body,
        to=[address],
        headers={"Message-ID": f"<{key}@{domain}>", "Auto-Submitted": "auto-generated"},
        connection=connection,
    )
    try:
        letter.send()
    except _REFUSED as error:
        raise NotSent(for_good=_is_for_good(error)) from None
    except (OSError, smtplib.SMTPException):
        raise MaybeSent from None
    finally:
        connection.close()


def _is_for_good(error: smtplib.SMTPException) -> bool:
    codes = [getattr(error, "smtp_code", 0)]
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _text in error.recipients.values()]
    return all(code >= _FOR_GOOD for code in codes)

"""A code by SMS, at once: somebody waits for it."""

from __future__ import annotations

import structlog

from tadamun.foundation.people.errors import MessageNotSent
from tadamun.foundation.sms import MaybeSent, NotSent, post_text
from tadamun.kernel.ids import new_public_id

log = structlog.get_logger("tadamun.gateway")
_SECONDS = 10.0


def send_text(*, phone: str, text: str) -> None:
    """Hand one text to the gateway; a repeat that the person asks for is another text.

    :param phone: E.164.
    :raises MessageNotSent: no gateway is set, it cannot be reached, or it refused.
    """
    try:
        post_text(phone=phone, text=text, key=new_public_id(), seconds=_SECONDS)
    except (NotSent, MaybeSent) as error:
        log.warning("gateway_refused", error=type(error).__name__)
        raise MessageNotSent from error

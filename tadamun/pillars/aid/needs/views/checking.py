"""The asker's answer to the question whether something is still needed."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tadamun.pillars.aid.needs import services
from tadamun.pillars.aid.needs.errors import NeedCannotMove, NoSuchNeed
from tadamun.pillars.aid.needs.forms.refusals import refusal_words
from tadamun.pillars.aid.needs.views.doors import Visit, door, try_and_say
from tadamun.pillars.aid.needs.views.tracking import back_to, own_card, with_pin


@require_POST
@door
def still(request: Visit, *, request_id: str, line_id: str, at: datetime) -> HttpResponse:
    """«Yes, still needed» begins the clock anew; «no longer» takes the line back, with thanks."""
    card = own_card(request, request_id=request_id)
    tracked = next((one for one in card.lines if one.line.public_id == line_id), None)
    if tracked is None:
        raise NoSuchNeed
    answer = request.POST.get("answer", "")
    acts = {
        "yes": (
            services.say_still_needed,
            _("Thank you for saying so. We go on looking; it keeps its place."),
        ),
        "no": (
            services.withdraw_line,
            _("Thank you for saying so. It is closed; you can ask again any time."),
        ),
    }
    if answer not in acts:
        return back_to(request, request_id)
    if tracked.line.state == "closed" and answer == "no":
        messages.success(request, acts["no"][1])
        return back_to(request, request_id)
    act, done = acts[answer]
    pin = with_pin(request, request_id)
    say = partial(act, line_id=line_id, actor=request.user, at=at, with_pin=pin)
    try_and_say(request, say, done=done, moved=(NeedCannotMove,), words=refusal_words)
    return back_to(request, request_id)

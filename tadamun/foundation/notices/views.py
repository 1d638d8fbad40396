"""What somebody was told: their inbox."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from tadamun.foundation.notices import queries, services


@login_required
def inbox(request: Any) -> HttpResponse:
    """One's notices, newest first."""
    page = queries.inbox(person=request.user, number=request.GET.get("page", 1))
    unread = queries.unread_count(person=request.user)
    return render(request, "notices/inbox.html", {"page": page, "unread": unread})


@login_required
def open_notice(request: Any, notice_id: str) -> HttpResponse:
    """Mark a notice as read, and go where it leads; one that leads nowhere returns to the inbox.

    :raises NoSuchNotice: it is unknown, or somebody else's.
    """
    notice = services.open_notice(notice_id=notice_id, person=request.user, at=timezone.now())
    inside = notice.url.startswith("/") and not notice.url.startswith(("//", "/\\"))
    return redirect(notice.url if inside else "notices:inbox")


@login_required
@require_POST
def read_all(request: Any) -> HttpResponse:
    """Mark everything as read."""
    services.mark_all_read(person=request.user, at=timezone.now())
    return redirect("notices:inbox")

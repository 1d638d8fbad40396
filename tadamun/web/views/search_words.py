"""The words that a community adds to search."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from tadamun.foundation.communities.forms import OnceForm
from tadamun.foundation.idempotency.services import once
from tadamun.foundation.people.fields import LineField
from tadamun.foundation.search.errors import TooManyWordGroups, WordsNotAGroup
from tadamun.kernel.arabic import LexiconNotUnderstood
from tadamun.web import searching
from tadamun.web.sentences import sentence_for

LINE_MOST = 600


class WordsForm(OnceForm):
    """Words that mean the same."""

    use_required_attribute = False
    words: forms.Field = LineField(
        label=gettext_lazy("Words that mean the same here"),
        help_text=gettext_lazy("Between commas, in any language; one of them may be of several words."),
        max_length=LINE_MOST,
        error_messages={"required": gettext_lazy("Please write something first.")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def search_words(request: Any, community: str) -> HttpResponse:
    """The groups of words, and one more; it holds from the next search on."""
    here = request.community
    groups = searching.words_of(community=here, viewer=request.user)
    form = WordsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        at = timezone.now()

        def add() -> str:
            line = form.cleaned_data["words"]
            return searching.add_words(community=here, actor=request.user, line=line, at=at)

        try:
            once(token=form.cleaned_data["form_token"], purpose=f"words:{here.public_id}", at=at, do=add)
        except (LexiconNotUnderstood, WordsNotAGroup, TooManyWordGroups) as refusal:
            sentence = sentence_for(refusal)
            form.add_error("words", f"{sentence.title} {sentence.advice}")
        else:
            messages.success(request, _("Kept. Search knows it from now on."))
            return redirect("web:search_words", here.slug)
    status = 422 if request.method == "POST" else 200
    return render(request, "web/search_words.html", {"form": form, "groups": groups}, status=status)


@require_POST
@login_required
def remove_words(request: Any, community: str, group_id: str) -> HttpResponse:
    """Let some words mean the same no more."""
    here = request.community
    searching.remove_words(community=here, actor=request.user, group_id=group_id, at=timezone.now())
    messages.success(request, _("Taken out. Search goes by it no more."))
    return redirect("web:search_words", here.slug)

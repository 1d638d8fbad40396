"""The texts that people agree to."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from tadamun.foundation.api import Listed
from tadamun.foundation.people.consents import consent_text
from tadamun.foundation.people.schemas import ConsentRead
from tadamun.foundation.people.vocabulary import ConsentPurpose

router = Router(tags=["public"])


@router.get("consents", response=Listed[ConsentRead], auth=None)
def consents(request: HttpRequest) -> Any:
    """The texts of consent in force, to be shown or read aloud before anything is asked under them."""
    texts = [text for purpose in ConsentPurpose if (text := consent_text(purpose=purpose))]
    return {
        "items": [
            {
                "purpose": text.purpose.value,
                "version": text.version,
                "title": str(text.title),
                "paragraphs": [str(words) for words in text.paragraphs],
                "withdrawal": str(text.withdrawal),
            }
            for text in texts
        ]
    }

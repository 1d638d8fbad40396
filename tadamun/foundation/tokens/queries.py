"""Looking at one's tokens."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tadamun.foundation.people.models import Person
from tadamun.foundation.sealed import keyed_hash
from tadamun.foundation.tokens.cards import TokenCard
from tadamun.foundation.tokens.models import Token


def token_hash(*, secret: str) -> str:
    """The keyed hash a token is found by."""
    return keyed_hash(secret, purpose="api_token")


def own_tokens(*, viewer: Any, at: datetime) -> list[TokenCard]:
    """The tokens somebody made, those that work first, newest first."""
    rows = Token.objects.filter(person=viewer).select_related("community").order_by("-made_at", "-pk")
    cards = [
        TokenCard(
            public_id=row.public_id,
            name=row.name,
            community=row.community.name,
            scopes=tuple(row.scopes),
            made_at=row.made_at,
            expires_at=row.expires_at,
            last_used_on=row.last_used_on,
            withdrawn_at=row.withdrawn_at,
            works=row.works(at=at),
        )
        for row in rows
    ]
    return sorted(cards, key=lambda card: not card.works)


def my_records(*, person: Person) -> dict[str, Any]:
    """What is kept about somebody here, for their own export."""
    rows = Token.objects.filter(person=person).select_related("community").order_by("made_at", "pk")
    return {
        "tokens": [
            {
                "name": row.name,
                "community": row.community.name,
                "scopes": row.scopes,
                "made_at": row.made_at,
                "expires_at": row.expires_at,
                "last_used_on": row.last_used_on,
                "withdrawn_at": row.withdrawn_at,
            }
            for row in rows
        ]
    }

"""What a token opens."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from tadamun.foundation.api import Listed, Token
from tadamun.foundation.communities.policies import roles_of
from tadamun.foundation.tokens.schemas import CommunityOpened, TokenRead

router = Router(tags=["token"])


@router.get("token", response=TokenRead, auth=Token())
def token(request: HttpRequest) -> Any:
    """Name, scopes and last day of the token that came, and the community it opens."""
    held: Any = request.auth  # type: ignore[attr-defined]
    return {
        "name": held.name,
        "scopes": held.scopes,
        "expires_at": held.expires_at,
        "community": _opened(held),
    }


@router.get("communities", response=Listed[CommunityOpened], auth=Token())
def communities(request: HttpRequest) -> Any:
    """The communities that the token opens: the one it was made for."""
    return {"items": [_opened(request.auth)]}  # type: ignore[attr-defined]


def _opened(held: Any) -> dict[str, Any]:
    community = held.community
    return {
        "slug": community.slug,
        "name": community.name,
        "region": community.region,
        "time_zone": community.time_zone,
        "roles": sorted(roles_of(person=held.person, community=community)),
    }

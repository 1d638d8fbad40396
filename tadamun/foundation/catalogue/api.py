"""What can be needed and offered in a community."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from tadamun.foundation.api import Listed
from tadamun.foundation.catalogue import queries
from tadamun.foundation.catalogue.schemas import CategoryRead

router = Router(tags=["public"])


@router.get("communities/{slug:community}/categories", response=Listed[CategoryRead], auth=None)
def categories(request: HttpRequest, community: str) -> Any:
    """The catalogue of the community, main categories first, names in the language asked for."""
    here: Any = request.community  # type: ignore[attr-defined]
    return {"items": queries.open_categories(community=here)}

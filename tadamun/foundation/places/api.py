"""The areas of a community."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from tadamun.foundation.api import Listed
from tadamun.foundation.places import queries
from tadamun.foundation.places.schemas import AreaRead

router = Router(tags=["public"])


@router.get("communities/{slug:community}/areas", response=Listed[AreaRead], auth=None)
def areas(request: HttpRequest, community: str) -> Any:
    """The areas that can be chosen, in their order."""
    here: Any = request.community  # type: ignore[attr-defined]
    return {"items": queries.open_areas(community=here)}

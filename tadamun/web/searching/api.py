"""Searching for programs: requests and offers, for those who may see them. Names of people are for pages alone."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router

from tadamun.foundation.api import Listed, Token
from tadamun.foundation.communities.policies import require_app, require_member
from tadamun.foundation.search.vocabulary import Kind
from tadamun.foundation.tokens.vocabulary import Scope
from tadamun.kernel.text import clean_line
from tadamun.pillars.aid.needs import queries as needs
from tadamun.web.searching.finding import audiences_of, search_index
from tadamun.web.searching.schemas import FoundOfferRead, FoundRequestRead

router = Router(tags=["search"])
HERE = "communities/{slug:community}/search"
Asked = Annotated[
    str, Query(max_length=80, min_length=1, description="Words, a number, or a whole phone number.")
]


@router.get(f"{HERE}/requests", response=Listed[FoundRequestRead], auth=Token(Scope.NEEDS_READ))
def search_requests(request: HttpRequest, community: str, q: Asked) -> Any:
    """The twenty newest requests that answer all words; coordinators find all, others their own."""
    here, ids = _found(request, q, kind=Kind.REQUEST)
    return {"items": needs.found_requests(community=here, viewer=request.user, ids=ids)}


@router.get(f"{HERE}/offers", response=Listed[FoundOfferRead], auth=Token(Scope.OFFERS_READ))
def search_offers(request: HttpRequest, community: str, q: Asked) -> Any:
    """The twenty newest open offers that answer all words; coordinators find all, others their own."""
    here, ids = _found(request, q, kind=Kind.OFFER)
    return {"items": needs.found_offers(community=here, viewer=request.user, ids=ids)}


def _found(request: HttpRequest, text: str, *, kind: Kind) -> tuple[Any, list[str]]:
    here: Any = request.community  # type: ignore[attr-defined]
    require_app(community=here, app="needs")
    require_member(person=request.user, community=here)
    audiences = audiences_of(viewer=request.user, community=here)
    found = search_index(community=here, audiences=audiences, text=clean_line(text), kinds=(kind,))
    return here, [hit.about for hit in found[kind].hits]

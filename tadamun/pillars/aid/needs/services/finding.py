"""What of needs and offers can be found: called in the transaction that changes it.

What is sealed is never indexed: what askers say of a thing, notes, messages. Names are shown to coordinators one by
one, with a reason on record; a search by name would go round that, so requests are found by number, thing, area and
phone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tadamun.foundation.catalogue.models import Category
from tadamun.foundation.communities.models import Community
from tadamun.foundation.search import services as search
from tadamun.foundation.search.cards import Document, Source
from tadamun.foundation.search.vocabulary import Audience, Kind, only
from tadamun.pillars.aid.needs.models import Offer, Request
from tadamun.pillars.aid.needs.queries.lines import area_of
from tadamun.pillars.aid.needs.vocabulary import OfferState

__all__ = ["findable", "forget_offer_words", "forget_request_words", "put_offer", "put_request"]


def put_request(*, request: Request) -> None:
    """Let a request be found as it is now; one that was joined to another, or forgotten, no more."""
    if request.merged_into_id is not None or request.forgotten_at is not None:
        forget_request_words(request=request)
    else:
        search.index(document=_request_document(request))


def put_offer(*, offer: Offer) -> None:
    """Let an offer be found as it is now; a closed one no more."""
    if offer.state == OfferState.CLOSED:
        forget_offer_words(offer=offer)
    else:
        search.index(document=_offer_document(offer))


def forget_request_words(*, request: Request) -> None:
    """Let a request be found no more."""
    search.forget(kind=Kind.REQUEST, about=request.public_id)


def forget_offer_words(*, offer: Offer) -> None:
    """Let an offer be found no more."""
    search.forget(kind=Kind.OFFER, about=offer.public_id)


def findable(*, community: Community) -> dict[Kind, Source]:
    """All that can be found in a community, for building the index anew."""
    requests = Request.objects.filter(
        community=community, merged_into__isnull=True, forgotten_at__isnull=True
    )
    offers = Offer.objects.filter(community=community, state=OfferState.OPEN)

    def of_requests(abouts: Sequence[str]) -> Iterator[Document]:
        rows = requests.filter(public_id__in=abouts).select_related("place__area")
        return map(_request_document, rows.prefetch_related("lines__category__parent"))

    def of_offers(abouts: Sequence[str]) -> Iterator[Document]:
        rows = offers.filter(public_id__in=abouts)
        return map(_offer_document, rows.select_related("category__parent", "place__area"))

    return {
        Kind.REQUEST: Source(lambda: requests.values_list("public_id", flat=True), of_requests),
        Kind.OFFER: Source(lambda: offers.values_list("public_id", flat=True), of_offers),
    }


def _request_document(request: Request) -> Document:
    named = [line for line in request.lines.all() if not line.asks_for_call]
    categories = [name for line in named for name in _names(line.category)]
    own = (only(request.asker_id),) if request.asker_id is not None else ()
    return Document(
        scope=request.community_id,
        kind=Kind.REQUEST,
        about=request.public_id,
        audiences=(Audience.COORDINATORS, *own),
        dated_at=request.asked_at,
        text=" · ".join([str(request.number), *categories, area_of(request)]),
        phone_hash=request.phone_hash or "",
    )


def _offer_document(offer: Offer) -> Document:
    area = offer.place.area.name if offer.place and offer.place.area else ""
    called = offer.giver_name if offer.is_organisation else ""
    own = (only(offer.giver_id),) if offer.giver_id is not None else ()
    return Document(
        scope=offer.community_id,
        kind=Kind.OFFER,
        about=offer.public_id,
        audiences=(Audience.COORDINATORS, *own),
        dated_at=offer.made_at,
        text=" · ".join([*_names(offer.category), offer.detail, called, area]),
        phone_hash=offer.phone_hash or "",
    )


def _names(category: Category) -> Iterator[str]:
    """A category's names in every language, and those of the one above it."""
    for one in (category, category.parent):
        if one is not None:
            yield from filter(None, (one.name_ar, one.name_en, one.name_fr))

"""Sending a line to a service of the directory, and the asker's word whether it helped."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router

from tadamun.foundation.api import Listed
from tadamun.foundation.communities.policies import require_app
from tadamun.pillars.aid.directory import queries as directory
from tadamun.pillars.aid.needs import queries, services
from tadamun.pillars.aid.needs.api.doors import HERE, NEEDS_READ, NEEDS_WRITE, here
from tadamun.pillars.aid.needs.queries.belonging import require_here, require_of_request
from tadamun.pillars.aid.needs.schemas import referrals as shapes
from tadamun.pillars.aid.needs.vocabulary import ReferralOutcome

router = Router(tags=["referrals"])
LINE = f"{HERE}/lines/{{slug:line_id}}"
REQUEST = f"{HERE}/requests/{{slug:request_id}}"


@router.get(f"{LINE}/services", response=Listed[shapes.ReferableRead], auth=NEEDS_READ)
def services_for_line(
    request: HttpRequest, community: str, line_id: str, q: Annotated[str, Query(max_length=100)] = ""
) -> Any:
    """The services that fit a line, the confirmed first; `q` narrows them. For coordinators."""
    place = here(request)
    require_here(community=place, line_id=line_id)
    require_app(community=place, app="directory")
    line = queries.one_line(line_id=line_id, viewer=request.user)
    found = directory.referable_services(
        community=place,
        viewer=request.user,
        text=q,
        category=line.category_code,
        area=line.area,
        at=timezone.now(),
    )
    return {"items": found}


@router.post(f"{LINE}/refer-to-service", response=shapes.ReferralState, auth=NEEDS_WRITE)
def refer_to_service(request: HttpRequest, community: str, line_id: str, given: shapes.ReferralGiven) -> Any:
    """Close a line because a service can help better, tell the asker the way, and ask later whether it helped."""
    actor: Any = request.user
    require_here(community=here(request), line_id=line_id)
    return services.refer_to_service(
        line_id=line_id, service_id=given.service_id, actor=actor, at=timezone.now()
    )


@router.get(f"{REQUEST}/referrals", response=Listed[shapes.ReferralRead], auth=NEEDS_READ)
def referrals(request: HttpRequest, community: str, request_id: str) -> Any:
    """The last referral of each line of a request, with the way there; for the asker and coordinators."""
    require_here(community=here(request), request_id=request_id)
    found = queries.referrals_of(request_id=request_id, viewer=request.user, at=timezone.now())
    return {"items": list(found.values())}


@router.post(
    f"{REQUEST}/referrals/{{slug:referral_id}}/answer", response=shapes.ReferralState, auth=NEEDS_WRITE
)
def answer_referral(
    request: HttpRequest, community: str, request_id: str, referral_id: str, given: shapes.AnswerGiven
) -> Any:
    """Whether it helped; what did not is sorted again as if it were new. For the asker and coordinators."""
    require_here(community=here(request), request_id=request_id)
    require_of_request(request_id=request_id, referral_id=referral_id)
    return services.answer_referral(
        referral_id=referral_id,
        outcome=ReferralOutcome(given.outcome),
        actor=request.user,
        at=timezone.now(),
    )

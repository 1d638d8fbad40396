"""A need becomes help, service by service."""

from datetime import timedelta

from tadamun.foundation.trail.services import verify_chains
from tadamun.pillars.aid.needs import services
from tadamun.pillars.aid.needs.vocabulary import LineState, MatchState
from tests.aid import make
from tests.aid.make import NOON


def test_from_asking_to_met(community, coordinator, volunteer):
    asked = make.make_request(community)
    line = asked.request.lines.get()
    assert line.state == LineState.TRIAGE
    assert asked.request.owner == coordinator

    make.triage(line, by=coordinator)
    offer = make.make_offer(community, giver=volunteer)
    match = services.invite(line_id=line.public_id, offer_id=offer.public_id, actor=coordinator, at=NOON)
    line.refresh_from_db()
    assert (line.state, line.reserved, line.promised) == (LineState.OPEN, 1, 0)

    match = services.accept(match_id=match.public_id, actor=volunteer, at=NOON)
    line.refresh_from_db()
    assert (match.state, line.state, line.promised) == (MatchState.ACCEPTED, LineState.MATCHED, 1)
    assert len(match.code) == 3

    starts = NOON + timedelta(hours=3)
    services.schedule(
        match_id=match.public_id, starts=starts, ends=starts + timedelta(hours=2), actor=volunteer, at=NOON
    )
    line.refresh_from_db()
    assert line.state == LineState.SCHEDULED
    door = services.reveal_place_to_giver(match_id=match.public_id, actor=volunteer, at=starts)
    assert door.first_name == "أم ليلى"

    services.confirm_by_code(match_id=match.public_id, code=match.code, actor=volunteer, at=starts)
    line.refresh_from_db()
    assert (line.state, line.delivered) == (LineState.MET, 1)
    assert all(report.whole for report in verify_chains())

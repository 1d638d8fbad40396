"""Calls that were logged, and the address of the list of the day."""

from datetime import timedelta

from tadamun.pillars.aid.needs import queries, services

DAY = timedelta(days=1)


def call(line, outcome, *, by, at, on=None):
    services.log_contact(request_id=line.request.public_id, outcome=outcome, actor=by, at=at, follow_up_on=on)


def due_at(community, viewer, at, **options):
    return queries.due(community=community, viewer=viewer, at=at, **options)

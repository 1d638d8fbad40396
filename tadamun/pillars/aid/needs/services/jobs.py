"""What the worker does for needs: thin functions beside their services."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from tadamun.foundation.jobs.services import every, job


@job()
def reckon(round_id: str) -> None:
    """Reckon one round."""
    from tadamun.pillars.aid.needs.services.rounds import reckon_round

    reckon_round(round_id=round_id, at=timezone.now())


@every(name="needs.expire_invitations", interval=timedelta(minutes=1))
def expire_invitations(*, at: datetime) -> None:
    """End invitations that nobody answered in time, and ask the next person."""
    from tadamun.pillars.aid.needs.services.expiring import expire_invitations as expire

    expire(at=at)


@every(name="needs.close_expired", interval=timedelta(hours=1))
def close_expired(*, at: datetime) -> None:
    """Close offers whose time is over."""
    from tadamun.pillars.aid.needs.services.offering import close_past_offers

    close_past_offers(at=at)


@every(name="needs.take_up_rounds", interval=timedelta(minutes=1))
def take_up_rounds(*, at: datetime) -> None:
    """Reckon again a round that was cut off in the middle."""
    from tadamun.pillars.aid.needs.services.rounds import take_up_cut_off_rounds

    take_up_cut_off_rounds(at=at)


@every(name="needs.ask_still_needed", interval=timedelta(hours=1))
def ask_still_needed(*, at: datetime) -> None:
    """Ask once, in daytime, whether what has long been silent is still needed."""
    from tadamun.pillars.aid.needs.services.checking import ask_still_needed as ask

    ask(at=at)


@job()
def keep_up(community_id: str) -> None:
    """Bring the standing proposals of a community up to date."""
    from tadamun.pillars.aid.needs.services.keeping_up import bring_up_to_date

    bring_up_to_date(community_id=community_id, at=timezone.now())


def _something_has_changed(*, at: datetime) -> bool:
    from tadamun.pillars.aid.needs.services.keeping_up import something_has_changed

    return something_has_changed(at=at)


@every(name="needs.keep_up", interval=timedelta(seconds=1), only_if=_something_has_changed)
def notice_what_has_changed(*, at: datetime) -> None:
    """Queue a job for every community whose proposals are behind what has happened."""
    from tadamun.pillars.aid.needs.services.keeping_up import queue_what_has_changed

    queue_what_has_changed(at=at)


@every(name="needs.ask_about_referrals", interval=timedelta(hours=1))
def ask_about_referrals(*, at: datetime) -> None:
    """Ask those who were sent to a service some time ago whether it helped."""
    from tadamun.pillars.aid.needs.services.referring import ask_about_referrals as ask

    ask(at=at)


@every(name="needs.drop_old_imports", interval=timedelta(hours=12))
def drop_old_imports(*, at: datetime) -> None:
    """Drop the cells of sheets that nobody decided about."""
    from tadamun.pillars.aid.needs.services.importing import drop_old_imports as drop

    drop(at=at)

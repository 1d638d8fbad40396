"""What the worker does for the directory: thin functions beside its services."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from tadamun.foundation.jobs.services import every, job


@job()
def read(reading_id: str) -> None:
    """Read one file that was handed in."""
    from tadamun.pillars.aid.directory.services.reading import read_file

    read_file(reading_id=reading_id, at=timezone.now())


def queue(reading_id: str) -> None:
    """Hand a file on to the worker."""
    read.enqueue(reading_id=reading_id)


@every(name="directory.drop_old_readings", interval=timedelta(hours=12))
def drop_old_readings(*, at: datetime) -> None:
    """Drop the reports of files that were handed in long ago."""
    from tadamun.pillars.aid.directory.services.reading import drop_old_readings as drop

    drop(at=at)

"""Writing the directory out for others: the open part of it, as HSDS 3."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Person
from tadamun.pillars.aid.directory import policies
from tadamun.pillars.aid.directory.adapters.hsds import write_directory
from tadamun.pillars.aid.directory.cards import ExportReport


def export_hsds(*, community: Community, actor: Person | None) -> tuple[Mapping[str, bytes], ExportReport]:
    """The files of an export by their path, and what is in them. Places that are confidential are left out.

    :param actor: a coordinator; None from the command line.
    :raises DirectoryForCoordinators: anybody else.
    """
    if actor is not None:
        policies.require_keeper(actor=actor, community=community)
    written = write_directory(community=community)
    report = ExportReport(
        organisations=written.organisations,
        services=written.services,
        locations=written.locations,
        left_out=written.left_out,
        files=tuple(written.files),
    )
    return written.files, report


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The files of an export in one zip."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()

"""Photos of a problem: written anew, reported by whoever is in them, decided by coordinators."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from tadamun.foundation.communities.models import Community
from tadamun.foundation.communities.queries import people_with_role
from tadamun.foundation.communities.vocabulary import Role
from tadamun.foundation.notices.services import tell
from tadamun.foundation.people.models import Person
from tadamun.kernel.ids import new_token
from tadamun.kernel.pictures import NotAPicture, written_anew
from tadamun.pillars.support.problems import policies
from tadamun.pillars.support.problems.errors import NoSuchPicture, NotForYouToSteer, PictureNotReadable
from tadamun.pillars.support.problems.models import Picture
from tadamun.pillars.support.problems.services.settling import deed, locked_problem, log, page_of
from tadamun.pillars.support.problems.vocabulary import PHOTO_BYTES_MOST, Moment, PhotoState

FOLDER = "problems"


@deed
def put_picture(
    *,
    community: Community,
    problem_id: str,
    actor: Person,
    moment: Moment,
    content: bytes,
    at: datetime,
) -> Picture:
    """Add a photo, or put it in the place of the one there was; place, time and camera are not kept.

    :raises NotForYouToSteer: neither the raiser, nor of the group, nor steering it.
    :raises PictureNotReadable: no picture that can be read, or larger than is read.
    """
    policies.require_member(actor=actor, community=community)
    problem = locked_problem(community=community, problem_id=problem_id, viewer=actor)
    may = policies.may_correct(person=actor, problem=problem)
    policies.require(may or policies.is_in_group(person=actor, problem=problem), NotForYouToSteer())
    policies.require(len(content) <= PHOTO_BYTES_MOST, PictureNotReadable(why="too_large"))
    try:
        made = written_anew(content)
    except NotAPicture as error:
        raise PictureNotReadable(why=error.why) from None
    for earlier in problem.pictures.filter(moment=moment):
        drop_file_later(earlier)
    file = default_storage.save(f"{FOLDER}/{new_token()}.webp", ContentFile(made.content))
    try:
        picture = Picture.objects.create(
            problem=problem,
            moment=moment,
            file=file,
            width=made.width,
            height=made.height,
            added_by=actor,
            added_at=at,
        )
    except Exception:
        default_storage.delete(file)
        raise
    log(problem, verb="picture_added", actor=actor, at=at, picture=picture.public_id)
    return picture


@deed
def report_picture(*, community: Community, picture_id: str, actor: Person, at: datetime) -> None:
    """Ask whether a photo may stay: nobody but coordinators sees it until one of them has decided.

    A photo that a coordinator has kept stays; it is looked at again only by them.
    """
    policies.require_member(actor=actor, community=community)
    picture = _locked(community, picture_id)
    if picture.state != PhotoState.SHOWN:
        return
    picture.state = PhotoState.REPORTED
    picture.save(update_fields=["state"])
    for coordinator in people_with_role(community=community, role=Role.COORDINATOR):
        tell(
            recipient=coordinator,
            kind="problems.picture_reported",
            url=page_of(picture.problem),
            scope=community.public_id,
            about=picture.problem.public_id,
            dedupe_key=f"reported:{picture.public_id}:{coordinator.public_id}",
            at=at,
        )
    log(picture.problem, verb="picture_reported", actor=None, at=at, picture=picture_id)


@deed
def keep_picture(*, community: Community, picture_id: str, actor: Person, at: datetime) -> None:
    """A coordinator has looked: it shows nobody, and stays."""
    picture = _locked(community, picture_id)
    policies.require(policies.may_coordinate(person=actor, community=community), NotForYouToSteer())
    picture.state = PhotoState.KEPT
    picture.save(update_fields=["state"])
    log(picture.problem, verb="picture_kept", actor=actor, at=at, picture=picture_id)


@deed
def remove_picture(*, community: Community, picture_id: str, actor: Person, at: datetime) -> None:
    """Take a photo away, file and all: whoever put it there, and coordinators.

    :raises NotForYouToSteer: anybody else.
    """
    picture = _locked(community, picture_id)
    may = policies.may_coordinate(person=actor, community=community)
    policies.require_member(actor=actor, community=community)
    policies.require(may or picture.added_by_id == actor.pk, NotForYouToSteer())
    drop_file_later(picture)
    log(picture.problem, verb="picture_removed", actor=actor, at=at, picture=picture_id)


def picture_bytes(*, file: str) -> BytesIO:
    """The picture itself.

    :raises NoSuchPicture: the file is gone.
    """
    try:
        with default_storage.open(file) as opened:
            return BytesIO(opened.read())
    except OSError:
        raise NoSuchPicture from None


def drop_file_later(picture: Picture) -> None:
    """Take the row away now and its file once that is sure."""
    file = picture.file
    picture.delete()
    transaction.on_commit(lambda: default_storage.delete(file))


def _locked(community: Community, picture_id: str) -> Picture:
    row = (
        Picture.objects.select_for_update(of=("self",))
        .select_related("problem__community")
        .filter(problem__community=community, public_id=picture_id)
        .first()
    )
    if row is None:
        raise NoSuchPicture
    return row

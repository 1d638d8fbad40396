"""Photos: written anew without anything but their picture, kept in the instance's uploads."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Person
from tadamun.kernel.ids import new_token
from tadamun.kernel.pictures import NotAPicture, written_anew
from tadamun.kernel.text import clean_line
from tadamun.pillars.support.library import policies
from tadamun.pillars.support.library.errors import NoSuchItem, NoSuchPhoto, NotAPhoto, TooManyPhotos
from tadamun.pillars.support.library.models import Photo
from tadamun.pillars.support.library.services.settling import deed, locked_item, log
from tadamun.pillars.support.library.vocabulary import LINE_MOST, PHOTO_BYTES_MOST, PHOTOS_MOST

FOLDER = "library"


@deed
def add_photo(
    *, community: Community, item_id: str, actor: Person, content: bytes, words: str, at: datetime
) -> Photo:
    """Add a picture; place, time and camera that stood in the file are not kept.

    :raises NoSuchItem: there is none that the actor may change.
    :raises NotAPhoto: no picture that can be read, or larger than is read.
    :raises TooManyPhotos: there are as many as there may be.
    """
    item = locked_item(community=community, item_id=item_id)
    keeper = policies.may_coordinate(person=actor, community=community)
    policies.require(keeper or policies.is_lender(actor, item), NoSuchItem())
    policies.require(item.photos.count() < PHOTOS_MOST, TooManyPhotos(most=PHOTOS_MOST))
    policies.require(len(content) <= PHOTO_BYTES_MOST, NotAPhoto(why="too_large"))
    try:
        picture = written_anew(content)
    except NotAPicture as error:
        raise NotAPhoto(why=error.why) from None
    file = default_storage.save(f"{FOLDER}/{new_token()}.webp", ContentFile(picture.content))
    photo = Photo(
        item=item,
        file=file,
        width=picture.width,
        height=picture.height,
        words=clean_line(words)[:LINE_MOST],
        added_at=at,
    )
    try:
        photo.save()
    except Exception:
        default_storage.delete(file)
        raise
    log(photo, verb="photo_added", kind="photo", actor=actor, at=at, community=community)
    return photo


@deed
def drop_photo(*, community: Community, photo_id: str, actor: Person, at: datetime) -> None:
    """Take a picture away, file and all.

    :raises NoSuchPhoto: there is none that the actor may take away.
    """
    photo = Photo.objects.select_related("item").filter(item__community=community, public_id=photo_id).first()
    if photo is None:
        raise NoSuchPhoto
    keeper = policies.may_coordinate(person=actor, community=community)
    policies.require(keeper or policies.is_lender(actor, photo.item), NoSuchPhoto())
    file = photo.file
    photo.delete()
    transaction.on_commit(partial(default_storage.delete, file))
    log(photo, verb="photo_dropped", kind="photo", actor=actor, at=at, community=community)


def drop_photos_of(*, lender: Person) -> None:
    """Take away every picture of what somebody lends, files and all; inside the caller's transaction."""
    rows = Photo.objects.filter(item__lender=lender)
    files = list(rows.values_list("file", flat=True))
    rows.delete()
    for file in files:
        transaction.on_commit(partial(default_storage.delete, file))


def photo_bytes(file: str) -> bytes:
    """The picture itself.

    :raises NoSuchPhoto: the file is gone.
    """
    try:
        with default_storage.open(file) as opened:
            return bytes(opened.read())
    except OSError:
        raise NoSuchPhoto from None

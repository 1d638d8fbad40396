"""Photos: written anew without place and camera, kept from whoever may not see the thing, and refused when hostile."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from tadamun.kernel.pictures import LONGEST_SIDE, NotAPicture, written_anew
from tadamun.pillars.support.library import errors, services
from tadamun.pillars.support.library.models import Photo
from tests.aid.make import NOON, make_community, make_member, make_person
from tests.support.library.make import make_item
from tests.support.library.shelf import picture

ORIENTATION, GPS, MAKE_TAG = 0x0112, 0x8825, 0x010F


def with_exif(size=(60, 20)) -> bytes:
    """A photo as a phone writes it: on its side, with place, maker and a comment."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKE_TAG] = 6, "SecretPhone"
    exif.get_ifd(GPS)[1] = "N"
    out = BytesIO()
    Image.new("RGB", size, "#8f3f12").save(out, "JPEG", exif=exif, comment=b"home address")
    return out.getvalue()


class TestWrittenAnew:
    def test_holds_nothing_but_the_picture_and_stands_upright(self):
        given = with_exif()
        assert b"SecretPhone" in given

        made = written_anew(given)

        assert (made.width, made.height) == (20, 60)
        with Image.open(BytesIO(made.content)) as opened:
            assert opened.format == "WEBP"
            assert not opened.getexif()
            assert not {"exif", "xmp", "icc_profile", "comment"} & set(opened.info)
        assert b"SecretPhone" not in made.content
        assert b"home address" not in made.content

    def test_is_no_larger_than_a_page_needs(self):
        made = written_anew(picture(size=(3000, 1500)))

        assert (made.width, made.height) == (LONGEST_SIDE, LONGEST_SIDE // 2)

    def test_png_with_text_and_transparency_loses_both(self):
        from PIL.PngImagePlugin import PngInfo

        info = PngInfo()
        info.add_text("Comment", "hidden words")
        out = BytesIO()
        Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(out, "PNG", pnginfo=info)

        assert b"hidden words" not in written_anew(out.getvalue()).content

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
            b"GIF89a" + b"\0" * 50,
            b"\xff\xd8\xff\xe0" + b"\0" * 200,
            picture()[:200],
            b"%PDF-1.7",
        ],
    )
    def test_refuses_what_is_no_photo(self, content):
        with pytest.raises(NotAPicture, match="not_readable"):
            written_anew(content)

    def test_refuses_a_small_file_that_unfolds_to_far_more(self):
        out = BytesIO()
        Image.new("1", (9000, 9000)).save(out, "PNG")
        assert len(out.getvalue()) < 100_000

        with pytest.raises(NotAPicture, match="too_large"):
            written_anew(out.getvalue())


class TestInTheLibrary:
    def add(self, item, by, content=None):
        return services.add_photo(
            community=item.community,
            item_id=item.public_id,
            actor=by,
            content=content or picture(),
            words="سلّم",
            at=NOON,
        )

    def test_goes_with_its_file(self, community, keeper, django_capture_on_commit_callbacks):
        photo = self.add(make_item(community, by=keeper), keeper)
        assert default_storage.exists(photo.file)

        with django_capture_on_commit_callbacks(execute=True):
            services.drop_photo(community=community, photo_id=photo.public_id, actor=keeper, at=NOON)

        assert not default_storage.exists(photo.file)

    def test_goes_when_its_lender_is_forgotten(self, community, layla, django_capture_on_commit_callbacks):
        own = services.add_item(
            community=community, actor=layla, facts=services.ItemFacts(name="خيمة", place="بيتي"), at=NOON
        )
        photo = self.add(own, layla)

        with django_capture_on_commit_callbacks(execute=True):
            services.forget_person(person=layla, at=NOON)

        own.refresh_from_db()
        assert (own.place, own.state) == ("", "retired")
        assert not Photo.objects.exists()
        assert not default_storage.exists(photo.file)

    def test_is_added_by_the_lender_and_coordinators_and_only_so_many(self, community, keeper, layla, sami):
        own = services.add_item(
            community=community, actor=layla, facts=services.ItemFacts(name="خيمة"), at=NOON
        )
        for who in (layla, keeper, layla, keeper):
            self.add(own, who)

        with pytest.raises(errors.TooManyPhotos):
            self.add(own, layla)
        with pytest.raises(errors.NoSuchItem):
            self.add(own, sami)

    def test_is_shown_to_whoever_may_see_the_thing(self, community, keeper, layla):
        hidden, open_one = (
            make_item(community, by=keeper),
            make_item(community, by=keeper, shows_in_public=True),
        )
        other = make_member(make_community())
        seen = {}
        for name, item in (("members", hidden), ("public", open_one)):
            photo = self.add(item, keeper)
            for who in (None, layla, other, make_person("غريب")):
                client = Client()
                if who is not None:
                    client.force_login(who, backend="allauth.account.auth_backends.AuthenticationBackend")
                answer = client.get(reverse("library:photo", args=[community.slug, photo.public_id]))
                seen.setdefault(name, []).append(answer.status_code)

        assert seen == {"members": [404, 200, 404, 404], "public": [200, 200, 200, 200]}

    def test_comes_in_by_the_page_once(self, community, layla):
        own = services.add_item(
            community=community, actor=layla, facts=services.ItemFacts(name="خيمة"), at=NOON
        )
        client = Client()
        client.force_login(layla, backend="allauth.account.auth_backends.AuthenticationBackend")
        address = reverse("library:photos", args=[community.slug, own.public_id])

        for _again in range(2):
            file = SimpleUploadedFile("صورتي في البيت.jpg", with_exif(), content_type="image/jpeg")
            answer = client.post(address, {"photo": file, "form_token": "one-token", "words": "خيمة"})
            assert answer.status_code == 302
        bad = SimpleUploadedFile("x.jpg", b"<script>", content_type="image/jpeg")
        refused = client.post(address, {"photo": bad, "form_token": "other-token"})

        assert refused.status_code == 422
        photo = Photo.objects.get()
        answer = client.get(reverse("library:photo", args=[community.slug, photo.public_id]))
        assert answer["Content-Type"] == "image/webp"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert b"SecretPhone" not in answer.content

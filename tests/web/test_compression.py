"""Pages and files travel compressed, except where a secret could be guessed from their length."""

import gzip

import pytest

pytestmark = pytest.mark.django_db
ACCEPTS = {"Accept-Encoding": "gzip"}


def test_a_page_travels_compressed(client):
    answer = client.get("/help/", headers=ACCEPTS)

    assert answer["Content-Encoding"] == "gzip"
    assert "</html>" in gzip.decompress(answer.content).decode()


@pytest.mark.parametrize("name", ["app.css", "app.js", "icons.svg"])
def test_styles_scripts_and_icons_travel_compressed(client, name):
    answer = client.get(f"/static/design/{name}", headers=ACCEPTS)
    whole = b"".join(client.get(f"/static/design/{name}").streaming_content)

    packed = b"".join(answer.streaming_content)

    assert gzip.decompress(packed) == whole
    assert len(packed) < len(whole) / 2


def test_fonts_and_parts_of_files_travel_as_they_are(client):
    font = client.get("/static/design/fonts/vazirmatn-arabic.woff2", headers=ACCEPTS)
    part = client.get("/static/design/app.css", headers={**ACCEPTS, "Range": "bytes=0-9"})

    assert "Content-Encoding" not in font
    assert "Content-Encoding" not in part
    assert len(b"".join(part.streaming_content)) == 10


def test_what_the_asking_side_can_put_words_into_is_never_compressed(client):
    assert "Content-Encoding" not in client.get("/help/?word=guess", headers=ACCEPTS)
    assert "Content-Encoding" not in client.post("/accounts/login/", {"login": "guess"}, headers=ACCEPTS)


def test_whoever_does_not_ask_for_it_gets_the_plain_page(client):
    assert b"</html>" in client.get("/help/").content

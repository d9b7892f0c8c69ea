"""The logo: a whole PNG, JPEG or WebP by its content; anything else is refused in words (T52)."""

import io
import struct
from zlib import compress, crc32

import pytest

from comptoir.administration.commands.logo import remove_logo, set_logo
from comptoir.administration.pictures import NotAPicture, picture
from comptoir.organisations.models import Organisation
from tests.factories import NOW, actor_of, make_organisation, make_staff


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc32(kind + data))


def png(width=2, height=3, extra=b""):
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    rows = compress(b"".join(b"\0" + b"\1\2\3" * min(width, 10) for _ in range(min(height, 10))))
    return b"\x89PNG\r\n\x1a\n" + header + extra + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def jpeg(width=2, height=3):
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\1\x11\0"
    return (
        b"\xff\xd8\xff\xe0" + struct.pack(">H", 16) + b"JFIF\0\1\1\0\0\1\0\1\0\0"
        + b"\xff\xc0" + struct.pack(">H", len(frame) + 2) + frame
        + b"\xff\xda" + struct.pack(">H", 8) + b"\1\1\0\0?\0" + b"\x12\x34\xff\x00\x56" + b"\xff\xd9"
    )  # fmt: skip


def webp(width=2, height=3):
    bits = struct.pack("<I", (width - 1) | (height - 1) << 14)
    body = b"WEBPVP8L" + struct.pack("<I", 6) + b"\x2f" + bits + b"\0"
    return b"RIFF" + struct.pack("<I", len(body)) + body


GOOD = {"png": png(), "jpeg": jpeg(), "webp": webp()}
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
BAD = {
    "nothing": b"",
    "text": b"bonjour",
    "svg": SVG,
    "svg with a mark": b"\xef\xbb\xbf" + SVG,
    "html": b"<!doctype html><script>alert(1)</script>",
    "gif": b"GIF89a\1\0\1\0\0\0\0;",
    "png signature only": b"\x89PNG\r\n\x1a\n",
    "png cut": png()[:-6],
    "png with a wrong sum": png()[:-1] + b"\0",
    "png then html": png() + b"<script>alert(1)</script>",
    "png then zip": png() + b"PK\3\4",
    "png without its header first": b"\x89PNG\r\n\x1a\n" + chunk(b"IDAT", b"") + chunk(b"IEND", b""),
    "jpeg cut": jpeg()[:-4],
    "jpeg then html": jpeg() + b"<script>",
    "jpeg in jpeg": jpeg() + jpeg(),
    "webp of another length": webp() + b"\0",
    "webp unknown": b"RIFF" + struct.pack("<I", 12) + b"WEBPXXXX\0\0\0\0",
    "too wide": png(width=4001),
    "no height": png(height=0),
    "too heavy": png(extra=chunk(b"tEXt", b"x" * 600_000)),
}


@pytest.mark.parametrize("kind", GOOD)
def test_a_whole_picture_is_known_with_its_size(kind):
    found = picture(GOOD[kind])
    assert (found.width, found.height, found.media_type) == (2, 3, f"image/{kind}")


@pytest.mark.parametrize("what", BAD)
def test_anything_else_is_refused_in_words(what):
    with pytest.raises(NotAPicture) as refused:
        picture(BAD[what])
    assert refused.value.field == "logo"


@pytest.mark.parametrize("kind", GOOD)
def test_cut_anywhere_it_is_refused(kind):
    whole = GOOD[kind]
    for length in range(len(whole)):
        with pytest.raises(NotAPicture):
            picture(whole[:length])


@pytest.mark.django_db(transaction=True)
def test_it_is_served_from_its_own_address_then_replaced_then_gone(client, settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }
    by = actor_of(make_staff(make_organisation("loire")))
    assert client.get("/loire/logo").status_code == 404
    set_logo(content=GOOD["png"], by=by, at=NOW)
    answer = client.get("/loire/logo")
    assert b"".join(answer.streaming_content) == GOOD["png"]
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert "public" in answer["Cache-Control"]
    answer.close()
    set_logo(content=GOOD["webp"], by=by, at=NOW)
    assert [path.suffix for path in tmp_path.rglob("*.*")] == [".webp"]
    remove_logo(by=by, at=NOW)
    assert Organisation.objects.get().logo == ""
    assert list(tmp_path.rglob("*.*")) == []


@pytest.mark.django_db
def test_the_form_says_what_is_wrong_beside_the_field(client):
    admin = make_staff(make_organisation("loire"))
    client.force_login(admin.user)
    sent = io.BytesIO(SVG)
    sent.name = "logo.png"
    page = client.post("/loire/bureau/reglages/organisme/logo/", {"logo": sent})
    assert page.status_code == 422
    assert "SVG" in page.content.decode()

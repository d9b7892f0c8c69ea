"""The web fonts: every character a page needs, drawn as in the package's own file, in a fifth of the weight."""

import struct
import unicodedata
import zlib
from importlib.resources import files

import pytest
from django.contrib.staticfiles import finders

from comptoir.web.shared import fonts
from comptoir.web.shared.fontfinder import FACES, FontFinder

PANGRAM = "Voix ambiguë d’un cœur qui, au zéphyr, préfère les kiwis… « Œuvre » 1 250,00 € – ÀÂÇÉÈÊËÎÏÔÙÛÜŸÆ → ↑↓ ½ %"


@pytest.fixture(params=FACES, scope="module")
def face(request):
    package, name = FACES[request.param]
    original = fonts.read(files(package).joinpath("files", f"{name}.ttf").read_bytes())
    return original, fonts.woff(package, name)


def unpacked(woff):
    """The tables of a WOFF file, each checked against the length and the checksum it announces."""
    signature, _, length, count = struct.unpack_from(">4sIIH", woff)
    assert (signature, length) == (b"wOFF", len(woff))
    tables = {}
    for place in range(44, 44 + 20 * count, 20):
        tag, offset, stored, size, checksum = struct.unpack_from(">4sIIII", woff, place)
        data = woff[offset : offset + stored]
        data = zlib.decompress(data) if stored < size else data
        padded = data + bytes(-len(data) % 4)
        assert len(data) == size
        assert sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF == checksum
        tables[tag] = data
    return tables


def test_what_stays_is_drawn_as_before(face):
    original, made = face
    tables = unpacked(made)
    before, after = fonts.characters(original[b"cmap"]), fonts.characters(tables[b"cmap"])
    assert after == {code: glyph for code, glyph in before.items() if code in fonts.KEPT}
    old, new = fonts._outlines(original), fonts._outlines(tables)
    assert len(old) == len(new)
    for glyph in fonts._with_parts(old, after.values()):
        assert new[glyph].rstrip(b"\0") == old[glyph].rstrip(b"\0")


def test_french_is_covered(face):
    original, made = face
    shown = fonts.characters(unpacked(made)[b"cmap"])
    missing = [
        unicodedata.name(one)
        for one in PANGRAM
        if ord(one) not in shown and ord(one) in fonts.characters(original[b"cmap"])
    ]
    assert missing == []


def test_other_scripts_are_left_to_the_next_family(face):
    shown = fonts.characters(unpacked(face[1])[b"cmap"])
    assert not {ord(one) for one in "Жβ字"} & set(shown)


def test_a_page_does_not_wait_for_them(face):
    assert len(face[1]) < 60_000


def undrawn(original, made, parts=fonts._parts):
    """The accents and letters that a composed letter needs and would not find."""
    old, new = fonts._outlines(original), fonts._outlines(unpacked(made))
    needed = {part for glyph in fonts.characters(unpacked(made)[b"cmap"]).values() for part in parts(old[glyph])}
    return [glyph for glyph in needed if old[glyph] and not new[glyph]]


def test_composed_letters_find_their_parts(face):
    assert undrawn(*face) == []


def test_the_check_goes_red_when_parts_are_forgotten(monkeypatch):
    monkeypatch.setattr(fonts, "_parts", lambda outline: iter(()))
    package, name = FACES["sans-400"]
    original = fonts.read(files(package).joinpath("files", f"{name}.ttf").read_bytes())
    assert undrawn(original, fonts.woff(package, name)) != []


def test_static_files_find_them(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    finder = FontFinder()
    found = [path for path, _ in finder.list()]
    assert found == [f"fonts/{one}.woff" for one in FACES]
    assert finder.find("fonts/nothing.woff") is None
    assert finder.find("fonts/sans-400.woff").startswith(str(tmp_path))
    assert finders.find("fonts/serif-600.woff")

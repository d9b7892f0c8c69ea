"""Web fonts: the packages' TrueType files, less what no European page needs, in WOFF (ADR 0005)."""

import struct
import zlib
from collections.abc import Iterable, Iterator
from importlib.resources import files
from itertools import pairwise

# Latin with its accents (Latin-1, Extended-A, Romanian), the punctuation of French and English, arrows, signs of money.
SPANS = [(0x20, 0x7E), (0xA0, 0x17F), (0x218, 0x21B), (0x2009, 0x200A), (0x2010, 0x2027), (0x202F, 0x2030)]
KEPT = {code for first, last in SPANS for code in range(first, last + 1)}
KEPT |= {
    0x2039,
    0x203A,
    0x20AC,
    0x2116,
    0x2122,
    0x2190,
    0x2191,
    0x2192,
    0x2193,
    0x2212,
    0x2248,
    0x2260,
    0x2264,
    0x2265,
    0x2713,
}
DROPPED = {b"DSIG", b"fpgm", b"prep", b"cvt ", b"gasp", b"VDMX", b"hdmx", b"LTSH", b"kern", b"meta"}
COMPOSITE, WORDS, SCALE, XY, TWO_BY_TWO, MORE = -1, 0x1, 0x8, 0x40, 0x80, 0x20

type Tables = dict[bytes, bytes]


def woff(package: str, name: str) -> bytes:
    """The face `name` of a font package, with the outlines of SPANS only; other characters go to the next family."""
    tables = read(files(package).joinpath("files", f"{name}.ttf").read_bytes())
    mapped = {code: glyph for code, glyph in characters(tables[b"cmap"]).items() if code in KEPT}
    outlines = _outlines(tables)
    wanted = _with_parts(outlines, {0, *mapped.values(), *_variants(tables[b"post"], set(mapped.values()))})
    tables = {tag: data for tag, data in tables.items() if tag not in DROPPED}
    tables[b"glyf"], tables[b"loca"] = _only(outlines, wanted)
    tables[b"head"] = tables[b"head"][:50] + struct.pack(">h", 1) + tables[b"head"][52:]  # long offsets in loca
    tables[b"cmap"] = _cmap(mapped)
    tables[b"post"] = struct.pack(">I", 0x30000) + tables[b"post"][4:32]  # no glyph names
    return _woff(tables)


def read(font: bytes) -> Tables:
    """The tables of a TrueType file, by tag."""
    (count,) = struct.unpack_from(">H", font, 4)
    found = {}
    for place in range(12, 12 + 16 * count, 16):
        tag, _, offset, length = struct.unpack_from(">4sIII", font, place)
        found[tag] = font[offset : offset + length]
    return found


def characters(cmap: bytes) -> dict[int, int]:
    """Which glyph each character of the basic plane has (the Windows table, format 4)."""
    (count,) = struct.unpack_from(">H", cmap, 2)
    records = [struct.unpack_from(">HHI", cmap, 4 + 8 * index) for index in range(count)]
    start = next(offset for platform, kind, offset in records if (platform, kind) == (3, 1))
    (size,) = struct.unpack_from(">H", cmap, start + 6)
    ends, starts, deltas, ranges = (start + 14, start + 16 + size, start + 16 + 2 * size, start + 16 + 3 * size)
    found = {}
    for step in range(0, size, 2):
        last, first = struct.unpack_from(">H", cmap, ends + step)[0], struct.unpack_from(">H", cmap, starts + step)[0]
        delta, away = struct.unpack_from(">h", cmap, deltas + step)[0], struct.unpack_from(">H", cmap, ranges + step)[0]
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if away:
                (glyph,) = struct.unpack_from(">H", cmap, ranges + step + away + 2 * (code - first))
            if not away or glyph:
                found[code] = (glyph + delta) & 0xFFFF
    return found


def _outlines(tables: Tables) -> list[bytes]:
    (glyphs,) = struct.unpack_from(">H", tables[b"maxp"], 4)
    (is_long,) = struct.unpack_from(">h", tables[b"head"], 50)
    code, factor = ("I", 1) if is_long else ("H", 2)
    offsets = [factor * offset for offset in struct.unpack_from(f">{glyphs + 1}{code}", tables[b"loca"])]
    return [tables[b"glyf"][begin:end] for begin, end in pairwise(offsets)]


def _variants(post: bytes, glyphs: set[int]) -> Iterator[int]:
    """Ligatures, and figures of other widths: reached by substitution, never by a character."""
    (count,) = struct.unpack_from(">H", post, 32)
    indexes = struct.unpack_from(f">{count}H", post, 34)
    place, own = 34 + 2 * count, []
    while place < len(post):
        own.append(post[place + 1 : place + 1 + post[place]].decode("latin-1"))
        place += 1 + post[place]
    names = [own[index - 258] if index >= 258 else "" for index in indexes]
    figures = ("zero.", "one.", "two.", "three.", "four.", "five.", "six.", "seven.", "eight.", "nine.")
    for glyph, name in enumerate(names):
        if glyph not in glyphs and (name.startswith(figures) or ("_" in name and "." not in name)):
            yield glyph


def _with_parts(outlines: list[bytes], glyphs: Iterable[int]) -> set[int]:
    """An accented letter is drawn from a letter and an accent: both stay."""
    kept: set[int] = set()
    ahead = list(glyphs)
    while ahead:
        glyph = ahead.pop()
        if glyph not in kept:
            kept.add(glyph)
            ahead += _parts(outlines[glyph])
    return kept


def _parts(outline: bytes) -> Iterator[int]:
    if not outline or struct.unpack_from(">h", outline)[0] != COMPOSITE:
        return
    place, flags = 10, MORE
    while flags & MORE:
        flags, glyph = struct.unpack_from(">HH", outline, place)
        yield glyph
        place += 4 + (4 if flags & WORDS else 2)
        place += 8 if flags & TWO_BY_TWO else 4 if flags & XY else 2 if flags & SCALE else 0


def _only(outlines: list[bytes], wanted: set[int]) -> tuple[bytes, bytes]:
    data, offsets = bytearray(), [0]
    for glyph, outline in enumerate(outlines):
        if glyph in wanted:
            data += outline + bytes(-len(outline) % 4)
        offsets.append(len(data))
    return bytes(data), struct.pack(f">{len(offsets)}I", *offsets)


def _cmap(mapped: dict[int, int]) -> bytes:
    """One format 4 table: a segment for each run where character and glyph advance together."""
    runs: list[list[int]] = []
    for code in sorted(mapped):
        if runs and runs[-1][1] == code - 1 and mapped[code] - code == runs[-1][2]:
            runs[-1][1] = code
        else:
            runs.append([code, code, mapped[code] - code])
    runs.append([0xFFFF, 0xFFFF, 1])
    firsts, lasts, deltas = (list(column) for column in zip(*runs, strict=True))
    size, power = len(runs), 1 << (len(runs).bit_length() - 1)
    body = struct.pack(">4H", 2 * size, 2 * power, power.bit_length() - 1, 2 * (size - power))
    body += struct.pack(f">{size}HH{size}H", *lasts, 0, *firsts)
    body += struct.pack(f">{size}H{size}H", *(delta & 0xFFFF for delta in deltas), *[0] * size)
    return struct.pack(">HHHHI", 0, 1, 3, 1, 12) + struct.pack(">HHH", 4, 6 + len(body), 0) + body


def _woff(tables: Tables) -> bytes:
    """The tables in a WOFF 1.0 file (W3C, 2012): each compressed on its own when that is shorter."""
    offset = 44 + 20 * len(tables)
    directory, packed, total = b"", b"", 12 + 16 * len(tables)
    for tag, data in sorted(tables.items()):
        small = zlib.compress(data, 9)
        stored = small if len(small) < len(data) else data
        words = struct.unpack(f">{(len(data) + 3) // 4}I", data + bytes(-len(data) % 4))
        directory += struct.pack(">4sIIII", tag, offset + len(packed), len(stored), len(data), sum(words) & 0xFFFFFFFF)
        packed += stored + bytes(-len(stored) % 4)
        total += len(data) + (-len(data) % 4)
    header = (b"wOFF", 0x00010000, offset + len(packed), len(tables), 0, total, 1, 0, 0, 0, 0, 0, 0)
    return struct.pack(">4sIIHHIHHIIIII", *header) + directory + packed

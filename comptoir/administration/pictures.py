"""What picture these bytes are, by their content and to the last byte: PNG, JPEG or WebP."""

import struct
from dataclasses import dataclass
from zlib import crc32

from django.utils.translation import gettext as _

from comptoir.base.errors import Invalid

LARGEST = 512 * 1024
WIDEST = 4000
_NO_LENGTH = frozenset({0x01, *range(0xD0, 0xD8)})
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})


class NotAPicture(Invalid):
    """Not a whole PNG, JPEG or WebP of a reasonable size."""

    code = "not-a-picture"


@dataclass(frozen=True)
class Picture:
    """Its file extension, its media type, its size in pixels."""

    extension: str
    media_type: str
    width: int
    height: int


def picture(content: bytes) -> Picture:
    """What these bytes are. Refuses: NotAPicture (other format, SVG, cut, trailing bytes, too heavy, too wide)."""
    if len(content) > LARGEST:
        raise NotAPicture(_("L’image pèse plus de 512\u00a0Ko\u00a0: réduisez-la."), field="logo")
    try:
        found = _read(content)
    except (struct.error, IndexError, ValueError) as error:
        sentence = _("Ce fichier n’est pas une image PNG, JPEG ou WebP entière. Le format SVG n’est pas accepté.")
        raise NotAPicture(sentence, field="logo") from error
    if not (0 < found.width <= WIDEST and 0 < found.height <= WIDEST):
        raise NotAPicture(_("L’image dépasse 4\u202f000 pixels de côté\u00a0: réduisez-la."), field="logo")
    return found


def _read(content: bytes) -> Picture:
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return Picture(".png", "image/png", *_png(content))
    if content.startswith(b"\xff\xd8\xff"):
        return Picture(".jpg", "image/jpeg", *_jpeg(content))
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return Picture(".webp", "image/webp", *_webp(content))
    raise ValueError("unknown signature")


def _png(content: bytes) -> tuple[int, int]:
    """Every chunk with its checksum, IHDR first, IEND last, nothing after."""
    at, size, kind = 8, (0, 0), b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", content, at)
        end = at + 12 + length
        (checksum,) = struct.unpack_from(">I", content, end - 4)
        if (at == 8) != (kind == b"IHDR") or checksum != crc32(content[at + 4 : end - 4]):
            raise ValueError("broken chunk")
        if kind == b"IHDR":
            size = struct.unpack_from(">II", content, at + 8)
        at = end
    if at != len(content):
        raise ValueError("bytes after the end")
    return size


def _jpeg(content: bytes) -> tuple[int, int]:
    """Segments up to the scan, which must end the file; the frame gives the size."""
    at, size = 2, (0, 0)
    while True:
        mark, kind = content[at], content[at + 1]
        if mark != 0xFF:
            raise ValueError("no marker")
        if kind in _NO_LENGTH or kind == 0xFF:
            at += 1 if kind == 0xFF else 2
            continue
        (length,) = struct.unpack_from(">H", content, at + 2)
        if kind in _FRAMES:
            height, width = struct.unpack_from(">HH", content, at + 5)
            size = (width, height)
        at += 2 + length
        if kind == 0xDA:
            break
    if size == (0, 0) or not content.endswith(b"\xff\xd9") or content.count(b"\xff\xd9", at) != 1:
        raise ValueError("cut, or bytes after the end")
    return size


def _webp(content: bytes) -> tuple[int, int]:
    """One RIFF of exactly this length; the first chunk gives the size."""
    (length,) = struct.unpack_from("<I", content, 4)
    if length + 8 != len(content):
        raise ValueError("not its own length")
    kind = content[12:16]
    if kind == b"VP8X":
        return 1 + _three(content, 24), 1 + _three(content, 27)
    if kind == b"VP8L" and content[20] == 0x2F:
        (bits,) = struct.unpack_from("<I", content, 21)
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if kind == b"VP8 " and content[23:26] == b"\x9d\x01\x2a":
        width, height = struct.unpack_from("<HH", content, 26)
        return width & 0x3FFF, height & 0x3FFF
    raise ValueError("unknown chunk")


def _three(content: bytes, at: int) -> int:
    return int.from_bytes(content[at : at + 3], "little")

"""What the desk may attach: a file known by its content, under a name that can hold nothing else."""

import re
import unicodedata
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from comptoir.base.errors import Invalid
from comptoir.mail.attachments import File
from comptoir.mail.models import Attachment

LARGEST = 5 * 1024 * 1024  # bytes, all files of one letter together: what mailboxes take once in base64
MOST = 5
LONGEST_NAME = 80
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
IN_ZIP = {  # what one finds inside → what it is
    "word/document.xml": (".docx", f"{_OFFICE}wordprocessingml.document"),
    "xl/workbook.xml": (".xlsx", f"{_OFFICE}spreadsheetml.sheet"),
    "ppt/presentation.xml": (".pptx", f"{_OFFICE}presentationml.presentation"),
}
BY_MIMETYPE = {
    f"{_OPEN}text": ".odt", f"{_OPEN}spreadsheet": ".ods", f"{_OPEN}presentation": ".odp",
}  # fmt: skip
_UNSAFE = re.compile(r"[^\w .()’'+-]+")


class NotAttachable(Invalid):
    """Not a document or a picture we know, or too heavy."""

    code = "not-attachable"


def checked(name: str, content: bytes) -> File:
    """The file, by what it is and not by what it is called. Refuses: NotAttachable."""
    if not content:
        raise NotAttachable(_("Ce fichier est vide."), field="file")
    if len(content) > LARGEST:
        raise NotAttachable(
            _("Ce fichier pèse plus de 5\u00a0Mo\u00a0: réduisez-le, ou envoyez un lien."), field="file"
        )
    extension, media_type = _known(content)
    return File(clean_name(name, extension), media_type, content)


def require_room(kept: QuerySet[Attachment], size: int) -> None:
    """One more file of so many bytes may go with those kept. Refuses: NotAttachable."""
    if kept.count() >= MOST:
        raise NotAttachable(_("Cinq fichiers au plus\u00a0: retirez-en un d’abord."), field="file")
    if (kept.aggregate(total=Sum("size"))["total"] or 0) + size > LARGEST:
        raise NotAttachable(_("Ensemble, les fichiers pèsent plus de 5\u00a0Mo\u00a0: réduisez-les."), field="file")


def clean_name(name: str, extension: str) -> str:
    """The name without a path, a control, or another extension than the file's own."""
    base = unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2])
    stem, dot, end = base.rpartition(".")
    base = stem if dot and len(end) <= 5 else base
    base = " ".join(_UNSAFE.sub(" ", base).split()).strip(". ")[:LONGEST_NAME].rstrip(". ")
    return (base or _("document")) + extension


def _known(content: bytes) -> tuple[str, str]:
    if content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:]:
        return ".pdf", "application/pdf"
    if content.startswith(b"\x89PNG\r\n\x1a\n") and content.endswith(b"IEND\xaeB`\x82"):
        return ".png", "image/png"
    if content.startswith(b"\xff\xd8\xff") and b"\xff\xd9" in content[-2048:]:
        return ".jpg", "image/jpeg"
    found = _in_zip(content) if content.startswith(b"PK\x03\x04") else None
    if found is None:
        sentence = _(
            "Ce fichier n’est ni un PDF, ni une image PNG ou JPEG, ni un document Word, Excel, PowerPoint ou"
            " LibreOffice sans macro."
        )
        raise NotAttachable(sentence, field="file")
    return found


def _in_zip(content: bytes) -> tuple[str, str] | None:
    """What document this archive is; one with macros is none."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
                media_type = archive.read("mimetype").decode("ascii", "replace").strip()
                has_macros = any(one.startswith(("Basic/", "Scripts/")) for one in names)
                return (BY_MIMETYPE[media_type], media_type) if media_type in BY_MIMETYPE and not has_macros else None
    except (BadZipFile, OSError, RuntimeError, ValueError):
        return None
    if any(one.endswith("vbaProject.bin") for one in names):
        return None
    return next((found for inside, found in IN_ZIP.items() if inside in names), None)

"""The search or the ticked rows as a file (C4): CSV streamed as it is read, XLSX written aside first."""

import tempfile
from typing import Any

from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.utils.translation import gettext as _

from comptoir.base import sheets
from comptoir.base.errors import Invalid
from comptoir.bookings import exporting
from comptoir.bookings.commands.exporting import record_export
from comptoir.web.desk.bookings.selection import Selection

FORMATS = ("csv", "xlsx")


def download(request: HttpRequest, chosen: Selection, wanted: str) -> Any:
    """The file. Refuses: Invalid, when a sheet cannot hold so many rows."""
    here: Any = request
    if wanted == "xlsx" and chosen.count > sheets.MOST_XLSX:
        raise Invalid(_("Une feuille XLSX tient 1 048 575 lignes\u00a0: choisissez le CSV, ou affinez la recherche."))
    record_export(wanted, by=here.actor, at=here.at)
    rows = exporting.table(seen_by=here.actor, search=chosen.search, ids=chosen.ids)
    name = f"inscriptions-{here.at:%Y-%m-%d}.{wanted}"
    if wanted == "csv":
        answer = StreamingHttpResponse(
            sheets.csv_chunks(exporting.titles(), rows), content_type="text/csv; charset=utf-8"
        )
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer
    file = tempfile.TemporaryFile()  # noqa: SIM115  # the answer closes it
    sheets.write_xlsx(file, exporting.titles(), rows, name=_("Inscriptions"))
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name)

"""« Certificats d’effacement »: all of them, a page at a time; one as a PDF; all as a file."""

from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from comptoir.base import sheets
from comptoir.retention import certificates as papers
from comptoir.retention import queries
from comptoir.web.desk.settings.doors import administrator
from comptoir.web.desk.settings.sections import sections
from comptoir.web.shared import keyset

A_PAGE = 50


@require_safe
@administrator
def certificates(request: HttpRequest) -> HttpResponse:
    """A page of them, newest first."""
    here: Any = request
    rows = queries.certificates(seen_by=here.actor)
    page = keyset.page(request, rows, keyset.Order(("-pk",)), count=rows.count(), size=A_PAGE)
    context = {"page": page, "certificates": page.rows, "sections": sections("desk:retention")}
    return render(request, "desk/retention/certificates.html", context)


@require_safe
@administrator
def paper(request: HttpRequest, reference: str) -> HttpResponse:
    """One certificate, as a PDF."""
    here: Any = request
    row = queries.certificate(reference, seen_by=here.actor)
    response = HttpResponse(papers.pdf(row, here.organisation), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{papers.name_of(row)}"'
    return response


@require_safe
@administrator
def sheet(request: HttpRequest) -> Any:
    """Every certificate as a file."""
    here: Any = request
    rows = queries.certificates(seen_by=here.actor)
    answer = StreamingHttpResponse(
        sheets.csv_chunks(queries.titles(), queries.lines(rows)), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="certificats-{here.at:%Y-%m-%d}.csv"'
    return answer

"""Import a file of clients: dropped, looked at, run in the background, reported."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from comptoir.base.errors import Refusal, attempt
from comptoir.clients import queries
from comptoir.clients.commands import imports as commands
from comptoir.clients.headers import COLUMNS
from comptoir.clients.states import ImportState
from comptoir.web.desk.clients.doors import keeper
from comptoir.web.desk.clients.file_forms import LABELS, ColumnsForm, FileForm
from comptoir.web.desk.clients.tables import ImportTable
from comptoir.web.shared.doors import STATUS
from comptoir.web.shared.paging import page_of
from comptoir.web.shared.refused import put_on

BUSY = (ImportState.WAITING, ImportState.RUNNING)
SHOWN = 100  # problems on the page


@require_http_methods(["GET", "HEAD", "POST"])
@keeper
def imports(request: HttpRequest) -> HttpResponse:
    """The files dropped so far, and a place for another; POST looks at it without writing anything."""
    here: Any = request
    form = FileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            made = commands.prepare_import(source=file.file, file_name=file.name, by=here.actor, at=here.at)
        except Refusal as refusal:
            put_on(form, _on_file(refusal))
        else:
            return redirect("desk:clients-import", made)
    page = page_of(request, queries.imports(seen_by=here.actor))
    context = {"form": form, "table": ImportTable(page.object_list), "page": page, "columns": COLUMNS}
    return render(request, "desk/clients/imports.html", context, status=422 if form.errors else 200)


@require_safe
@keeper
def one(request: HttpRequest, import_id: int) -> HttpResponse:
    """What the file would do, how far it is, or what it did."""
    return _shown(request, import_id)


@require_safe
@keeper
def progress(request: HttpRequest, import_id: int) -> HttpResponse:
    """The bar alone, asked again each second; the whole page once it is over."""
    here: Any = request
    row = queries.import_(import_id, seen_by=here.actor)
    if row.state not in BUSY:
        return HttpResponseClientRefresh()
    return render(request, "desk/clients/_progress.html", {"row": row, "left": row.total - row.position})


@require_POST
@keeper
def columns(request: HttpRequest, import_id: int) -> HttpResponse:
    """The file is looked at again, with the columns that a person chose."""
    here: Any = request
    row = queries.import_(import_id, seen_by=here.actor)
    form = ColumnsForm(request.POST, reading=row.reading)
    if form.is_valid():
        chosen = form.chosen()
        refusal = attempt(commands.choose_columns, import_id=import_id, columns=chosen, by=here.actor)
        if refusal is None:
            return redirect("desk:clients-import", import_id)
        if refusal.kind == "conflict":
            return _shown(request, import_id, refusal)
        put_on(form, refusal)
    return _shown(request, import_id, form=form)


@require_POST
@keeper
def confirm(request: HttpRequest, import_id: int) -> HttpResponse:
    """The rounds take it from here."""
    here: Any = request
    refusal = attempt(commands.confirm_import, import_id=import_id, by=here.actor, at=here.at)
    return _shown(request, import_id, refusal) if refusal else redirect("desk:clients-import", import_id)


@require_POST
@keeper
def abandon(request: HttpRequest, import_id: int) -> HttpResponse:
    """The file is gone; nothing more is written."""
    here: Any = request
    refusal = attempt(commands.abandon_import, import_id=import_id, by=here.actor, at=here.at)
    if refusal:
        return _shown(request, import_id, refusal)
    messages.success(request, _("Le fichier est supprimé."))
    return redirect("desk:clients-imports")


def _shown(
    request: HttpRequest, import_id: int, refusal: Refusal | None = None, *, form: ColumnsForm | None = None
) -> HttpResponse:
    here: Any = request
    row = queries.import_(import_id, seen_by=here.actor)
    if form is None and row.state == ImportState.PREVIEWED and row.reading.get("headers"):
        form = ColumnsForm(reading=row.reading)
    names = [name for name in COLUMNS if name in row.reading.get("columns", ())]
    context = {
        "row": row,
        "is_busy": row.state in BUSY,
        "left": row.total - row.position,
        "to_write": row.foreseen.get("created", 0) + row.foreseen.get("changed", 0),
        "columns": [LABELS[name] for name in names],
        "sample": [[line.get(name, "") for name in names] for line in row.reading.get("sample", [])],
        "form": form,
        "is_mapped": not row.reading.get("missing"),
        "missing": [str(LABELS[name]).lower() for name in row.reading.get("missing", [])],
        "problems": row.problems[:SHOWN],
        "hidden": max(len(row.problems) - SHOWN, 0),
        "refusal": refusal,
    }
    status = STATUS[refusal.kind] if refusal else 422 if form and form.errors else 200
    return render(request, "desk/clients/import.html", context, status=status)


def _on_file(refusal: Refusal) -> Refusal:
    refusal.field = "file"
    return refusal

"""The merges done: undone within thirty days (G6); the emptied record, deleted by number and password (G5, T69)."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptoir.base.errors import Refusal, attempt
from comptoir.clients import queries as clients
from comptoir.merging import queries
from comptoir.merging.commands.deleting import delete_emptied
from comptoir.merging.commands.merging import undo_merge
from comptoir.web.desk.clients.doors import keeper
from comptoir.web.shared.doors import STATUS
from comptoir.web.shared.paging import page_of
from comptoir.web.shared.password import PasswordForm
from comptoir.web.shared.refused import put_on


class DeletionForm(PasswordForm):
    """The number, typed again, and the password."""

    number = forms.CharField(
        label=gettext_lazy("Numéro de la fiche"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Écrivez le numéro de la fiche.")},
    )
    field_order = ("number", "password")


@require_safe
@keeper
def merges(request: HttpRequest) -> HttpResponse:
    """Newest first: into which, by whom, how much moved, and whether it can still be undone."""
    return _list(request)


@require_POST
@keeper
def undo(request: HttpRequest, merge_id: int) -> HttpResponse:
    """Everything is back where it was, save what changed since, which is counted."""
    here: Any = request
    try:
        left = undo_merge(merge_id=merge_id, by=here.actor, at=here.at)
    except Refusal as refusal:
        if refusal.kind == "missing":
            raise Http404 from refusal
        return _list(request, refusal)
    said = ngettext(
        "%(n)d ligne a changé depuis et reste où elle est.",
        "%(n)d lignes ont changé depuis et restent où elles sont.",
        left,
    )
    messages.success(request, " ".join((_("La fusion est annulée."), said % {"n": left} if left else "")).strip())
    return redirect("desk:merges")


@require_http_methods(["GET", "HEAD", "POST"])
@keeper
def delete(request: HttpRequest, client_id: int) -> HttpResponse:
    """What deleting does, before it is done; POST with the number typed and the password does it."""
    here: Any = request
    row = clients.client(client_id, seen_by=here.actor)
    left = queries.left_on(row)
    if left is None:
        return render(request, "desk/merging/delete.html", {"row": row, "is_kept": True}, status=409)
    form = DeletionForm(request.POST if request.method == "POST" else None, user=request.user)
    refusal = None
    if request.method == "POST" and form.is_valid():
        refusal = attempt(
            delete_emptied, client_id=row.pk, typed_number=form.cleaned_data["number"], by=here.actor, at=here.at
        )
        if refusal is None:
            messages.success(
                request,
                _("La fiche %(number)s est supprimée\u202f; son numéro mène à la fiche gardée.")
                % {"number": row.number},
            )
            return redirect("desk:merges")
        put_on(form, refusal)
    context = {"row": row, "form": form, "left": left}
    return render(request, "desk/merging/delete.html", context, status=422 if form.errors or refusal else 200)


def _list(request: HttpRequest, refusal: Refusal | None = None) -> HttpResponse:
    here: Any = request
    page = page_of(request, queries.merges(seen_by=here.actor))
    rows = [{"merge": one, "can_be_undone": one.can_be_undone(here.at)} for one in page.object_list]
    status = STATUS[refusal.kind] if refusal else 200
    return render(request, "desk/merging/merges.html", {"page": page, "rows": rows, "refusal": refusal}, status=status)

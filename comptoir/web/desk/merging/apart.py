"""The pairs a person said are two clients, and taking one back: « Ce sont peut-être des doublons » (G3)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from comptoir.base.errors import Invalid
from comptoir.clients import duplicates
from comptoir.clients.commands.duplicates import allow_pair
from comptoir.web.desk.clients.doors import keeper
from comptoir.web.shared.paging import page_of


@require_safe
@keeper
def apart(request: HttpRequest) -> HttpResponse:
    """The last said first: which two, by whom, when."""
    here: Any = request
    page = page_of(request, duplicates.refused_pairs(seen_by=here.actor))
    return render(request, "desk/merging/apart.html", {"page": page, "pairs": page.object_list})


@require_POST
@keeper
def allow(request: HttpRequest) -> HttpResponse:
    """Nothing is said of these two any more: the next search compares them. Again: nothing new."""
    here: Any = request
    left_id, right_id = _id(request, "fiche"), _id(request, "autre")
    allow_pair(left_id=left_id, right_id=right_id, by=here.actor, at=here.at)
    messages.success(request, _("C’est noté\u00a0: la prochaine recherche comparera ces deux fiches."))
    return redirect("desk:duplicates-apart")


def _id(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    if not (text.isascii() and text.isdecimal() and len(text) < 18):
        raise Invalid(_("Choisissez au moins deux fiches."))
    return int(text)

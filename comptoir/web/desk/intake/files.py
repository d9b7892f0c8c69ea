"""What is wrong in `Résa`: files gone, changed or foreign, each named, to be issued again or seen (T10)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from comptoir.base.errors import Refusal, attempt
from comptoir.preregistrations.commands import ledger
from comptoir.preregistrations.queries import intake
from comptoir.web.desk.intake.doors import intake_staff
from comptoir.web.shared.paging import page_of


@require_safe
@intake_staff
def notices(request: HttpRequest) -> HttpResponse:
    """A page of the notices nobody has dealt with."""
    here: Any = request
    page = page_of(request, intake.notices(seen_by=here.actor))
    return render(request, "desk/intake/files.html", {"page": page, "notices": page.object_list})


@require_POST
@intake_staff
def reissue(request: HttpRequest, file_id: int) -> HttpResponse:
    """The file is written again, as it was."""
    here: Any = request
    refusal = attempt(ledger.reissue, file_id=file_id, by=here.actor, at=here.at)
    if refusal and refusal.kind == "missing":
        raise refusal
    _tell(here, refusal, _("Le fichier est de nouveau dans Résa\u00a0: la demande peut être intégrée."))
    return _where_from(request)


@require_POST
@intake_staff
def seen(request: HttpRequest) -> HttpResponse:
    """The notices shown were read: they leave the list."""
    here: Any = request
    ids = [int(text) for text in request.POST.getlist("file") if text.isdecimal() and len(text) < 19]
    ledger.acknowledge(file_ids=ids, by=here.actor, at=here.at)
    return _where_from(request)


@require_POST
@intake_staff
def look_again(request: HttpRequest) -> HttpResponse:
    """The folder is read at once."""
    here: Any = request
    try:
        found = ledger.look_again(by=here.actor, at=here.at)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return _where_from(request)
    lines = [
        (len(found.adopted), ngettext("%(n)d demande retrouvée", "%(n)d demandes retrouvées", len(found.adopted))),
        (len(found.back), ngettext("%(n)d fichier revenu", "%(n)d fichiers revenus", len(found.back))),
        (len(found.missing), ngettext("%(n)d fichier disparu", "%(n)d fichiers disparus", len(found.missing))),
        (len(found.set_aside), ngettext("%(n)d fichier écarté", "%(n)d fichiers écartés", len(found.set_aside))),
    ]
    said = ", ".join(line % {"n": count} for count, line in lines if count) or _("rien de changé")
    messages.info(request, _("Le dossier Résa est relu\u00a0: %(said)s.") % {"said": said})
    return _where_from(request)


def _tell(request: Any, refusal: Refusal | None, done: str) -> None:
    if refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, done)


def _where_from(request: HttpRequest) -> HttpResponse:
    """Back to the page the button was on."""
    wanted = request.POST.get("from", "")
    is_ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return redirect(wanted if is_ours else "desk:intake")

"""The organisation's own page of settings: its parts, each with its form and its button."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from comptoir.administration.commands.logo import remove_logo as remove
from comptoir.administration.commands.logo import set_logo
from comptoir.administration.commands.settings import change_settings, change_spool
from comptoir.base.errors import attempt
from comptoir.web.desk.settings import forms as f
from comptoir.web.desk.settings.doors import administrator
from comptoir.web.desk.settings.sections import sections
from comptoir.web.shared.refused import put_on


@dataclass(frozen=True)
class Part:
    """One part of the page: its name in the address, its words, its form."""

    code: str
    title: Any
    text: Any
    form: Callable[..., forms.Form]
    button: Any


PARTS = (
    Part(
        "identite",
        gettext_lazy("Identité"),
        gettext_lazy("Ce que voient les personnes qui s’inscrivent."),
        f.IdentityForm,
        gettext_lazy("Enregistrer l’identité"),
    ),
    Part(
        "logo",
        gettext_lazy("Logo"),
        gettext_lazy("À côté du nom, sur chaque page."),
        f.LogoForm,
        gettext_lazy("Envoyer le logo"),
    ),
    Part(
        "coordonnees",
        gettext_lazy("Coordonnées"),
        gettext_lazy("Au pied des pages publiques et des courriels."),
        f.ContactForm,
        gettext_lazy("Enregistrer les coordonnées"),
    ),
    Part(
        "travail",
        gettext_lazy("Demandes et dossiers"),
        gettext_lazy("Qui est averti, à quelle heure on vit, avec quelle chance naît un dossier."),
        f.WorkForm,
        gettext_lazy("Enregistrer"),
    ),
    Part(
        "reconnaissance",
        gettext_lazy("Reconnaissance des clients"),
        gettext_lazy("Scores de 1 à 99. Changés, tous les clients sont comparés de nouveau."),
        f.ScaleForm,
        gettext_lazy("Enregistrer les seuils"),
    ),
    Part(
        "interventions",
        gettext_lazy("Demandes d’intervention"),
        gettext_lazy("Ce qu’on peut vous demander en ligne en dehors du catalogue. Chaque demande ouvre un dossier."),
        f.EnquiryForm,
        gettext_lazy("Enregistrer les demandes"),
    ),
    Part(
        "resa",
        gettext_lazy("Dossier Résa"),
        gettext_lazy("Où chaque pré-inscription est déposée, et ce qui imprime le compte rendu."),
        f.FolderForm,
        gettext_lazy("Vérifier et enregistrer"),
    ),
)


@require_safe
@administrator
def organisation(request: HttpRequest) -> HttpResponse:
    """Every part, filled with what is in force."""
    return _page(request)


@require_POST
@administrator
def change(request: HttpRequest, part: str) -> HttpResponse:
    """One part posted: saved, or shown again with what was typed and what is wrong; the others are untouched."""
    chosen = next((one for one in PARTS if one.code == part), None)
    if chosen is None:
        raise Http404
    form = _form(chosen, request.POST, request.FILES)
    if not form.is_valid() or not _saved(request, chosen, form):
        return _page(request, chosen, form, status=422)
    messages.success(request, _("C’est enregistré."))
    return redirect("desk:settings-organisation")


@require_POST
@administrator
def remove_logo(request: HttpRequest) -> HttpResponse:
    """The pages bear the name alone."""
    here: Any = request
    remove(by=here.actor, at=here.at)
    messages.success(request, _("Le logo est retiré."))
    return redirect("desk:settings-organisation")


def _saved(request: Any, part: Part, form: forms.Form) -> bool:
    values = form.cleaned_data
    who = {"by": request.actor, "at": request.at}
    match part.code:
        case "logo":
            refusal = attempt(set_logo, content=values["logo"].read(), **who)
        case "resa":
            refusal = attempt(change_spool, folder=values["spool_folder"], printer=values["printer"], **who)
        case _:
            refusal = attempt(change_settings, **values, **who)
    return not put_on(form, refusal)


def _page(request: Any, posted: Part | None = None, form: forms.Form | None = None, status: int = 200) -> HttpResponse:
    saved = vars(request.organisation)
    shown = [(part, form if part is posted else _form(part, initial=saved)) for part in PARTS]
    context = {"sections": sections("desk:settings-organisation"), "parts": shown}
    return render(request, "desk/settings/organisation.html", context, status=status)


def _form(part: Part, *data: Any, **more: Any) -> forms.Form:
    return part.form(*data, auto_id=f"id_{part.code}_%s", **more)

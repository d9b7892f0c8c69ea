"""The living style guide: every component in every state, and every kind of page, with invented people."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from comptoir.web.shared.styleguide_table import BookingTable, sample_rows

KINDS = {
    "catalogue": "Catalogue",
    "formation": "Page d’une formation",
    "panier": "Panier",
    "etape": "Une des quatre étapes",
    "confirmation": "Confirmation",
    "accueil": "Accueil du bureau",
    "liste": "Liste dense",
    "assistant": "Assistant d’intégration",
    "traitement": "Traitement en cours",
    "tableau": "Suivi commercial",
    "fiche": "Fiche d’une session",
    "reglages": "Réglages",
    "sessions": "Calendrier des sessions",
    "messages": "Messages envoyés",
    "connexion": "Connexion",
}
ON_THE_DESK = {"accueil", "liste", "assistant", "traitement", "tableau", "fiche", "reglages", "sessions", "messages"}


WRONG = {"w-name": "", "w-siret": "1234567890123", "w-email": "claire@", "w-level": "o", "w-place": "site"}


@dataclass(frozen=True)
class RailLink:
    """One line of the rail, as `desk.html` reads it."""

    label: str
    url: str
    icon: str
    count: int = 0
    current: bool = False


class SampleForm(forms.Form):
    """One field of each sort."""

    name = forms.CharField(label="Raison sociale", max_length=120, help_text="Telle qu’elle figure sur vos factures.")
    siret = forms.CharField(label="SIRET", required=False, help_text="14 chiffres.")
    email = forms.EmailField(label="Adresse électronique", widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    level = forms.ChoiceField(label="Niveau de confirmation", choices=[("o", "Option"), ("f", "Ferme")])
    day = forms.DateField(label="Date", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    hour = forms.TimeField(label="Heure", required=False, widget=forms.TimeInput(attrs={"type": "time"}))
    notes = forms.CharField(label="Remarques", required=False, widget=forms.Textarea(attrs={"rows": 4}))
    place = forms.ChoiceField(
        label="Où", choices=[("site", "Sur place"), ("distance", "À distance")], widget=forms.RadioSelect
    )
    mails = forms.MultipleChoiceField(
        label="Prévenir par courriel",
        choices=[("owner", "Le responsable"), ("assistant", "L’assistant"), ("sales", "Le commercial")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    terms = forms.BooleanField(label="J’accepte les conditions générales de vente")
    proof = forms.FileField(label="Bon de commande", required=False)


def components(request: HttpRequest) -> HttpResponse:
    """Every component in every state."""
    wrong = SampleForm(WRONG, prefix="w")
    wrong.add_error("siret", "Ce SIRET a 13 chiffres\u202f; il en faut 14.")
    return render(
        request, "shared/styleguide.html", _shell("") | {"form": SampleForm(), "wrong": wrong} | _samples(request)
    )


def page_kind(request: HttpRequest, kind: str) -> HttpResponse:
    """One kind of page as its builder should leave it."""
    if kind not in KINDS:
        raise Http404
    return render(request, f"shared/styleguide/{kind}.html", _shell(kind) | {"form": SampleForm()} | _samples(request))


def _shell(kind: str) -> dict[str, Any]:
    rail = [
        ("Accueil", "home", 0, "accueil"),
        ("Sessions", "calendar-days", 3, "sessions"),
        ("Inscriptions", "user-group", 0, "liste"),
        ("Importation", "inbox-arrow-down", 12, "assistant"),
        ("Suivi commercial", "briefcase", 4, "tableau"),
        ("Clients", "building-office-2", 0, "fiche"),
        ("Messages", "envelope", 1, "messages"),
        ("Journal", "clipboard-document-list", 0, ""),
        ("Réglages", "cog-6-tooth", 0, "reglages"),
    ]
    links = [
        RailLink(label, reverse("styleguide-page", args=[to]) if to else "#", icon, count, bool(to) and to == kind)
        for label, icon, count, to in rail
    ]
    return {"rail": links, "basket_count": 2, "kinds": KINDS, "on_the_desk": ON_THE_DESK, "kind": kind}


def _samples(request: HttpRequest) -> dict[str, Any]:
    table = BookingTable(sample_rows(), order_by=request.GET.get("sort", "reference"))
    table.paginate(page=1, per_page=25)
    return {
        "table": table,
        "empty_table": BookingTable([]),
        "page": Paginator(range(1_248), 50).page(3),
        "chips": [
            {"name": "Activité", "label": "Excel, perfectionnement", "without": "?"},
            {"name": "Statut", "label": "En attente", "without": "?"},
        ],
        "day_one": date(2026, 12, 7),
        "day_two": date(2026, 12, 9),
        "day_three": date(2027, 1, 1),
        "stages": [("À qualifier", 10), ("Proposition envoyée", 33), ("Négociation", 60), ("Accord de principe", 90)],
        "steps": [
            {"label": "Vos coordonnées", "url": "#", "state": "past", "held": "Ateliers Perrin"},
            {"label": "Les participants", "url": "", "state": "now", "held": "2 personnes"},
            {"label": "Prix et conditions", "url": "", "state": "next", "held": ""},
            {"label": "Confirmation", "url": "", "state": "next", "held": ""},
        ],
        "intake_steps": [
            {"label": "Données à traiter", "url": "#", "state": "past", "held": "12 demandes, 1 mise à la corbeille"},
            {"label": "Méthode", "url": "#", "state": "past", "held": "Clients identifiés en session"},
            {"label": "Options", "url": "", "state": "now", "held": "Niveau\u00a0: ferme"},
            {"label": "Essai à blanc", "url": "", "state": "next", "held": ""},
            {"label": "Compte rendu", "url": "", "state": "next", "held": ""},
        ],
    }

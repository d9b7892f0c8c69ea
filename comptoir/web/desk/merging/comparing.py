"""Side by side: what differs between records, which one is kept, what would move; merged, or said to be two (G4)."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from comptoir.base.errors import Refusal, attempt
from comptoir.clients import duplicates
from comptoir.clients.commands.duplicates import refuse_pairs
from comptoir.merging import queries
from comptoir.merging.commands.merging import merge_clients
from comptoir.web.desk.clients.doors import keeper
from comptoir.web.shared.doors import STATUS

LABELS = {
    "legal_name": gettext_lazy("Raison sociale"), "kind": gettext_lazy("Type"), "siret": gettext_lazy("SIRET"),
    "email": gettext_lazy("Courriel"), "phone": gettext_lazy("Téléphone"), "address": gettext_lazy("Adresse"),
    "postcode": gettext_lazy("Code postal"), "city": gettext_lazy("Ville"), "territory_id": gettext_lazy("Secteur"),
    "payer_id": gettext_lazy("Payeur"),    "notes": gettext_lazy("Notes"),
}  # fmt: skip


@dataclass(frozen=True)
class Value:
    """What one record says, and whether it is what would be kept."""

    client_id: int
    said: str
    is_kept: bool


@dataclass(frozen=True)
class Row:
    """One thing records say: alike or not."""

    name: str
    label: Any
    differs: bool
    values: list[Value]


@require_safe
@keeper
def compare(request: HttpRequest) -> HttpResponse:
    """The records named in the address, one a column."""
    return _shown(request, _ids(request.GET.getlist("fiche")), target=request.GET.get("cible", ""))


@require_POST
@keeper
def merge(request: HttpRequest) -> HttpResponse:
    """Merged into the record chosen, whose page is shown; refused, the same page with what was chosen."""
    here: Any = request
    ids, target = _ids(request.POST.getlist("fiche")), request.POST.get("cible", "")
    rows = queries.side_by_side(ids, seen_by=here.actor)
    kept = next((one for one in rows if one.number == target), None)
    sources = [one.pk for one in rows if kept is None or one.pk != kept.pk]
    chosen = {name: int(text) for name in LABELS if (text := request.POST.get(f"valeur-{name}", "")).isdecimal()}
    try:
        done = merge_clients(target_number=target, source_ids=sources, kept_fields=chosen, by=here.actor, at=here.at)
    except Refusal as refusal:
        return _shown(request, ids, target=target, refusal=refusal)
    messages.success(request, _("Les fiches sont fusionnées dans %(number)s.") % {"number": target})
    return redirect(f"{reverse('desk:merges')}#fusion-{done}")


@require_POST
@keeper
def refuse(request: HttpRequest) -> HttpResponse:
    """« Pas un doublon »: each is a client of its own, and no search says otherwise again."""
    here: Any = request
    ids = _ids(request.POST.getlist("fiche"))
    refusal = attempt(refuse_pairs, client_ids=ids, by=here.actor, at=here.at)
    if refusal is not None:
        return _shown(request, ids, refusal=refusal)
    messages.success(request, _("C’est retenu\u00a0: ces fiches sont des clients différents."))
    return redirect("desk:duplicates")


def _shown(request: HttpRequest, ids: list[int], *, target: str = "", refusal: Refusal | None = None) -> HttpResponse:
    here: Any = request
    clients = queries.side_by_side(ids, seen_by=here.actor)
    held = {one.pk: queries.held(one) for one in clients}
    weight = {pk: sum(one.count for one in some) for pk, some in held.items()}
    kept = next((one for one in clients if one.number == target), None)
    kept = kept or max(clients, key=lambda one: (weight[one.pk], -one.pk), default=None)
    ties = duplicates.pairs(seen_by=here.actor).filter(left_id__in=ids, right_id__in=ids)
    context = {
        "clients": [{"row": one, "held": held[one.pk], "weight": weight[one.pk]} for one in clients],
        "rows": [_row(name, clients, kept) for name in LABELS],
        "kept": kept, "ties": list(ties), "refusal": refusal,
    }  # fmt: skip
    status = 422 if refusal and refusal.field else STATUS[refusal.kind] if refusal else 200
    return render(request, "desk/merging/compare.html", context, status=status)


def _row(name: str, clients: list[Any], kept: Any) -> Row:
    """The value kept is the target's, or the first that says something when it says nothing."""
    said = {one.pk: _said(one, name) for one in clients}
    order = sorted(clients, key=lambda one: one.pk != kept.pk)
    chosen = next((one.pk for one in order if said[one.pk]), kept.pk if kept else 0)
    values = [Value(one.pk, said[one.pk], one.pk == chosen) for one in clients]
    return Row(name, LABELS[name], len(set(said.values())) > 1, values)


def _said(client: Any, name: str) -> str:
    if name == "kind":
        return str(client.get_kind_display())
    if name == "territory_id":
        return client.territory.name if client.territory else ""
    if name == "payer_id":
        return str(client.payer or "")
    return str(getattr(client, name))


def _ids(texts: list[str]) -> list[int]:
    return list(dict.fromkeys(int(one) for one in texts if one.isascii() and one.isdecimal() and len(one) < 18))

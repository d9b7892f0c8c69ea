"""What the report says: the run, then a line a request, then what was left alone and why (product.md §4)."""

from collections import Counter
from itertools import batched
from pathlib import Path

from django.utils.translation import gettext as _

from comptoir.base import words
from comptoir.base.speaking import spoken
from comptoir.integration.models import Run, RunLine
from comptoir.integration.states import Method, Place

TEMPLATE = Path(__file__).with_name("report.typ")
PART = 250  # lines of one table; the typesetter lays out many small tables faster than a large one


def content(run: Run) -> dict[str, object]:
    """The report's data, as plain texts. Expects `organisation`, `sales_rep__user`, `territory` and `level` loaded."""
    found = RunLine.objects.filter(run=run).select_related("request", "booking", "deal").order_by("pk")
    lines = [(line.place, _line(line)) for line in found.iterator()]
    places = Counter(place for place, _cells in lines)
    return {
        "title": _("Compte rendu d’intégration"),
        "organisation": run.organisation.name,
        "reference": run.reference,
        "language": spoken(),
        "colour": run.organisation.colour,
        "facts": _facts(run),
        "summary_title": _("Bilan"),
        "summary": _summary(run, places),
        "skipped_title": _("Demandes non traitées, et pourquoi"),
        "skipped_head": [_("Demande"), _("Client"), _("Raison")],
        "skipped": [[cells[0], cells[1], cells[3]] for place, cells in lines if place == Place.SKIPPED],
        "lines_title": _("Demandes traitées"),
        "lines_head": [_("Demande"), _("Client"), _("Rapprochement"), _("Destination et raison"), _("Référence")],
        "parts": [list(part) for part in batched((cells for place, cells in lines if place != Place.SKIPPED), PART)],
    }


def _facts(run: Run) -> list[list[str]]:
    facts = [
        [_("Intégration"), run.reference],
        [_("Lancée par"), run.by_name],
        [_("Commencée"), words.moment(run.started_at) if run.started_at else "–"],
        [_("Terminée"), words.moment(run.finished_at) if run.finished_at else "–"],
        [_("Méthode"), str(Method(run.method).label)],
        [_("Courriels d’information"), _mails(run)],
    ]
    options = [
        (_("Commercial en charge"), run.sales_rep), (_("Secteur"), run.territory),
        (_("Niveau de confirmation"), run.level),
    ]  # fmt: skip
    return facts + [[label, str(value)] for label, value in options if value]


def _mails(run: Run) -> str:
    ticked = (
        (run.mail_owner, _("responsable")),
        (run.mail_assistant, _("assistant")),
        (run.mail_sales_rep, _("commercial")),
    )
    return ", ".join(label for is_ticked, label in ticked if is_ticked) or _("aucun")


def _summary(run: Run, places: Counter[str]) -> list[list[str]]:
    shown = [
        (_("demandes"), run.total),
        (_("en session"), places[Place.SESSION]),
        (_("en dossier commercial"), places[Place.DEAL]),
        (_("dans les deux"), places[Place.BOTH]),
        (_("non traitées"), places[Place.SKIPPED]),
    ]
    return [[label, words.thousands(count)] for label, count in shown]


def _line(line: RunLine) -> list[str]:
    request = line.request
    match = " – ".join(part for part in (line.client_number, line.match_reason) if part)
    where = str(Place(line.place).label)
    reference = "\n".join(one.reference for one in (line.booking, line.deal) if one)
    reason = where if line.place == Place.SESSION else f"{where} : {line.reason}"
    if line.place == Place.SKIPPED:
        reason = line.reason
    return [request.reference, request.legal_name, match or _("aucun client reconnu"), reason, reference]

"""Acts on many: validate, cancel, reactivate, level, label; what was skipped is said with its reason."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from comptoir.base.errors import Invalid
from comptoir.base.outcome import Outcome
from comptoir.bookings.commands import confirming, marking, moving
from comptoir.letters.commands import drafting
from comptoir.organisations import queries as organisations
from comptoir.web.desk.bookings import contact, exports
from comptoir.web.desk.bookings.doors import reader
from comptoir.web.desk.bookings.selection import Selection, counted, selection

DONE = {
    "validate": _("Validées"),
    "cancel": _("Annulées"),
    "reactivate": _("Réactivées"),
    "level": _("Niveau de confirmation changé"),
    "label": _("Étiquette changée"),
    "confirm": _("Confirmations envoyées"),
}


@require_POST
@reader
def choose(request: HttpRequest) -> HttpResponse:
    """What was ticked goes to the act asked: a file, addresses, a message, or the acts that are explained first."""
    if not (request.POST.get("ids") or request.POST.get("all") or request.POST.get("every")):
        return redirect("desk:bookings")
    here: Any = request
    chosen, act = selection(request), request.POST.get("act", "")
    if act in exports.FORMATS:
        file: HttpResponse = exports.download(request, chosen, act)
        return file
    if act == "write":
        ids = list(chosen.rows.values_list("pk", flat=True)[: drafting.MOST + 1])
        return redirect("desk:letter-draft", drafting.begin_letter(registration_ids=ids, by=here.actor, at=here.at))
    if act == "contact":
        return contact.of_many(request, chosen)
    if act == "validate":
        return _answer(request, chosen, act)
    return _explained(request, chosen)


@require_POST
@reader
def act(request: HttpRequest) -> HttpResponse:
    """The act is done on every booking that lets it, and the page says which did not and why."""
    wanted = request.POST.get("act", "")
    if wanted not in DONE:
        return redirect("desk:bookings")
    return _answer(request, selection(request), wanted)


def _explained(request: HttpRequest, chosen: Selection, refusal: Invalid | None = None) -> HttpResponse:
    here: Any = request
    context = {
        "fields": chosen.fields,
        "counted": counted(chosen.count),
        "levels": [one for one in organisations.levels(seen_by=here.actor) if one.is_active],
        "refusal": refusal,
    }
    return render(request, "desk/bookings/acts.html", context, status=422 if refusal else 200)


def _answer(request: HttpRequest, chosen: Selection, wanted: str) -> HttpResponse:
    try:
        outcome = _done(request, chosen, wanted)
    except Invalid as refusal:
        return _explained(request, chosen, refusal)
    context = {"outcome": outcome, "said": DONE[wanted], "query": dict(chosen.fields)["search"]}
    return render(request, "desk/bookings/outcome.html", context)


def _done(request: HttpRequest, chosen: Selection, wanted: str) -> Outcome[str]:
    here: Any = request
    who = {"booking_ids": chosen.booking_ids(), "by": here.actor, "at": here.at}
    if wanted in moving.ACTS:
        return moving.move_many(wanted, **who)
    if wanted == "confirm":
        return confirming.send_many(**who)
    if wanted == "label":
        return marking.label_many(label=request.POST.get("label", ""), **who)
    level = request.POST.get("level", "")
    return marking.set_level_of_many(level_id=int(level) if level.isdecimal() else 0, **who)

"""The tray « Messages »: all that was written, found by state, model, address, subject or reference."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from comptoir.mail import queries
from comptoir.mail.kinds import label_of
from comptoir.mail.states import MailState
from comptoir.web.desk.mail.doors import intake
from comptoir.web.desk.mail.forms import SearchForm
from comptoir.web.desk.mail.tables import MessageTable
from comptoir.web.shared.lists import configured


@require_safe
@intake
def messages(request: HttpRequest) -> HttpResponse:
    """A page of the tray, narrowed by what the address says."""
    here: Any = request
    form = SearchForm(request.GET)
    asked = form.asked()
    table = configured(request, MessageTable(queries.messages(seen_by=here.actor, **asked)))
    counts = queries.counts(seen_by=here.actor)
    context = {"table": table, "form": form, "asked": asked, "states": _states(counts), "total": sum(counts.values())}
    return render(request, "desk/mail/messages.html", context | {"chips": _chips(request, asked)})


def _states(counts: dict[str, int]) -> list[dict[str, Any]]:
    return [{"code": one.value, "label": one.label, "count": counts[one]} for one in MailState if counts[one]]


def _chips(request: HttpRequest, asked: dict[str, str]) -> list[dict[str, str]]:
    """The filters in force besides the state, whose tabs say it; each with the address that removes it."""
    shown = {"kind": (_("Modèle"), label_of(asked["kind"])), "text": (_("Recherche"), asked["text"])}
    chips = []
    for name, (title, label) in shown.items():
        if asked[name]:
            query = request.GET.copy()
            del query[name]
            query.pop("page", None)
            chips.append({"name": title, "label": label, "without": f"?{query.urlencode()}"})
    return chips

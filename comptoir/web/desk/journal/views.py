"""The journal: who did what, when, as whom."""

from typing import Any

import django_tables2 as tables
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from comptoir.base import words
from comptoir.journal import queries
from comptoir.web.desk.journal.details import details
from comptoir.web.desk.journal.filters import JournalFilter
from comptoir.web.desk.journal.labels import label, thing
from comptoir.web.desk.settings.doors import administrator
from comptoir.web.shared.lists import chips, configured


class JournalTable(tables.Table):  # type: ignore[misc]
    """When, what, about what, who."""

    at = tables.Column(gettext_lazy("Quand"), orderable=False, attrs={"td": {"class": "nowrap"}})
    what = tables.Column(gettext_lazy("Acte"), orderable=False, attrs={"td": {"class": "title roomy"}})
    about = tables.Column(gettext_lazy("Sur quoi"), orderable=False, attrs={"td": {"class": "reference"}})
    by_name = tables.Column(gettext_lazy("Par"), orderable=False)
    detail = tables.Column(gettext_lazy("Détail"), orderable=False, attrs={"td": {"class": "soft"}})

    class Meta:
        attrs = {"class": "table cards dense"}
        empty_text = gettext_lazy("Rien pour ces critères")

    def render_at(self, value: Any) -> str:
        """Day and hour."""
        return words.moment_short(value)

    def render_what(self, value: str) -> str:
        """The name of the act."""
        return label(value)

    def render_by_name(self, value: str, record: Any) -> str:
        """Who, and on whose behalf in user mode (C10)."""
        return _("%(who)s, au nom de %(whom)s") % {"who": value, "whom": record.as_name} if record.as_name else value

    def render_detail(self, value: dict[str, Any]) -> str:
        """Counts, states and fields, in words."""
        return details(value)

    def render_about(self, value: str) -> str:
        """A reference as it is; what has none, by its kind and number."""
        return thing(value)


@require_safe
@administrator
def journal(request: HttpRequest) -> HttpResponse:
    """A page of the journal, narrowed by what the address says."""
    here: Any = request
    found = JournalFilter(request.GET, queryset=queries.entries(seen_by=here.actor), request=request)
    table = configured(request, JournalTable(found.qs), size=50)
    table.caption = _("Journal")
    context = {"table": table, "form": found.form, "chips": chips(request, found.form)}
    return render(request, "desk/journal/journal.html", context)

"""The team: the list, and adding somebody."""

from typing import Any

import django_tables2 as tables
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from comptoir.administration.commands.staff import add_staff
from comptoir.base.errors import Refusal
from comptoir.organisations import queries
from comptoir.organisations.actors import Actor
from comptoir.web.desk.settings.doors import administrator
from comptoir.web.desk.settings.forms import NewPersonForm
from comptoir.web.desk.settings.sections import sections
from comptoir.web.shared.lists import configured
from comptoir.web.shared.refused import put_on
from comptoir.web.shared.templatetags.comptoir import status


class PeopleTable(tables.Table):  # type: ignore[misc]
    """Name, login, role, territory, and whether the person can come in."""

    name = tables.Column(
        gettext_lazy("Nom"),
        accessor="user__full_name",
        order_by=("user__last_name", "user__first_name"),
        attrs={"td": {"class": "title"}},
    )
    login = tables.Column(gettext_lazy("Identifiant"), accessor="user__login", order_by="user__username")
    email = tables.Column(gettext_lazy("Courriel"), accessor="user__email", empty_values=())
    role = tables.Column(gettext_lazy("Rôle"), accessor="get_role_display", order_by="role")
    territory = tables.Column(gettext_lazy("Secteur"), accessor="territory__name", default="–")
    state = tables.Column(gettext_lazy("Accès"), accessor="is_active", order_by="-is_active")

    class Meta:
        attrs = {"class": "table cards"}

    def render_name(self, value: str, record: Any) -> str:
        """The name leads to the person's page."""
        return format_html('<a href="{}">{}</a>', reverse("desk:settings-person", args=[record.pk]), value)

    def render_email(self, value: str) -> str:
        """A missing address is said: no link can be sent."""
        return value or _("manque")

    def render_state(self, value: bool) -> str:
        """Open or closed, as a word and a shape."""
        return badge(value)


def badge(is_active: bool) -> str:
    """« Ouvert » or « Fermé », drawn like every state."""
    kind, label = ("done", _("Ouvert")) if is_active else ("idle", _("Fermé"))
    return status(kind, label, kind=kind)


def territory_choices(actor: Actor) -> list[tuple[int, str]]:
    """The territories that can be chosen."""
    return [(row.pk, row.name) for row in queries.territories(seen_by=actor).filter(is_active=True)]


@require_safe
@administrator
def people(request: HttpRequest) -> HttpResponse:
    """Everybody who works or worked here."""
    here: Any = request
    table = configured(
        request, PeopleTable(queries.staff(seen_by=here.actor), empty_text=_("Personne encore")), size=50
    )
    table.caption = _("Équipe")
    return render(request, "desk/settings/people.html", {"table": table, "sections": sections("desk:settings-staff")})


@require_http_methods(["GET", "HEAD", "POST"])
@administrator
def add(request: HttpRequest) -> HttpResponse:
    """Somebody joins: an account if there is none, and a link by mail."""
    here: Any = request
    form = NewPersonForm(request.POST or None, territories=territory_choices(here.actor))
    if request.method == "POST" and form.is_valid() and (staff_id := _added(here, form)):
        messages.success(request, _("La personne est de l’équipe."))
        return redirect("desk:settings-person", staff_id)
    context = {"form": form, "sections": sections("desk:settings-staff")}
    return render(request, "desk/settings/person_new.html", context, status=422 if form.errors else 200)


def _added(request: Any, form: NewPersonForm) -> int:
    values = form.cleaned_data
    territory_id = values.pop("territory")
    try:
        return add_staff(**values, territory_id=territory_id, by=request.actor, at=request.at)
    except Refusal as refusal:
        put_on(form, refusal)
        return 0

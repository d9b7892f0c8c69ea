"""What the registrants of an activity may do alone, and until when (« Place et extra »)."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from comptoir.base.errors import attempt
from comptoir.catalogue import queries
from comptoir.catalogue.commands.rules import set_rules
from comptoir.catalogue.rules import Rules, rules_of
from comptoir.web.desk.sessions.doors import writer
from comptoir.web.shared.refused import put_on


class RulesForm(forms.Form):
    """Two rights and a delay."""

    may_cancel = forms.BooleanField(label=gettext_lazy("Annuler leur réservation"), required=False)
    may_rename = forms.BooleanField(label=gettext_lazy("Remplacer un participant par un autre"), required=False)
    until_days = forms.IntegerField(
        label=gettext_lazy("Jusqu’à combien de jours avant le début de la session"), min_value=0, max_value=365
    )

    def groups(self) -> list[tuple[Any, list[list[forms.BoundField]]]]:
        """The questions under their headings."""
        rights = [[self["may_cancel"]], [self["may_rename"]]]
        return [
            (_("Les inscrits peuvent, par le lien de leur confirmation"), rights),
            (_("Délai"), [[self["until_days"]]]),
        ]


@require_http_methods(["GET", "HEAD", "POST"])
@writer
def rules(request: HttpRequest, activity_id: int) -> HttpResponse:
    """The rules as they are; POST sets them."""
    here: Any = request
    row = queries.activity(activity_id=activity_id, seen_by=here.actor)
    is_sent = request.method == "POST"
    form = RulesForm(request.POST) if is_sent else RulesForm(initial=vars(rules_of([row.pk])[row.pk]))
    if is_sent and form.is_valid():
        wanted = Rules(**form.cleaned_data)
        if not put_on(form, attempt(set_rules, activity_id=row.pk, rules=wanted, by=here.actor, at=here.at)):
            messages.success(request, _("C’est enregistré, et vaut aussitôt pour toutes les réservations."))
            return redirect("desk:activity", row.pk)
    return render(request, "desk/catalogue/rules.html", {"form": form, "row": row}, status=422 if form.errors else 200)

"""How an activity is booked, and what its registrants may do alone (« Place et extra »)."""

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


def _box(label: Any, help_text: Any = "") -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False, help_text=help_text)


class RulesForm(forms.Form):
    """The mode of sign-up, the payment, the waiting list, the rights of registrants."""

    is_direct = _box(
        gettext_lazy("Réservation directe"),
        gettext_lazy("Les places sont prises aussitôt. Sinon, on vous envoie une demande que vous mettez en session."),
    )
    takes_card = _box(
        gettext_lazy("Carte bancaire"),
        gettext_lazy("Places gardées 30 minutes, le temps de payer."),
    )
    takes_transfer = _box(gettext_lazy("Virement"))
    takes_cheque = _box(gettext_lazy("Chèque"))
    takes_purchase_order = _box(gettext_lazy("Bon de commande"))
    hold_days = forms.IntegerField(
        label=gettext_lazy("Jours laissés pour payer"),
        help_text=gettext_lazy("Sans paiement d’ici là, les places sont libérées."),
    )
    deposit_percent = forms.IntegerField(
        label=gettext_lazy("Acompte qui valide la réservation, en pour cent"),
        help_text=gettext_lazy("0\u00a0: elle est validée quand tout est payé."),
    )
    has_waiting_list = _box(gettext_lazy("Liste d’attente quand c’est complet"))
    offer_hours = forms.IntegerField(label=gettext_lazy("Heures laissées pour accepter une place qui se libère"))
    reminder_days = forms.IntegerField(
        label=gettext_lazy("Jours avant le début"),
        help_text=gettext_lazy(
            "0\u00a0: aucun rappel. Le contact et chaque participant qui a un courriel le reçoivent."
        ),
    )
    may_cancel = _box(gettext_lazy("Annuler leur réservation"))
    may_rename = _box(gettext_lazy("Remplacer un participant par un autre"))
    may_change_add_ons = _box(gettext_lazy("Changer leurs extras"))
    may_change_method = _box(gettext_lazy("Choisir un autre moyen de paiement"))
    until_days = forms.IntegerField(label=gettext_lazy("Jusqu’à combien de jours avant le début de la session"))

    def groups(self) -> list[tuple[Any, list[list[forms.BoundField]]]]:
        """The questions under their headings."""
        headings = {
            _("Inscription"): ("is_direct",),
            _("Moyens de paiement acceptés"): ("takes_card", "takes_transfer", "takes_cheque", "takes_purchase_order"),
            _("Places en attente de paiement"): ("hold_days", "deposit_percent"),
            _("Liste d’attente"): ("has_waiting_list", "offer_hours"),
            _("Rappel avant la session"): ("reminder_days",),
            _("Les inscrits peuvent, par le lien de leur confirmation"): (
                "may_cancel", "may_rename", "may_change_add_ons", "may_change_method", "until_days",
            ),
        }  # fmt: skip
        return [(heading, [[self[name]] for name in names]) for heading, names in headings.items()]


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

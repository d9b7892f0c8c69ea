"""Who takes the organisation's cards, and its keys: open, change, close. The keys are never shown again."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from comptoir.base.errors import attempt
from comptoir.cards import queries
from comptoir.cards.commands import accounts
from comptoir.cards.providers.stripe import EVENTS
from comptoir.cards.states import Provider
from comptoir.organisations import addresses
from comptoir.web.desk.settings.doors import administrator
from comptoir.web.desk.settings.sections import sections
from comptoir.web.shared.refused import put_on


def _secret(label: Any, help_text: Any) -> forms.CharField:
    """Typed or pasted, never filled in by the browser nor shown again."""
    hidden = forms.PasswordInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, required=False, max_length=300, widget=hidden, help_text=help_text)


class CardsForm(forms.Form):
    """The provider, and its keys."""

    provider = forms.ChoiceField(label=gettext_lazy("Prestataire"))
    secret_key = _secret(
        gettext_lazy("Clé secrète"),
        gettext_lazy("Stripe, Développeurs, Clés API. Vide\u00a0: celle qui est en place reste."),
    )
    webhook_secret = _secret(
        gettext_lazy("Secret de signature"),
        gettext_lazy("Stripe le donne quand vous y ajoutez l’adresse d’appel ci-dessus."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [one for one in Provider if one != Provider.SIMULATED or settings.SIMULATED_CARDS]
        field: Any = self.fields["provider"]
        field.choices = [(one.value, one.label) for one in known]


@require_http_methods(["GET", "HEAD", "POST"])
@administrator
def cards(request: HttpRequest) -> HttpResponse:
    """What is in place; POST opens the account, or changes its keys."""
    here: Any = request
    account = queries.account(seen_by=here.actor)
    is_sent = request.method == "POST"
    form = CardsForm(request.POST) if is_sent else CardsForm(initial={"provider": account.provider or Provider.STRIPE})
    if is_sent and form.is_valid():
        refusal = attempt(accounts.open_account, **form.cleaned_data, by=here.actor, at=here.at)
        if not put_on(form, refusal):
            messages.success(
                request, _("Vos activités peuvent prendre les cartes\u00a0: dites-le dans les règles de chacune.")
            )
            return redirect("desk:settings-cards")
    context = {
        "form": form,
        "account": account,
        "provider_name": Provider(account.provider).label if account.provider else "",
        "events": EVENTS,
        "call_address": addresses.page(here.organisation, f"cartes/{Provider.STRIPE}/"),
        "sections": sections("desk:settings-cards"),
    }
    return render(request, "desk/settings/cards.html", context, status=422 if form.errors else 200)


@require_POST
@administrator
def close(request: HttpRequest) -> HttpResponse:
    """No activity takes cards any more."""
    here: Any = request
    accounts.close_account(by=here.actor, at=here.at)
    messages.success(request, _("Le paiement par carte est fermé\u00a0: plus aucune activité ne le propose."))
    return redirect("desk:settings-cards")

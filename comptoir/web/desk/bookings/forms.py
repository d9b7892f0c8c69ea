"""The forms of C20 and C21: how much, by what, which day, a note for the desk, and whether the contact is told."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from comptoir.catalogue.states import PayMethod
from comptoir.payments.commands.recording import Settled

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class SettleForm(forms.Form):
    """A payment received, or a refund made."""

    key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    amount = forms.DecimalField(label=_("Montant TTC"), max_digits=12, decimal_places=2, localize=True)
    method = forms.ChoiceField(label=_("Moyen de paiement"), choices=PayMethod.choices)
    settled_on = forms.DateField(label=_("Jour du règlement"), widget=DAY)
    comment = forms.CharField(
        label=_("Commentaire interne"),
        max_length=500,
        required=False,
        help_text=_("Numéro du chèque, date de réception… Seul le bureau le lit."),
    )
    notify = forms.BooleanField(label=_("Notifier l’inscrit par courriel de la validation du paiement"), required=False)

    def __init__(self, *args: Any, is_refund: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_refund = is_refund
        self.fields["amount"].suffix = "€"  # type: ignore[attr-defined]
        if is_refund:
            del self.fields["notify"]

    @staticmethod
    def first(cents: int, key: str) -> dict[str, Any]:
        """What the blank form says: all that is left, today."""
        return {"amount": Decimal(cents).scaleb(-2), "settled_on": localdate(), "key": key}

    def settled(self) -> Settled:
        """What was written, as the command takes it."""
        said = self.cleaned_data
        return Settled(int(said["amount"] * 100), said["method"], said["settled_on"], said["comment"])


class PeriodForm(forms.Form):
    """The days of a payment journal."""

    first = forms.DateField(label=_("Du"), required=False, widget=DAY)
    last = forms.DateField(label=_("Au"), required=False, widget=DAY)

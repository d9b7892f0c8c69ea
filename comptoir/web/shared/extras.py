"""The add-ons of a session as the fields of a form: at the counter, and on the page of one's booking."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comptoir.base import words

PREFIX = "extra-"


class ExtraFields(forms.Form):
    """A field for each add-on offered (with how many are left): a box to tick, or a number when several may be had."""

    def __init__(self, *args: Any, offered: Iterable[tuple[Any, int | None]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for add_on, left in offered:
            self.fields[f"{PREFIX}{add_on.pk}"] = _field(add_on, left)

    @property
    def extras(self) -> list[forms.BoundField]:
        """The add-ons offered, in their order."""
        return [field for field in self if field.name.startswith(PREFIX)]

    def wanted(self) -> dict[int, int]:
        """Add-on → how many, once the form is valid."""
        said = {name: value for name, value in self.cleaned_data.items() if name.startswith(PREFIX)}
        return {int(name.removeprefix(PREFIX)): int(value or 0) for name, value in said.items()}


def chosen(lines: Iterable[Any]) -> dict[str, str]:
    """What somebody takes already, as the form shows it first."""
    return {f"{PREFIX}{line.add_on_id}": str(line.quantity) for line in lines}


def _field(add_on: Any, left: int | None) -> forms.Field:
    price = words.money(add_on.price_cents) if add_on.price_cents else _("offert")
    label = f"{add_on.name}, {price}"
    if left is not None and left < add_on.most:
        rest = ngettext("il en reste %(n)d", "il en reste %(n)d", left) % {"n": left} if left else _("épuisé")
        label = f"{label} ({rest})"
    if add_on.most == 1:
        return forms.BooleanField(label=label, required=False, widget=forms.CheckboxInput({"value": "1"}))
    choices = [("", "0"), *((str(n), str(n)) for n in range(1, add_on.most + 1))]
    return forms.ChoiceField(label=label, choices=choices, required=False)

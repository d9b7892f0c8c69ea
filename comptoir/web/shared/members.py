"""The questions about a member, asked on the desk and in the member's space: the rules are the domain's (E4)."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from comptoir.members import fields

INPUTS: dict[str, tuple[Any, dict[str, str]]] = {
    "last_name": (_("Nom"), {"autocomplete": "family-name"}),
    "first_name": (_("Prénom"), {"autocomplete": "given-name"}),
    "born_on": (_("Date de naissance"), {"type": "date", "autocomplete": "bday"}),
    "phone": (_("Téléphone"), {"type": "tel", "autocomplete": "tel"}),
    "address": (_("Adresse"), {"autocomplete": "address-line1"}),
    "postcode": (_("Code postal"), {"inputmode": "numeric", "autocomplete": "postal-code"}),
    "city": (_("Ville"), {"autocomplete": "address-level2"}),
    "email": (_("Courriel"), {"type": "email", "autocomplete": "email"}),
}


class MemberForm(forms.Form):
    """Some of the fields of a member, each with its rule below; every fault is said at once, what was typed stays."""

    names: tuple[str, ...] = fields.DETAILS

    def __init__(self, *args: Any, needed: tuple[str, ...], on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.needed, self.on = needed, on
        for name in self.names:
            label, attrs = INPUTS[name]
            kind = attrs.get("type", "text")
            widget = forms.TextInput(attrs={key: value for key, value in attrs.items() if key != "type"})
            widget.input_type = kind
            asked = forms.CharField(label=label, help_text=fields.RULES[name], required=name in needed, widget=widget)
            asked.error_messages["required"] = str(fields.EMPTY[name])
            self.fields[name] = asked

    def clean(self) -> dict[str, Any] | None:
        """Ask the domain about every field, those that were left empty too."""
        typed = fields.cleaned({name: self.data.get(name, "") for name in self.names})
        needed = tuple(name for name in self.needed if name in self.names)
        for refusal in fields.problems(typed, needed=needed, on=self.on):
            if refusal.field not in self.errors:
                self.add_error(refusal.field, refusal.sentence)
        return self.cleaned_data


class DetailsForm(MemberForm):
    """The personal details."""


class JoinForm(MemberForm):
    """Who asks to join, and where to write."""

    names = ("last_name", "first_name", "email")


def initial_of(member: Any) -> dict[str, str]:
    """The details as they stand."""
    return {name: str(getattr(member, name) or "") for name in fields.DETAILS}

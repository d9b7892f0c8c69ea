"""The questions about a client, a contact and a file: shape only, the commands decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comptoir.clients.states import ClientKind
from comptoir.organisations import queries as organisations
from comptoir.organisations.actors import Actor

type Group = tuple[Any, tuple[tuple[str, ...], ...]]
CLIENT_GROUPS: tuple[Group, ...] = (
    (gettext_lazy("Qui c’est"), (("legal_name",), ("kind",), ("siret",))),
    (gettext_lazy("Où le joindre"), (("address",), ("postcode", "city"), ("email", "phone"))),
    (gettext_lazy("Suivi"), (("territory",), ("payer_number",), ("notes",))),
)
CONTACT_GROUP: Group = (
    gettext_lazy("Premier interlocuteur"),
    (("contact_first_name", "contact_last_name"), ("contact_email", "contact_phone"), ("tell_number",)),
)


def _line(label: Any, longest: int, *, kind: str = "text", help_text: Any = "", **options: Any) -> forms.CharField:
    attrs = {"type": kind} | ({"autocomplete": "off"} if kind != "text" else {})
    widget = forms.TextInput(attrs=attrs)
    return forms.CharField(
        label=label, max_length=longest, widget=widget, help_text=help_text, required=False, **options
    )


class ClientForm(forms.Form):
    """Every column of a client a person fills in. `named` ones alone are sent to the command when it changes one."""

    legal_name = forms.CharField(label=gettext_lazy("Raison sociale"), max_length=200)
    kind = forms.ChoiceField(label=gettext_lazy("Type"), choices=ClientKind.choices, widget=forms.RadioSelect)
    siret = forms.CharField(
        label=gettext_lazy("SIRET"),
        max_length=30,
        required=False,
        help_text=gettext_lazy("14 chiffres, avec ou sans espaces."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    address = _line(gettext_lazy("Adresse"), 250)
    postcode = forms.CharField(
        label=gettext_lazy("Code postal"), max_length=10, required=False, widget=forms.TextInput({"class": "short"})
    )
    city = _line(gettext_lazy("Ville"), 80)
    email = _line(gettext_lazy("Courriel"), 254, kind="email")
    phone = _line(gettext_lazy("Téléphone"), 30, kind="tel")
    territory = forms.TypedChoiceField(label=gettext_lazy("Secteur"), required=False, coerce=int, empty_value=None)
    payer_number = _line(
        gettext_lazy("Payeur"),
        20,
        help_text=gettext_lazy("Numéro du client qui règle ses factures, si c’en est un autre."),
    )
    notes = forms.CharField(
        label=gettext_lazy("Notes"), max_length=20_000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = self.initial.get("territory")
        rows = [row for row in organisations.territories(seen_by=actor) if row.is_active or row.pk == named]
        choices = [("", _("Aucun")), *((row.pk, row.name) for row in rows)]
        self.fields["territory"].choices = choices  # type: ignore[attr-defined]

    def groups(self) -> list[tuple[Any, list[list[forms.BoundField]]]]:
        """The questions under their headings, short ones side by side."""
        return [(legend, [[self[name] for name in row] for row in rows]) for legend, rows in self.own_groups()]

    def own_groups(self) -> list[Group]:
        """Which headings."""
        return list(CLIENT_GROUPS)

    def details(self) -> dict[str, Any]:
        """What was written, as the command takes it; only what differs from what was there."""
        changed = self.changed_data if self.initial.get("legal_name") else list(self.fields)
        said = {name: self.cleaned_data[name] for name in changed if name in self.cleaned_data}
        return {("territory_id" if name == "territory" else name): value for name, value in said.items()}


class NewClientForm(ClientForm):
    """The same, with the first contact."""

    contact_first_name = _line(gettext_lazy("Prénom"), 80)
    contact_last_name = _line(gettext_lazy("Nom"), 80)
    contact_email = _line(gettext_lazy("Courriel"), 254, kind="email")
    contact_phone = _line(gettext_lazy("Téléphone"), 30, kind="tel")
    tell_number = forms.BooleanField(label=gettext_lazy("Lui envoyer son numéro client"), required=False)

    def own_groups(self) -> list[Group]:
        """The contact stands before the follow-up."""
        who, where, follow = CLIENT_GROUPS
        return [who, where, CONTACT_GROUP, follow]


def initial_of(client: Any) -> dict[str, Any]:
    """What the form of an existing client says first."""
    same = ("legal_name", "kind", "siret", "address", "postcode", "city", "email", "phone", "notes")
    payer = client.payer.number if client.payer else ""
    return {name: getattr(client, name) for name in same} | {"territory": client.territory_id, "payer_number": payer}


class PlaceForm(forms.Form):
    """Where else a client is reached: a name, and one way at least, says the command."""

    label = _line(gettext_lazy("Nom de ces coordonnées"), 80, help_text=gettext_lazy("Facturation, site de Blois…"))
    address = _line(gettext_lazy("Adresse"), 250)
    postcode = forms.CharField(
        label=gettext_lazy("Code postal"), max_length=10, required=False, widget=forms.TextInput({"class": "short"})
    )
    city = _line(gettext_lazy("Ville"), 80)
    phone = _line(gettext_lazy("Téléphone"), 30, kind="tel")
    email = _line(gettext_lazy("Courriel"), 254, kind="email")


class ContactForm(forms.Form):
    """A contact: a name or an address at least, says the command."""

    first_name = _line(gettext_lazy("Prénom"), 80)
    last_name = _line(gettext_lazy("Nom"), 80)
    email = _line(gettext_lazy("Courriel"), 254, kind="email")
    phone = _line(gettext_lazy("Téléphone"), 30, kind="tel")


class NewContactForm(ContactForm):
    """The same, which may take the place of the main one at once."""

    is_main = forms.BooleanField(label=gettext_lazy("C’est l’interlocuteur principal"), required=False)

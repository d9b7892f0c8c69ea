"""The operator's questions: shape only."""

from django import forms
from django.utils.translation import gettext_lazy as _


class HostForm(forms.Form):
    """Where an organisation answers."""

    host = forms.CharField(
        label=_("Nom d’hôte"),
        max_length=253,
        required=False,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
        help_text=_("Par exemple inscriptions.exemple.fr. Vide\u00a0: l’organisme répond sous son nom court."),
    )


class AdministratorForm(forms.Form):
    """Who will run the organisation."""

    login = forms.CharField(
        label=_("Identifiant de l’administrateur"),
        max_length=150,
        help_text=_("Par exemple dupont.jean."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    email = forms.CharField(
        label=_("Courriel de l’administrateur"),
        max_length=254,
        widget=forms.EmailInput(),
        help_text=_("Un lien pour choisir son mot de passe y part aussitôt."),
    )


class OrganisationForm(HostForm, AdministratorForm):
    """A new organisation."""

    name = forms.CharField(label=_("Nom"), max_length=120)
    slug = forms.CharField(
        label=_("Nom court"),
        max_length=40,
        help_text=_("Dans l’adresse\u00a0: minuscules sans accent, chiffres et tirets, comme loire-formation."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    field_order = ["name", "slug", "host", "login", "email"]

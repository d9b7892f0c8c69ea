"""The questions of the settings: shape only, the commands decide."""

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from comptoir.organisations.states import Offering, Role, Scope

NEAR = ("Europe/", "America/", "Indian/", "Pacific/", "Africa/", "Asia/", "Atlantic/", "Australia/", "Antarctica/")


@cache
def zones() -> list[tuple[str, str]]:
    """Time zones people live in, Europe first."""
    names = [name for name in available_timezones() if name.startswith(NEAR)]
    names.sort(key=lambda name: (NEAR.index(f"{name.partition('/')[0]}/"), name))
    return [(name, name.replace("_", " ")) for name in names]


class ColourInput(forms.ColorInput):
    """A colour is always said, so HTML has no « required » for it."""

    def use_required_attribute(self, initial: object) -> bool:  # noqa: ARG002  # Django's signature
        """Never."""
        return False


class IdentityForm(forms.Form):
    """What visitors see first."""

    name = forms.CharField(label=_("Nom"), max_length=120)
    tagline = forms.CharField(
        label=_("Phrase d’accueil"), max_length=200, required=False, help_text=_("Une ligne, sous le nom.")
    )
    about = forms.CharField(
        label=_("Présentation"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    offering = forms.ChoiceField(
        label=_("Vous proposez"), choices=Offering.choices, help_text=_("Le mot qu’emploient les pages publiques.")
    )
    colour = forms.CharField(
        label=_("Couleur"),
        widget=ColourInput(),
        help_text=_("Rendue lisible partout, même si elle est très claire."),
    )


class LogoForm(forms.Form):
    """The picture beside the name."""

    logo = forms.FileField(
        label=_("Image"),
        help_text=_("PNG, JPEG ou WebP, 512 Ko au plus."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )


class ContactForm(forms.Form):
    """How to reach the organisation, and what the law asks to be said."""

    address = forms.CharField(
        label=_("Adresse postale"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    phone = forms.CharField(
        label=_("Téléphone"), max_length=30, required=False, widget=forms.TextInput(attrs={"type": "tel"})
    )
    contact_email = forms.CharField(
        label=_("Courriel public"), max_length=254, required=False, widget=forms.EmailInput()
    )
    payment_help = forms.CharField(
        label=_("Comment vous payer"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("IBAN, ordre et adresse des chèques\u00a0: montré à qui réserve, tant qu’il reste à payer."),
    )  # fmt: skip
    legal_notice = forms.CharField(
        label=_("Mentions légales"), max_length=8000, required=False, widget=forms.Textarea(attrs={"rows": 6})
    )


class WorkForm(forms.Form):
    """Who is told, in what time people read, with what chance a deal is born."""

    notification_email = forms.CharField(
        label=_("Adresse avertie à chaque demande"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(),
        help_text=_("Chaque pré-inscription confirmée y est résumée. Vide\u00a0: personne n’est averti par courriel."),
    )
    time_zone = forms.ChoiceField(label=_("Fuseau horaire"), choices=zones)
    default_chance = forms.IntegerField(
        label=_("Chance d’un nouveau dossier commercial, en %"),
        min_value=0,
        max_value=100,
        help_text=_("33 d’origine."),
    )
    proposal_reminder_days = forms.IntegerField(
        label=_("Relancer un client, en jours avant l’échéance de ses dates"),
        min_value=0,
        max_value=30,
        help_text=_("2 d’origine. 0\u00a0: personne n’est relancé de lui-même."),
    )


class ScaleForm(forms.Form):
    """How sure the engine must be."""

    certain_from = forms.IntegerField(
        label=_("Doublon certain, à partir d’un score de"), min_value=1, max_value=99,
        help_text=_("95 d’origine. Seules les certitudes agissent sans personne\u00a0: plus bas, davantage d’erreurs."),
    )  # fmt: skip
    asked_from = forms.IntegerField(
        label=_("Client proposé pour une demande, à partir de"), min_value=1, max_value=99,
        help_text=_("30 d’origine. Plus haut, davantage de clients connus passent pour nouveaux."),
    )  # fmt: skip
    probable_from = forms.IntegerField(
        label=_("Doublon probable, à partir de"), min_value=1, max_value=99,
        help_text=_("10 d’origine. Plus bas, davantage de paires à regarder."),
    )  # fmt: skip


class EnquiryForm(forms.Form):
    """What may be asked for at the counter beside places in sessions."""

    takes_cover = forms.BooleanField(
        label=_("Un poste de secours (DPS)"),
        required=False,
        help_text=_("Pour un évènement\u00a0: dates, heures, lieu, public attendu."),
    )
    takes_courses = forms.BooleanField(
        label=_("Une formation en interne"),
        required=False,
        help_text=_("Chez le client ou pour lui seul\u00a0: thème, personnes, dates souhaitées."),
    )
    enquiry_intro = forms.CharField(
        label=_("Présentation"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("En tête des formulaires\u00a0: délai de réponse, secteur couvert, pièces utiles."),
    )  # fmt: skip


class FolderForm(forms.Form):
    """Where requests wait, and what prints the report."""

    spool_folder = forms.CharField(
        label=_("Dossier Résa"),
        max_length=500,
        required=False,
        help_text=_(
            "Chemin absolu d’un dossier vide du serveur, réservé à cet organisme. Vide\u00a0: le dossier d’origine. "
            "Les fichiers qui attendent déjà restent où ils sont\u00a0: intégrez-les d’abord."
        ),
    )
    printer = forms.CharField(
        label=_("Imprimante (CUPS)"),
        max_length=120,
        required=False,
        help_text=_("Vide\u00a0: l’imprimante par défaut du serveur."),
    )


class PersonForm(forms.Form):
    """What a person does here."""

    role = forms.ChoiceField(label=_("Rôle"), choices=Role.choices)
    territory = forms.TypedChoiceField(label=_("Secteur"), coerce=int, empty_value=None, required=False)
    phone = forms.CharField(
        label=_("Téléphone"), max_length=30, required=False, widget=forms.TextInput(attrs={"type": "tel"})
    )

    def __init__(self, *args: Any, territories: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["territory"].choices = [("", _("Aucun")), *territories]  # type: ignore[attr-defined]


class NewPersonForm(PersonForm):
    """A person who joins."""

    login = forms.CharField(
        label=_("Identifiant"),
        max_length=150,
        help_text=_("Par exemple dupont.jean\u202f; majuscules et minuscules se valent."),
    )
    email = forms.CharField(
        label=_("Courriel"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(),
        help_text=_("La personne y reçoit un lien pour choisir son mot de passe."),
    )
    first_name = forms.CharField(label=_("Prénom"), max_length=80, required=False)
    last_name = forms.CharField(label=_("Nom"), max_length=80, required=False)
    field_order = ["first_name", "last_name", "login", "email", "role", "territory", "phone"]


class AddressForm(forms.Form):
    """Where a person's links go."""

    email = forms.CharField(label=_("Courriel"), max_length=254, widget=forms.EmailInput())


class NameForm(forms.Form):
    """One name."""

    name = forms.CharField(label=_("Nom"), max_length=80)


class TermsForm(forms.Form):
    """The next version of the terms of sale."""

    text = forms.CharField(label=_("Texte"), max_length=200_000, widget=forms.Textarea(attrs={"rows": 18}))


class TokenForm(forms.Form):
    """What a program may do."""

    name = forms.CharField(label=_("À quoi sert-il"), max_length=80, help_text=_("Par exemple\u00a0: site internet."))
    scopes = forms.MultipleChoiceField(label=_("Droits"), choices=Scope.choices, widget=forms.CheckboxSelectMultiple)

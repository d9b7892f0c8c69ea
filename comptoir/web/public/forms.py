"""What the steps ask. Shape only: what is wrong with an answer is said by the domain, the same for every door."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from comptoir.preregistrations.queries.baskets import PERSON, Contents
from comptoir.preregistrations.submission import Requester, cleaned, requester_problems
from comptoir.web.shared.questions import unchanging

FIRM = "firm"
KINDS = [(FIRM, _("Une entreprise, une association, un organisme public")), (PERSON, _("Un particulier"))]


class Answer(forms.CharField):
    """One line as typed. `required` shows as such (or as « facultatif »); the domain says what is missing."""

    def __init__(
        self, label: Any, autocomplete: str, *, required: bool = True, help_text: Any = "", **attrs: str
    ) -> None:
        kind = attrs.pop("type", "text")
        widget = forms.Textarea if kind == "long" else forms.TextInput
        super().__init__(label=label, required=required, help_text=help_text, widget=widget())
        self.widget.attrs |= {"autocomplete": autocomplete, **attrs}
        if kind not in ("text", "long"):
            self.widget.input_type = kind

    def validate(self, value: Any) -> None:
        """Nothing here: see `ClientForm.clean`."""


@unchanging
class ClientForm(forms.Form):
    """Step 1: who would pay, and whom to call."""

    use_required_attribute = False
    kind = forms.ChoiceField(
        label=_("Vous inscrivez pour"),
        choices=KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Dites si vous inscrivez pour une organisation ou pour vous-même.")},
    )
    legal_name = Answer(_("Raison sociale"), "organization")
    siret = Answer(
        _("SIRET"),
        "off",
        required=False,
        inputmode="numeric",
        help_text=_("14 chiffres ; vous le trouvez sur vos factures."),
    )
    client_number = Answer(
        _("Numéro de client"), "off", required=False, help_text=_("Si nous vous en avons déjà donné un.")
    )
    address = Answer(_("Adresse"), "address-line1", required=False)
    postcode = Answer(_("Code postal"), "postal-code", required=False, inputmode="numeric")
    city = Answer(_("Ville"), "address-level2", required=False)
    first_name = Answer(_("Prénom"), "given-name")
    last_name = Answer(_("Nom"), "family-name")
    email = Answer(
        _("Adresse de courriel"), "email", type="email", help_text=_("Le récapitulatif y est envoyé aussitôt.")
    )
    phone = Answer(
        _("Téléphone"), "tel", required=False, type="tel", help_text=_("Pour vous joindre si une date change.")
    )
    message = Answer(
        _("Message"), "off", required=False, type="long",
        help_text=_("Un besoin particulier, un numéro de commande, une situation de handicap à prendre en compte…"),
    )  # fmt: skip

    FIRM_ONLY = ("legal_name", "siret")
    PLACE = ("address", "postcode", "city")
    CONTACT = ("first_name", "last_name", "email", "phone")

    def requester(self) -> Requester:
        """What the domain reads: a private person is its own client."""
        return cleaned(Contents(0, "", {name: self._said(name) for name in self.fields}, {}, ()).requester())

    def clean(self) -> None:
        """Every field at fault is named, each with its cure (E4)."""
        kind = self._said("kind") or FIRM
        for problem in requester_problems(self.requester()):
            if problem.field != "kind" and not (kind == PERSON and problem.field in self.FIRM_ONLY):
                self.add_error(problem.field if problem.field in self.fields else None, problem.sentence)

    def _said(self, name: str) -> str:
        return str(self.data.get(name, "") or (FIRM if name == "kind" else ""))

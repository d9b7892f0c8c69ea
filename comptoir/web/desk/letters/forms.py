"""The shape of a message to those registered: words, to whom, a file."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from comptoir.letters.commands.drafting import Written
from comptoir.letters.people import Person
from comptoir.letters.queries import Plan
from comptoir.letters.states import Audience
from comptoir.mail.files import LARGEST
from comptoir.mail.parsing import LONGEST_BODY, LONGEST_SUBJECT

MOST_SHOWN = 50  # people one may look at the message as


class WriteForm(forms.Form):
    """One message. The people it may be shown as are not kept."""

    audience = forms.ChoiceField(label=_("Destinataires"), choices=Audience, widget=forms.RadioSelect)
    with_cancelled = forms.BooleanField(label=_("Écrire aussi à ceux qui ont annulé, ou été retirés"), required=False)
    subject = forms.CharField(
        label=_("Objet"),
        max_length=LONGEST_SUBJECT,
        required=False,  # the command says what it lacks, and a draft may lack it
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    body = forms.CharField(
        label=_("Message"),
        max_length=LONGEST_BODY,
        required=False,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_("Une ligne vide sépare deux paragraphes."),
    )
    file = forms.FileField(
        label=_("Joindre un fichier"),
        required=False,
        widget=forms.FileInput(attrs={"data-autosubmit": True}),
        error_messages={"empty": _("Ce fichier est vide.")},
        help_text=_(
            "PDF, image PNG ou JPEG, document Word, Excel, PowerPoint ou LibreOffice\u202f; 5\u00a0Mo en tout."
        ),
    )
    person = forms.ChoiceField(label=_("Aperçu pour"), required=False)

    def __init__(self, *args: Any, plan: Plan, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = {one: len(found.groups) for one, found in plan.by_audience.items()}
        audience: Any = self.fields["audience"]
        audience.choices = [(one.value, f"{one.label} ({said[one.value]})") for one in Audience]
        if not any(one.is_closed for one in plan.people):
            del self.fields["with_cancelled"]
        person: Any = self.fields["person"]
        person.choices = [(one.pk, f"{one.name or one.reference}, {one.reference}") for one in people[:MOST_SHOWN]]

    def written(self) -> Written:
        """What was typed."""
        said = self.cleaned_data
        file = said.get("file")
        return Written(
            said["subject"], said["body"], said["audience"], said.get("with_cancelled", False),
            (file.name, file.read(LARGEST + 1)) if file else None,
        )  # fmt: skip

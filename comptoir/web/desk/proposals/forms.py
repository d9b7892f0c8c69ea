"""The shape of a proposal: until when, to whom, words, a file."""

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comptoir.catalogue.zones import label
from comptoir.mail.files import LARGEST
from comptoir.mail.parsing import LONGEST_BODY, LONGEST_SUBJECT
from comptoir.proposals.commands.drafting import Written
from comptoir.proposals.people import Recipient
from comptoir.web.shared.fields import WallField

MOST_FIELDS = 20  # clients whose address can be typed here; beyond, the main contacts are written to
ADDRESSES = {"autocomplete": "off", "inputmode": "email"}


class WriteForm(forms.Form):
    """One proposal; the command says what it lacks, so a draft may lack it."""

    deadline = WallField(label=gettext_lazy("Échéance"), required=False)
    cc = forms.CharField(
        label=gettext_lazy("CC"), required=False, max_length=2000, widget=forms.TextInput(attrs=ADDRESSES)
    )
    bcc = forms.CharField(
        label=gettext_lazy("CCI"), required=False, max_length=2000, widget=forms.TextInput(attrs=ADDRESSES),
        help_text=gettext_lazy("Plusieurs adresses se séparent par une virgule."),
    )  # fmt: skip
    subject = forms.CharField(
        label=gettext_lazy("Objet"), max_length=LONGEST_SUBJECT, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    body = forms.CharField(
        label=gettext_lazy("Message"), max_length=LONGEST_BODY, required=False,
        widget=forms.Textarea(attrs={"rows": 16}), help_text=gettext_lazy("Une ligne vide sépare deux paragraphes."),
    )  # fmt: skip
    file = forms.FileField(
        label=gettext_lazy("Joindre un fichier"), required=False,
        widget=forms.FileInput(attrs={"data-autosubmit": True}),
        error_messages={"empty": gettext_lazy("Ce fichier est vide.")},
        help_text=gettext_lazy(
            "PDF, image PNG ou JPEG, document Word, Excel, PowerPoint ou LibreOffice\u202f; 5\u00a0Mo en tout."
        ),
    )  # fmt: skip
    client = forms.ChoiceField(label=gettext_lazy("Aperçu pour"), required=False)

    def __init__(self, *args: Any, row: Any, people: list[Recipient], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = row.session.time_zone
        deadline: Any = self.fields["deadline"]
        deadline.help_text = _("Jusqu’à quand le client peut répondre, à l’heure de %(place)s.") % {
            "place": label(zone)
        }
        self.named = people if len(people) <= MOST_FIELDS else []
        for one in self.named:
            said = one.client if len(people) > 1 else _("Destinataire")
            widget = forms.TextInput(attrs=ADDRESSES)
            self.fields[f"to_{one.client_id}"] = forms.CharField(
                label=said, required=False, max_length=500, widget=widget, initial=", ".join(one.to)
            )
        if row.deadline_at and "deadline" not in self.initial:
            self.initial["deadline"] = row.deadline_at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        client: Any = self.fields["client"]
        client.choices = [(one.client_id, one.client) for one in people[:50]]

    def recipients(self) -> list[Any]:
        """The fields of the addresses, in order."""
        return [self[f"to_{one.client_id}"] for one in self.named]

    def written(self) -> Written:
        """What was typed; an address field emptied leaves its client aside."""
        said = self.cleaned_data
        file = said.get("file")
        to = {one.client_id: said[f"to_{one.client_id}"] for one in self.named}
        return Written(
            said["subject"], said["body"], said["deadline"], to, said["cc"], said["bcc"],
            (file.name, file.read(LARGEST + 1)) if file else None,
        )  # fmt: skip

"""The questions about a file of clients: which file, and which of its columns is which of ours."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comptoir.clients.headers import COLUMNS, NEEDED

LARGEST_FILE = 64 * 1024 * 1024
LABELS = {
    "id": gettext_lazy("Identifiant chez vous"),
    "raison_sociale": gettext_lazy("Raison sociale"), "siret": gettext_lazy("SIRET"),
    "adresse": gettext_lazy("Adresse"), "code_postal": gettext_lazy("Code postal"), "ville": gettext_lazy("Ville"),
    "telephone": gettext_lazy("Téléphone"), "email": gettext_lazy("Courriel"), "contact": gettext_lazy("Interlocuteur"),
}  # fmt: skip


class FileForm(forms.Form):
    """A file of clients."""

    file = forms.FileField(
        label=gettext_lazy("Fichier CSV ou classeur Excel"),
        widget=forms.ClearableFileInput(
            attrs={
                "accept": ".csv,.txt,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            }
        ),
        error_messages={
            "required": gettext_lazy("Choisissez un fichier."),
            "empty": gettext_lazy("Ce fichier est vide."),
        },
    )

    def clean_file(self) -> Any:
        """Not larger than the product reads."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise ValidationError(_("Ce fichier dépasse 64 Mo\u00a0: coupez-le en plusieurs."))
        return file


class ColumnsForm(forms.Form):
    """For each of our columns, which of the file's says it; none is an answer, save for those a client needs."""

    def __init__(self, *args: Any, reading: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = reading.get("first", [])
        places = [(str(place), _named(place, header, first)) for place, header in enumerate(reading.get("headers", []))]
        for name in COLUMNS:
            self.fields[name] = forms.ChoiceField(
                label=LABELS[name],
                required=name in NEEDED,
                choices=[("", _("Aucune colonne")), *places],
                initial=str(reading.get("positions", {}).get(name, "")),
                error_messages={"required": _("Choisissez la colonne qui le dit.")},
            )

    def chosen(self) -> dict[str, int]:
        """The place of each column that was chosen."""
        return {name: int(place) for name, place in self.cleaned_data.items() if place}


def _named(place: int, header: str, first: list[str]) -> str:
    """« Nom (Mairie de Sète) »: a header says little without what stands below it."""
    name = header or _("Colonne %(n)s") % {"n": place + 1}
    below = first[place][:30] if place < len(first) else ""
    return f"{name} ({below})" if below else name

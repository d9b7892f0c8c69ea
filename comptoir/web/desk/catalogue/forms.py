"""The questions about an activity and a theme: shape only, the commands decide."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comptoir.catalogue import queries
from comptoir.catalogue.details import ActivityDetails
from comptoir.catalogue.states import ActivityKind
from comptoir.organisations.actors import Actor
from comptoir.web.desk.sessions.people import people

_DURATION = re.compile(r"(\d+)(?:[,.](\d+))?\s*(?:h(?:eures?)?\s*(\d{1,2})?)?", re.IGNORECASE)
GROUPS = (
    (gettext_lazy("Ce que c’est"), (("title",), ("kind",), ("promise",), ("theme", "code"))),
    (
        gettext_lazy("Ce que l’on lit sur sa page"),
        (("description",), ("programme",), ("audience",), ("prerequisites",), ("duration_minutes",)),
    ),
    (gettext_lazy("Qui s’en occupe"), (("owner",),)),
)


TEXTS = ("title", "promise", "code", "description", "programme", "audience", "prerequisites")
UNSAID: dict[str, Any] = dict.fromkeys(TEXTS, "") | {
    "kind": ActivityKind.COURSE,
    "theme": None,
    "owner": None,
    "duration_minutes": 0,
}


class DurationField(forms.Field):
    """« 7 », « 3,5 » or « 3 h 30 »; cleaned to minutes."""

    def to_python(self, value: Any) -> Any:
        """Minutes; 0 when empty."""
        text = str(value or "").strip()[:20]
        if not text:
            return 0
        found = _DURATION.fullmatch(text.replace("\u00a0", " ").replace("\u202f", " ").strip())
        if found is None or (found[2] and found[3]):
            raise ValidationError(_("Écrivez une durée en heures, par exemple 14 ou 3 h 30."))
        hours, tenths, minutes = found.groups()
        return int(hours) * 60 + int(minutes or 0) + round(float(f"0.{tenths or 0}") * 60)

    def prepare_value(self, value: Any) -> Any:
        """Minutes as people say them."""
        if not isinstance(value, int):
            return value
        hours, minutes = divmod(value, 60)
        return (f"{hours} h {minutes:02d}" if minutes else f"{hours} h") if value else ""


def _text(label: Any, rows: int, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=50_000, widget=forms.Textarea(attrs={"rows": rows}), help_text=help_text
    )


class ActivityForm(forms.Form):
    """Every field of an activity, grouped as one thinks of it."""

    title = forms.CharField(label=gettext_lazy("Titre"), max_length=160)
    kind = forms.ChoiceField(label=gettext_lazy("Nature"), choices=ActivityKind.choices, widget=forms.RadioSelect)
    promise = forms.CharField(
        label=gettext_lazy("Promesse"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Une phrase : ce que l’on sait faire en sortant. C’est ce que le catalogue montre."),
    )
    theme = forms.TypedChoiceField(label=gettext_lazy("Thème"), required=False, coerce=int, empty_value=None)
    code = forms.CharField(
        label=gettext_lazy("Code"), max_length=30, required=False, help_text=gettext_lazy("Votre référence interne.")
    )
    description = _text(
        gettext_lazy("Description"),
        6,
        gettext_lazy("Une ligne vide sépare les paragraphes ; un tiret ouvre une liste."),
    )
    programme = _text(gettext_lazy("Programme"), 8)
    audience = _text(gettext_lazy("Public"), 3)
    prerequisites = _text(gettext_lazy("Prérequis"), 3)
    duration_minutes = DurationField(
        label=gettext_lazy("Durée"), required=False, help_text=gettext_lazy("En heures : 14, ou 3 h 30.")
    )
    owner = forms.TypedChoiceField(
        label=gettext_lazy("Responsable"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=gettext_lazy("Voit toutes les sessions de cette activité, et reçoit les nouvelles inscriptions."),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].widget.attrs["autofocus"] = True
        themes = [(one.pk, one.name) for one in queries.themes(seen_by=actor)]
        self.fields["theme"].choices = [("", _("Aucun")), *themes]  # type: ignore[attr-defined]
        named = (self.initial.get("owner"),)
        staff = people(seen_by=actor, named=named)
        self.fields["owner"].choices = [("", _("Personne")), *staff]  # type: ignore[attr-defined]

    def groups(self) -> list[tuple[Any, list[list[forms.BoundField]]]]:
        """The questions under their headings, line by line."""
        return [(legend, [[self[name] for name in line] for line in lines]) for legend, lines in GROUPS]

    def details(self) -> ActivityDetails:
        """What was written, as the command takes it."""
        said = UNSAID | self.cleaned_data
        return ActivityDetails(
            **{name: said[name] for name in TEXTS},
            kind=said["kind"],
            theme_id=said["theme"],
            owner_id=said["owner"],
            duration_minutes=said["duration_minutes"],
        )


def initial_of(activity: Any) -> dict[str, Any]:
    """What the form of an existing activity says first."""
    found = {name: getattr(activity, name) for name in (*TEXTS, "kind")}
    return found | {
        "theme": activity.theme_id,
        "owner": activity.owner_id,
        "duration_minutes": activity.duration_minutes,
    }


class ThemeForm(forms.Form):
    """A theme's name."""

    name = forms.CharField(label=gettext_lazy("Nom"), max_length=80)

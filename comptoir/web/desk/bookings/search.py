"""The advanced search (C3): all in the address, so that it can be shared and kept."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comptoir.bookings.queries import Search
from comptoir.bookings.states import PaymentState, RegistrationState
from comptoir.catalogue import queries as catalogue
from comptoir.organisations import queries as organisations
from comptoir.organisations.actors import Actor

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
USUAL = ("state", "payment", "activity")


def _choice(label: Any, empty: Any, choices: Any = ()) -> forms.TypedChoiceField:
    field = forms.TypedChoiceField(label=label, required=False, empty_value="")
    field.choices = [("", empty), *choices]
    return field


class SearchForm(forms.Form):
    """What registrations are narrowed by. Sessions, rates and add-ons are offered once their activity is chosen."""

    text = forms.CharField(label=gettext_lazy("Référence, nom, courriel"), required=False, max_length=100)
    state = _choice(gettext_lazy("Statut"), gettext_lazy("Tous"), RegistrationState.choices)
    payment = _choice(gettext_lazy("Paiement"), gettext_lazy("Tous"), PaymentState.choices)
    activity = _choice(gettext_lazy("Activité"), gettext_lazy("Toutes"))
    session = _choice(gettext_lazy("Session"), gettext_lazy("Toutes"))
    seat_type = _choice(gettext_lazy("Tarif"), gettext_lazy("Tous"))
    add_on = _choice(gettext_lazy("Extra"), gettext_lazy("Tous"))
    level = _choice(gettext_lazy("Confirmation"), gettext_lazy("Toutes"))
    label = forms.CharField(label=gettext_lazy("Étiquette"), required=False, max_length=40)
    first = forms.DateField(label=gettext_lazy("Inscrits depuis le"), required=False, widget=DAY)
    last = forms.DateField(label=gettext_lazy("Jusqu’au"), required=False, widget=DAY)

    def __init__(self, data: Any, *, actor: Actor) -> None:
        super().__init__(data)
        self._offer("activity", catalogue.activity_choices(seen_by=actor))
        self.levels = list(organisations.levels(seen_by=actor))
        self._offer("level", [(one.pk, one.name) for one in self.levels])
        sessions = _sessions(data, actor)
        self._offer("session", [(one.pk, _called(one)) for one in sessions])
        chosen = next((one for one in sessions if str(one.pk) == data.get("session")), None)
        self._offer("seat_type", [(rate.pk, rate.name) for rate in chosen.seat_types.all()] if chosen else [])
        self._offer("add_on", [(extra.pk, extra.name) for extra in chosen.add_ons.all()] if chosen else [])
        for name in ("session", "seat_type", "add_on"):
            if len(self.fields[name].choices) == 1:  # type: ignore[attr-defined]
                del self.fields[name]

    def _offer(self, name: str, choices: Any) -> None:
        field: Any = self.fields[name]
        field.choices = [*field.choices, *choices]

    def search(self) -> Search:
        """What is asked; what makes no sense asks nothing."""
        self.is_valid()
        said = self.cleaned_data
        asked: dict[str, Any] = {
            f"{name}_id": int(said[name])
            for name in ("activity", "session", "seat_type", "add_on", "level")
            if said.get(name)
        }
        asked |= {name: said.get(name) or "" for name in ("text", "state", "payment", "label")}
        return Search(**asked, first=said.get("first"), last=said.get("last"))

    def usual(self) -> list[forms.BoundField]:
        """The filters always in sight."""
        return [self[name] for name in USUAL]

    def others(self) -> list[forms.BoundField]:
        """The filters that are folded away."""
        return [field for field in self if field.name not in (*USUAL, "text")]

    def is_narrow(self) -> bool:
        """Whether one of the folded filters is in force."""
        return any(field.data for field in self.others())


def _sessions(data: Any, actor: Actor) -> list[Any]:
    """The sessions of the activity asked for, else the one asked for."""
    activity, session = data.get("activity", ""), data.get("session", "")
    found = catalogue.sessions(seen_by=actor).order_by("-starts_on", "-pk")
    if activity.isdecimal():
        return list(found.filter(activity=int(activity)).prefetch_related("seat_types", "add_ons")[:200])
    return list(found.filter(pk=int(session)).prefetch_related("seat_types", "add_ons")) if session.isdecimal() else []


def _called(session: Any) -> str:
    return _("%(day)s, %(reference)s") % {
        "day": f"{session.starts_on:%d/%m/%Y}",
        "reference": f"{session.city} {session.reference}".strip(),
    }

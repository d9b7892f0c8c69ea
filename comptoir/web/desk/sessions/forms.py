"""The questions about a session: shape only, the commands decide."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comptoir.base import words
from comptoir.catalogue import queries, zones
from comptoir.catalogue.details import SessionDetails
from comptoir.catalogue.states import HalfDay, SessionKind
from comptoir.organisations.actors import Actor
from comptoir.web.desk.sessions.people import people
from comptoir.web.shared.fields import EurosField, day_field, moment_field

SOME_DAY = date(2000, 1, 1)
VAT_RATES = (2000, 1000, 550, 210, 0)
GROUPS = (
    (gettext_lazy("Quoi et quand"), (("activity",), ("kind",), ("starts_on", "ends_on"), ("half_days",))),
    (gettext_lazy("Où"), (("is_remote",), ("city", "place"), ("address",), ("remote_url",), ("time_zone",))),
    (gettext_lazy("Places et prix"), (("capacity",), ("price", "vat"))),
    (gettext_lazy("Inscriptions en ligne"), (("opens_at", "closes_at"),)),
    (gettext_lazy("Qui s’en occupe"), (("owner", "assistant"), ("managers",))),
)
LINES = (
    "kind",
    "time_zone",
    "place",
    "address",
    "city",
    "is_remote",
    "remote_url",
    "capacity",
    "opens_at",
    "closes_at",
)


def _person(label: Any, help_text: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, required=False, coerce=int, empty_value=None, help_text=help_text)


class SessionForm(forms.Form):
    """Every field of a session, grouped as one plans it."""

    activity = forms.TypedChoiceField(label=gettext_lazy("Activité"), coerce=int)
    kind = forms.ChoiceField(
        label=gettext_lazy("Type"),
        choices=[
            (SessionKind.INTER, gettext_lazy("INTER : ouverte à tous, peut être en vente")),
            (SessionKind.INTRA, gettext_lazy("INTRA : pour un seul client, jamais en vente")),
        ],
        widget=forms.RadioSelect,
    )
    starts_on = day_field(gettext_lazy("Premier jour"))
    ends_on = day_field(gettext_lazy("Dernier jour"), required=False, help_text=gettext_lazy("Vide : le même jour."))
    half_days = forms.MultipleChoiceField(
        label=gettext_lazy("Séances à planifier"),
        required=False,
        choices=HalfDay.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Chaque jour ouvré : 9 h – 12 h 30 le matin, 13 h 30 – 17 h l’après-midi. "
            "Vous pourrez changer chaque séance ensuite."
        ),
    )
    is_remote = forms.BooleanField(label=gettext_lazy("À distance"), required=False)
    city = forms.CharField(
        label=gettext_lazy("Ville"), max_length=80, required=False, widget=forms.TextInput(attrs={"list": "villes"})
    )
    place = forms.CharField(label=gettext_lazy("Lieu"), max_length=160, required=False)
    address = forms.CharField(label=gettext_lazy("Adresse"), max_length=200, required=False)
    remote_url = forms.CharField(
        label=gettext_lazy("Adresse de connexion"),
        max_length=300,
        required=False,
        widget=forms.URLInput(),
        help_text=gettext_lazy("Jamais montrée au public."),
    )
    time_zone = forms.ChoiceField(
        label=gettext_lazy("Heure de"), help_text=gettext_lazy("Les heures des séances sont celles de ce lieu.")
    )
    capacity = forms.IntegerField(
        label=gettext_lazy("Places"), required=False, help_text=gettext_lazy("Vide : sans limite.")
    )
    price = EurosField(
        label=gettext_lazy("Prix par personne"),
        required=False,
        help_text=gettext_lazy("Des tarifs ajoutés à la session remplacent ce prix."),
    )
    vat = forms.TypedChoiceField(label=gettext_lazy("TVA"), coerce=int)
    opens_at = moment_field(
        gettext_lazy("Ouvrent le"), required=False, help_text=gettext_lazy("Vide : dès la publication.")
    )
    closes_at = moment_field(
        gettext_lazy("Ferment le"), required=False, help_text=gettext_lazy("Vide : au début de la session.")
    )
    owner = _person(gettext_lazy("Responsable"), gettext_lazy("Prévenu des inscriptions intégrées."))
    assistant = _person(gettext_lazy("Assistant"), gettext_lazy("Prévenu lui aussi."))
    managers = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Gestionnaires"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Voient cette session et ses inscrits."),
    )

    def __init__(self, *args: Any, actor: Actor, session: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.session = session
        self._offer("activity", [(one.pk, one.title) for one in queries.activities(seen_by=actor)])
        self._offer("time_zone", _zones(self.initial.get("time_zone")))
        self._offer("vat", [(rate, words.vat(rate)) for rate in _rates(self.initial.get("vat"))])
        named = {self.initial.get("owner"), self.initial.get("assistant"), *self.initial.get("managers", ())}
        staff = people(seen_by=actor, named=named)
        for name in ("owner", "assistant"):
            self._offer(name, [("", _("Personne")), *staff])
        self._offer("managers", staff)
        self._leave_out_what_is_settled()

    def _leave_out_what_is_settled(self) -> None:
        if self.session is None:
            return
        settled = ["activity", "half_days"]
        if self.session.slots.all():
            settled += ["starts_on", "ends_on"]
        for name in settled:
            del self.fields[name]

    def _offer(self, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
        self.fields[name].choices = list(choices)  # type: ignore[attr-defined]

    def groups(self) -> list[tuple[Any, list[list[forms.BoundField]]]]:
        """The questions under their headings, line by line."""
        return [
            (legend, [[self[name] for name in line if name in self.fields] for line in lines])
            for legend, lines in GROUPS
        ]

    def _unsaid(self) -> dict[str, Any]:
        """What stands in for a field that is not asked (a planned session has its days) or not readable."""
        day = self.session.starts_on if self.session else self.cleaned_data.get("ends_on") or SOME_DAY
        last = self.session.ends_on if self.session else None
        blank: dict[str, Any] = dict.fromkeys(("place", "address", "city", "remote_url"), "")
        blank |= dict.fromkeys(("is_remote", "capacity", "opens_at", "closes_at", "price", "owner", "assistant"))
        settled = {"kind": SessionKind.INTER, "time_zone": zones.HOME, "vat": 0, "managers": ()}
        return blank | settled | {"starts_on": day, "ends_on": last}

    def details(self) -> SessionDetails:
        """What was written, as the command takes it; the days of a planned session are those it has."""
        said = self._unsaid() | self.cleaned_data
        return SessionDetails(
            **{name: said[name] for name in (*LINES, "starts_on", "ends_on")},
            price_cents=said["price"] or 0,
            vat_bp=said["vat"],
            owner_id=said["owner"],
            assistant_id=said["assistant"],
            manager_ids=frozenset(said["managers"]),
        )


def initial_of(session: Any) -> dict[str, Any]:
    """What the form of an existing session says first."""
    found = {name: getattr(session, name) for name in (*LINES, "starts_on", "ends_on")}
    return found | {
        "price": session.price_cents,
        "vat": session.vat_bp,
        "owner": session.owner_id,
        "assistant": session.assistant_id,
        "managers": [one.pk for one in session.managers.all()],
    }


def _zones(current: str | None) -> list[tuple[str, str]]:
    names = [*zones.ZONES, *([current] if current and current not in zones.ZONES else [])]
    return [(name, zones.label(name)) for name in names]


def _rates(current: int | None) -> list[int]:
    return [*VAT_RATES, *([current] if current is not None and current not in VAT_RATES else [])]

"""What a request for a service asks. Shape only: what is wrong with an answer is said by the domain (F6)."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comptoir.clients.states import ClientKind
from comptoir.deals.states import Service
from comptoir.enquiries import queries, wishes
from comptoir.enquiries.wishes import ASKED, Wish
from comptoir.preregistrations.submission import Requester
from comptoir.web.public.forms import Answer, ClientForm

WHO = (*ClientForm.base_fields,)


class Day(forms.DateField):
    """A day; an empty one is the domain's to refuse."""

    def validate(self, value: Any) -> None:
        """Nothing here."""


class Hour(forms.TimeField):
    """An hour; an empty one is the domain's to refuse."""

    def validate(self, value: Any) -> None:
        """Nothing here."""


class Count(forms.IntegerField):
    """How many; nothing said is the domain's to refuse."""

    def validate(self, value: Any) -> None:
        """Nothing here."""


def _day(label: Any) -> Day:
    return Day(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


def _hour(label: Any) -> Hour:
    return Hour(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))


class EnquiryForm(ClientForm):
    """Who asks, as in a pre-registration; what is asked comes first on the page, by the subclass."""

    service: Service
    kind = forms.ChoiceField(
        label=gettext_lazy("Vous demandez pour"),
        choices=[
            (ClientKind.FIRM, gettext_lazy("Une entreprise")),
            (ClientKind.PUBLIC, gettext_lazy("Une mairie, un organisme public")),
            (ClientKind.ASSOCIATION, gettext_lazy("Une association")),
            (ClientKind.PERSON, gettext_lazy("Un particulier")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Dites pour qui vous faites cette demande.")},
    )
    message = Answer(
        gettext_lazy("Message"), "off", required=False, type="long",
        help_text=gettext_lazy("Tout ce qui nous aide à vous répondre\u00a0: contraintes, accès, numéro de commande…"),
    )  # fmt: skip

    def __init__(self, *args: Any, organisation: Any, today: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation, self.today = organisation, today

    @property
    def asked(self) -> list[list[forms.BoundField]]:
        """The questions of the service, those of one line side by side."""
        raise NotImplementedError

    def wish(self) -> Wish:
        """What the domain reads; an answer that has no shape is no answer, and has its own sentence."""
        who = Requester(**{name: str(self.data.get(name, "")) for name in WHO})
        return Wish(self.service, who, **{name: self._answer(name) for name in ASKED[self.service]})

    def clean(self) -> None:
        """Every field at fault is named at once, each with its cure (E4)."""
        tidy = wishes.cleaned(self.wish())
        for problem in wishes.problems(tidy, today=self.today):
            name = problem.field if problem.field in self.fields else None
            if name is None or name not in self.errors:
                self.add_error(name, problem.sentence)

    def _answer(self, name: str) -> Any:
        typed = isinstance(self.fields[name], Day | Hour | Count)
        return self.cleaned_data.get(name) if typed else str(self.data.get(name, ""))


class CoverForm(EnquiryForm):
    """First-aid cover of an event (DPS)."""

    service = Service.COVER
    event_name = Answer(gettext_lazy("Nom de l’évènement"), "off")
    place = Answer(
        gettext_lazy("Lieu"), "off", help_text=gettext_lazy("L’adresse, ou le point de rendez-vous et la commune.")
    )
    starts_on = _day(gettext_lazy("Premier jour"))
    starts_at = _hour(gettext_lazy("Heure de début"))
    ends_on = _day(gettext_lazy("Dernier jour"))
    ends_at = _hour(gettext_lazy("Heure de fin"))
    attendance = Count(
        label=gettext_lazy("Public attendu"),
        help_text=gettext_lazy("Public et participants présents en même temps, au plus fort."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    on_site = Answer(
        gettext_lazy("Contact sur place"), "off", required=False,
        help_text=gettext_lazy("Nom et téléphone de qui nous accueillera, si ce n’est pas vous."),
    )  # fmt: skip

    @property
    def asked(self) -> list[list[forms.BoundField]]:
        """The event, when, and who comes."""
        lines = (("event_name",), ("place",), ("starts_on", "starts_at"), ("ends_on", "ends_at"), ("attendance",))
        return [[self[name] for name in line] for line in (*lines, ("on_site",))]


class CourseForm(EnquiryForm):
    """A course for the client's own people."""

    service = Service.COURSE
    activity = forms.ChoiceField(label=gettext_lazy("Formation"), required=False)
    theme = Answer(
        gettext_lazy("Thème"), "off", required=False,
        help_text=gettext_lazy("Avec vos mots, si la formation n’est pas dans la liste."),
    )  # fmt: skip
    people = Count(
        label=gettext_lazy("Personnes à former"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    wished_dates = Answer(
        gettext_lazy("Dates souhaitées"), "off", help_text=gettext_lazy("Des jours, une période, ceux à éviter.")
    )
    place = Answer(gettext_lazy("Lieu"), "off", help_text=gettext_lazy("L’adresse où se tiendrait la formation."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = queries.activities(organisation_id=self.organisation.pk)
        self.fields["activity"].choices = [("", _("Une autre, ou je ne sais pas")), *offered]  # type: ignore[attr-defined]
        if not offered:
            del self.fields["activity"]
            self.fields["theme"].required = True
            self.fields["theme"].help_text = _("Avec vos mots\u00a0: ce qu’elle doit apprendre.")

    @property
    def asked(self) -> list[list[forms.BoundField]]:
        """What, for how many, when and where."""
        lines = [["activity"], ["theme"], ["people"], ["wished_dates"], ["place"]]
        return [[self[name] for name in line] for line in lines if line[0] in self.fields]

    def _answer(self, name: str) -> Any:
        if name == "activity":  # one that is no longer there is refused by its own field
            return self.cleaned_data.get(name, "") if name in self.fields else ""
        return super()._answer(name)


FORMS: dict[str, type[EnquiryForm]] = {Service.COVER: CoverForm, Service.COURSE: CourseForm}

"""The fields of a rule of dates: from when, at what pace, until when; shared by the series and by the sittings."""

from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy

from comptoir.catalogue.series import LONGEST, Rule
from comptoir.catalogue.states import Step
from comptoir.web.shared.fields import day_field


class RuleForm(forms.Form):
    """The rule."""

    first = day_field(gettext_lazy("À partir du"))
    step = forms.ChoiceField(label=gettext_lazy("Rythme"), choices=Step.choices, widget=forms.RadioSelect)
    weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Jours de la semaine"),
        required=False,
        coerce=int,
        choices=WEEKDAYS.items(),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Pour le rythme «\u202fCertains jours de la semaine\u202f»."),
    )
    until = day_field(gettext_lazy("Jusqu’au"), required=False)
    times = forms.IntegerField(
        label=gettext_lazy("Nombre de dates"),
        required=False,
        help_text=gettext_lazy("Un dernier jour, un nombre, ou les deux\u00a0: le premier atteint arrête la série."),
        widget=forms.NumberInput(attrs={"min": 1, "max": LONGEST}),
    )
    skip_holidays = forms.BooleanField(label=gettext_lazy("Sauter les jours fériés"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["weekdays"].choices_class = "row"  # type: ignore[attr-defined]

    def rule(self) -> Rule:
        """As the commands take it."""
        said = self.cleaned_data
        return Rule(
            said["first"],
            Step(said["step"]),
            frozenset(said["weekdays"]),
            said["until"],
            said["times"],
            said["skip_holidays"],
        )


def ticked_days(request: HttpRequest) -> set[Any]:
    """The dates that stay ticked; what is no date is none."""
    field = forms.DateField(required=False, input_formats=["%Y-%m-%d"])
    found = set()
    for text in request.POST.getlist("dates"):
        try:
            found.add(field.clean(text))
        except forms.ValidationError:
            continue
    return found - {None}


def as_asked(form: forms.Form, said: QueryDict) -> list[tuple[str, str]]:
    """The rule as it was asked, to be sent again with the dates."""
    return [(name, str(value)) for name in form.fields for value in said.getlist(name)]

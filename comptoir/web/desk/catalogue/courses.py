"""Whether an activity is a public course, and of what type (F2)."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from comptoir.base.errors import attempt
from comptoir.bookings.states import SeatOrder
from comptoir.catalogue import queries
from comptoir.courses.commands.types import set_type
from comptoir.courses.queries import public_course
from comptoir.web.desk.sessions.doors import writer
from comptoir.web.shared.refused import put_on


class CourseForm(forms.Form):
    """The type; empty, sign-ups go through the basket."""

    name = forms.CharField(
        label=gettext_lazy("Type de formation publique"), required=False,
        help_text=gettext_lazy(
            "Par exemple PSC1 ou IPS. Une personne n’a qu’une inscription par type\u00a0: la nouvelle remplace "
            "l’ancienne, avec l’accord de sa messagerie. Laissez vide si le public ne s’inscrit pas seul."
        ),
    )  # fmt: skip
    seat_order = forms.ChoiceField(
        label=gettext_lazy("Ordre d’attribution des places"), choices=SeatOrder.choices, widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "À l’arrivée\u00a0: s’inscrire prend la place. Au paiement\u00a0: la place est prise quand le paiement "
            "est reçu en entier, ou l’acompte si vous en demandez un\u202f; une session gratuite reste à l’arrivée. "
            "À la validation\u00a0: la place est prise quand vous validez le participant, qui ne paie rien avant. "
            "Un changement vaut pour les prochaines inscriptions."
        ),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@writer
def course(request: HttpRequest, activity_id: int) -> HttpResponse:
    """The type as it is; POST sets it."""
    here: Any = request
    row = queries.activity(activity_id=activity_id, seen_by=here.actor)
    is_sent = request.method == "POST"
    known = public_course(row.pk)
    form = CourseForm(request.POST) if is_sent else CourseForm(initial=_first(known))
    if is_sent and form.is_valid():
        wanted = form.cleaned_data
        if not put_on(form, attempt(set_type, activity_id=row.pk, **wanted, by=here.actor, at=here.at)):
            messages.success(request, _("C’est enregistré, et vaut pour les prochaines inscriptions."))
            return redirect("desk:activity", row.pk)
    return render(request, "desk/catalogue/course.html", {"form": form, "row": row}, status=422 if form.errors else 200)


def _first(known: Any) -> dict[str, str]:
    if known is None:
        return {"name": "", "seat_order": SeatOrder.ARRIVAL}
    return {"name": known.name, "seat_order": known.seat_order}

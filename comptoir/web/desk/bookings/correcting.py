"""Mend a participant, from the name in the list, or the contact (F4); give more time to pay."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from comptoir.base.errors import attempt
from comptoir.bookings import queries
from comptoir.bookings.commands import correcting, holding
from comptoir.web.desk.bookings.doors import reader
from comptoir.web.shared.fields import day_field
from comptoir.web.shared.refused import put_on

NOTIFY = gettext_lazy("Envoyer la confirmation au contact, à l’adresse corrigée")


class PersonForm(forms.Form):
    """Who it is, and where to write."""

    first_name = forms.CharField(label=gettext_lazy("Prénom"), max_length=80)
    last_name = forms.CharField(label=gettext_lazy("Nom"), max_length=80)
    email = forms.EmailField(label=gettext_lazy("Adresse de courriel"), max_length=254, required=False)
    notify = forms.BooleanField(label=NOTIFY, required=False)


class ContactForm(forms.Form):
    """Who speaks for the booking."""

    name = forms.CharField(label=gettext_lazy("Nom du contact"), max_length=170)
    email = forms.EmailField(label=gettext_lazy("Adresse de courriel"), max_length=254)
    phone = forms.CharField(label=gettext_lazy("Téléphone"), max_length=30, required=False)
    notify = forms.BooleanField(label=NOTIFY, required=False)


class HoldForm(forms.Form):
    """The last day."""

    until = day_field(
        gettext_lazy("Places gardées jusqu’au"),
        help_text=gettext_lazy("Jusqu’à la fin de ce jour. Le contact est prévenu de la nouvelle date."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@reader
def person(request: HttpRequest, reference: str, registration_id: int) -> HttpResponse:
    """A participant as known; POST mends, and may send the confirmation again."""
    here: Any = request
    found = queries.detail(reference, seen_by=here.actor)
    row = found.person(registration_id)
    if row is None or found.booking.erased_at:
        raise Http404
    known = {"first_name": row.first_name, "last_name": row.last_name, "email": row.email}
    form = PersonForm(request.POST or None, initial=known)
    if not found.is_whole:
        del form.fields["notify"]
    title = _("Corriger %(name)s") % {"name": row}
    return _answer(request, found.booking, form, title, correcting.correct_person, registration_id=registration_id)


@require_http_methods(["GET", "HEAD", "POST"])
@reader
def contact(request: HttpRequest, reference: str) -> HttpResponse:
    """The contact as known; POST mends, and may send the confirmation again."""
    here: Any = request
    found = queries.whole(reference, seen_by=here.actor)
    booking = found.booking
    if booking.erased_at:
        raise Http404
    known = {"name": booking.contact_name, "email": booking.contact_email, "phone": booking.contact_phone}
    form = ContactForm(request.POST or None, initial=known)
    return _answer(request, booking, form, _("Corriger le contact"), correcting.correct_contact)


@require_http_methods(["GET", "HEAD", "POST"])
@reader
def hold(request: HttpRequest, reference: str) -> HttpResponse:
    """Until when the unpaid seats are kept; POST gives more time, and tells the contact."""
    here: Any = request
    found = queries.whole(reference, seen_by=here.actor)
    booking = found.booking
    until = localdate(booking.held_until) if booking.held_until else None
    form = HoldForm(request.POST or None, initial={"until": until})
    return _answer(request, booking, form, _("Délai de paiement"), holding.lengthen_hold)


def _answer(
    request: HttpRequest, booking: Any, form: forms.Form, title: str, command: Any, **values: Any
) -> HttpResponse:
    here: Any = request
    if request.method == "POST" and form.is_valid():
        told = {"booking_id": booking.pk, **values, **form.cleaned_data}
        if not put_on(form, attempt(command, **told, by=here.actor, at=here.at)):
            sent = form.cleaned_data.get("notify")
            said = _("C’est corrigé, et la confirmation part à l’instant.") if sent else _("C’est corrigé.")
            messages.success(request, said)
            return redirect("desk:booking", booking.reference)
    context = {"form": form, "booking": booking, "title": title}
    return render(request, "desk/bookings/correct.html", context, status=422 if form.errors else 200)

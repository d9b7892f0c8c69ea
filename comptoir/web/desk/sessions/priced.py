"""The pages of what a session lists at a price, the same for its rates and its add-ons."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise

from comptoir.base.errors import attempt
from comptoir.catalogue import queries
from comptoir.web.shared.refused import put_on


@dataclass(frozen=True)
class Pages:
    """What differs between the two: the form, the read and the commands behind it, and the words.

    `written` is what the commands take of a valid form; `add` takes a session's id, the others a row's.
    """

    form: type[forms.Form]
    written: Callable[[dict[str, Any]], Any]
    read: Callable[..., Any]
    add: Callable[..., object]
    change: Callable[..., object]
    offer: Callable[..., object]
    anchor: str
    blank: Promise
    create: Promise
    help: Promise
    added: Promise
    saved: Promise

    def new(self, request: HttpRequest, session_id: int) -> HttpResponse:
        """A blank form; POST adds."""
        here: Any = request
        session = queries.session(session_id=session_id, seen_by=here.actor)
        form = self.form(request.POST) if request.method == "POST" else self.form()
        if self._done(here, form, self.add, session_id, self.added):
            return redirect("desk:session", session_id)
        return self._asked(request, form, session)

    def edit(self, request: HttpRequest, pk: int) -> HttpResponse:
        """As it stands; POST changes it for those who sign up from now on."""
        here: Any = request
        row = self.read(pk, seen_by=here.actor)
        first = {name: getattr(row, "price_cents" if name == "price" else name) for name in self.form.base_fields}
        form = self.form(request.POST) if request.method == "POST" else self.form(initial=first)
        if self._done(here, form, self.change, row.pk, self.saved):
            return redirect("desk:session", row.session_id)
        return self._asked(request, form, row.session, row)

    def put_on_offer(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Offered again, or no longer."""
        here: Any = request
        row = self.read(pk, seen_by=here.actor)
        self.offer(row.pk, bool(request.POST.get("offer")), by=here.actor, at=here.at)
        return redirect("desk:session", row.session_id)

    def _done(self, here: Any, form: forms.Form, command: Callable[..., object], pk: int, said: Promise) -> bool:
        if not form.is_valid():  # a form that was not sent is not valid either
            return False
        if put_on(form, attempt(command, pk, self.written(form.cleaned_data), by=here.actor, at=here.at)):
            return False
        messages.success(here, str(said))
        return True

    def _asked(self, request: HttpRequest, form: forms.Form, session: Any, row: Any = None) -> HttpResponse:
        context = {
            "form": form, "session": session, "row": row, "anchor": self.anchor, "blank": self.blank,
            "create": self.create, "help": str(self.help),
        }  # fmt: skip
        return render(request, "desk/sessions/priced.html", context, status=422 if form.errors else 200)

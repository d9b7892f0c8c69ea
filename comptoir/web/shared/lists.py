"""What lists share: paging, sorting, and the filters in force as chips."""

from typing import Any

import django_tables2 as tables
from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.formats import date_format

from comptoir.base.by_key import Read
from comptoir.freshness.kept import by_key
from comptoir.web.shared.paging import SIZES


def configured(request: HttpRequest, table: Any, *, size: int = SIZES[0], read: Read[Any] | None = None) -> Any:
    """The table, sorted and cut as the address says; its page starts at 1 when the address makes no sense.

    `read`: gives the rows of the page by their keys (`freshness.kept.by_key`).
    """
    asked = request.GET.get("per_page", "")
    tables.RequestConfig(request, paginate=False).configure(table)  # it would serve a page of a million rows
    table.paginate(per_page=int(asked) if asked in map(str, SIZES) else size)
    table.page = table.paginator.get_page(request.GET.get("page"))
    if read:
        here: Any = request
        shown = table.page.object_list
        shown.data = by_key(shown.data, read, organisation_id=here.actor.organisation_id)
    return table


def chips(request: HttpRequest, form: BaseForm, *, leave: tuple[str, ...] = ()) -> list[dict[str, str]]:
    """The filters in force, each with the address that removes it."""
    found = []
    form.is_valid()
    for name, field in form.fields.items():
        value = form.cleaned_data.get(name)
        if value in (None, "") or name in leave:
            continue
        query = request.GET.copy()
        for gone in (name, "page"):
            query.pop(gone, None)
        label = _shown(form, name, value)
        found.append({"name": str(field.label), "label": label, "without": f"?{query.urlencode()}"})
    return found


def _shown(form: BaseForm, name: str, value: Any) -> str:
    if hasattr(value, "year"):
        return date_format(value, "j F Y")
    labels = {str(code): str(label) for code, label in getattr(form.fields[name], "choices", [])}
    return labels.get(str(value), str(value))

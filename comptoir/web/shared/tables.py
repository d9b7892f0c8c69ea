"""Columns that every list of the desk may use."""

from typing import Any

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from comptoir.base import words
from comptoir.web.shared.templatetags.comptoir import status

END = {"td": {"class": "end"}, "th": {"class": "end"}}


class TickColumn(tables.Column):  # type: ignore[misc]
    """A box in each row (`data-tick`) and one in the head that ticks them all; `accessor` gives the value sent."""

    def __init__(self, *, name: str = "ids", names_row: str = "", **options: Any) -> None:
        """`name` is the field sent; `names_row` the accessor of what a screen reader calls the row."""
        options.setdefault("attrs", {"td": {"class": "tick"}, "th": {"class": "tick"}})
        super().__init__(orderable=False, **options)
        self.field_name, self.names_row = name, names_row

    @property
    def header(self) -> SafeString:
        """The box that ticks the page."""
        said = _("Cocher toutes les lignes de la page")
        box = '<label><input type="checkbox" data-tick-all><span class="hidden-visually">{}</span></label>'
        return format_html(box, said)

    def render(self, value: Any, record: Any) -> SafeString:
        """The row's box, in a target of 32 px."""
        called = tables.A(self.names_row).resolve(record) if self.names_row else value
        box = '<label><input type="checkbox" name="{}" value="{}" data-tick>{}</label>'
        said = format_html('<span class="hidden-visually">{}</span>', _("Cocher %(row)s") % {"row": called})
        return format_html(box, self.field_name, value, said)


class MoneyColumn(tables.Column):  # type: ignore[misc]
    """Cents, as « 1 250,00 € », at the end of their cell."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("attrs", END)
        super().__init__(**options)

    def render(self, value: int) -> SafeString:
        """To the cent."""
        return format_html('<span class="money">{}</span>', words.money(value))


class StatusColumn(tables.Column):  # type: ignore[misc]
    """A TextChoices state as word, shape and hue; `choices` turns a bare code into its member."""

    def __init__(self, *, choices: Any = None, **options: Any) -> None:
        super().__init__(**options)
        self.choices = choices

    def render(self, value: Any, record: Any, bound_column: Any) -> SafeString:
        """As `{% status %}` does; the code is read from the row, since the table may hand over the label."""
        raw = bound_column.accessor.resolve(record)
        return status(self.choices(raw) if self.choices else raw, str(value))

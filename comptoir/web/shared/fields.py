"""Questions that several forms ask: an amount in euros, a day, a moment, an hour."""

import re
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comptoir.base import words

LONGEST = 20
_BY_THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")
NET = gettext_lazy("€ HT")
_SPACES = str.maketrans("", "", " \u00a0\u202f€")


class PlainSelect(forms.Select):
    """The same list to choose from, without a template for each choice: a page may have hundreds."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:  # noqa: ARG002
        """As Django's own, groups left aside."""
        said = {str(one) for one in self.format_value(value)}
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            (
                (code if code is not None else "", mark_safe(" selected") if str(code or "") in said else "", label)
                for code, label in self.choices
            ),
        )
        written = flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name}))
        return format_html("<select{}>{}</select>", written, options)


class EurosField(forms.Field):
    """« 1 250,50 » typed as people do, in English « 1,250.50 »; cleaned to cents, None when empty."""

    def __init__(self, *, suffix: Any = NET, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(**options)
        self.suffix = suffix

    def to_python(self, value: Any) -> Any:
        """Cents; more than two decimals are refused rather than rounded: « 1,250 » is no amount in French."""
        text = str(value or "").translate(_SPACES)
        if not words.is_french() and _BY_THOUSANDS.fullmatch(text):
            text = text.replace(",", "")
        text = text.replace(",", ".")
        if not text:
            return None
        try:
            euros = Decimal(text if len(text) <= LONGEST else "")
        except InvalidOperation:
            raise ValidationError(_("Écrivez un montant en euros, par exemple 1 250,50.")) from None
        if not euros.is_finite() or int(euros.as_tuple().exponent) < -2:
            raise ValidationError(_("Un montant a deux décimales au plus, par exemple 1 250,50."))
        return int(euros * 100)

    def prepare_value(self, value: Any) -> Any:
        """Cents as people type them; what was typed wrong stays as it was."""
        comma = "," if words.is_french() else "."
        return f"{value // 100}{comma}{value % 100:02d}" if isinstance(value, int) else value


class WallField(forms.Field):
    """A day and an hour as the wall says them somewhere: (date, time), no time zone; None when empty."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"))
        super().__init__(**options)

    def to_python(self, value: Any) -> Any:
        """What a browser's own calendar sends."""
        if not value:
            return None
        try:
            found = datetime.fromisoformat(str(value))
        except ValueError:
            raise ValidationError(_("Choisissez un jour et une heure.")) from None
        return found.date(), found.time()


def day_field(label: Any, **options: Any) -> forms.DateField:
    """A day, by the browser's own calendar."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


def hour_field(label: Any, **options: Any) -> forms.TimeField:
    """An hour."""
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **options)


def moment_field(label: Any, **options: Any) -> forms.DateTimeField:
    """A day and an hour, in the time zone of the page."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget, **options)

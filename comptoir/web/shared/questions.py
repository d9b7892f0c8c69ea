"""One question of a form as the page shows it: written here because a page has twenty, and a template is slow at it.

The same marks as Django's own templates, for the inputs that have nothing else to say.
"""

from typing import Any

from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

_INPUTS = frozenset(
    f"django/forms/widgets/{kind}.html"
    for kind in (
        "text", "email", "tel", "url", "search", "number", "password", "hidden", "date", "time", "datetime", "checkbox",
        "radio_option", "checkbox_option",
    )
)  # fmt: skip
_LONG, _LIST = "django/forms/widgets/textarea.html", "django/forms/widgets/select.html"


class Renderer(DjangoTemplates):
    """Django's, but for single inputs and lists, which need no template."""

    def render(self, template_name: str, context: Any, request: Any = None) -> str:
        """The widget in HTML."""
        widget = context.get("widget", {})
        if template_name == _LONG:
            return format_html(
                '<textarea name="{}"{}>\n{}</textarea>',
                widget["name"], _attributes(widget["attrs"]), str(widget["value"] or ""),
            )  # fmt: skip
        if template_name == _LIST:
            return _list(widget)
        if template_name not in _INPUTS or widget.get("wrap_label"):
            return super().render(template_name, context, request)
        value = widget["value"]
        kept = "" if value is None else format_html(' value="{}"', str(value))
        return format_html(
            '<input type="{}" name="{}"{}{}>', widget["type"], widget["name"], kept, _attributes(widget["attrs"])
        )


def _list(widget: dict[str, Any]) -> SafeString:
    groups = format_html_join("", "{}", ((_group(name, options),) for name, options, _index in widget["optgroups"]))
    return format_html('<select name="{}"{}>{}</select>', widget["name"], _attributes(widget["attrs"]), groups)


def _group(name: str | None, options: list[dict[str, Any]]) -> SafeString:
    rows = ((str(one["value"]), _attributes(one["attrs"]), one["label"]) for one in options)
    shown = format_html_join("", '<option value="{}"{}>{}</option>', rows)
    return format_html('<optgroup label="{}">{}</optgroup>', name, shown) if name else shown


def _attributes(attrs: dict[str, Any]) -> SafeString:
    said = ((name, value) for name, value in attrs.items() if value is not False)
    return mark_safe(  # noqa: S308  # each value is escaped
        "".join(f" {name}" if value is True else f' {name}="{conditional_escape(str(value))}"' for name, value in said)
    )


def question(field: BoundField, suffix: str = "") -> SafeString:
    """Label above, help below, error in words; `suffix` is a unit glued to the input."""
    asked: Any = field.field
    optional = "" if asked.required or asked.disabled else _optional()
    answer = format_html('<div class="affix">{}<span>{}</span></div>', field, suffix) if suffix else str(field)
    return format_html(
        '<div class="field{}"><label for="{}">{}{}</label>{}{}</div>',
        " invalid" if field.errors else "", field.id_for_label, field.label, optional, answer, notes(field),
    )  # fmt: skip


def notes(field: BoundField) -> SafeString:
    """What is said under a question: the errors first, then the help, by the ids Django puts in aria-describedby."""
    errors: Any = field.errors
    wrong = format_html_join("", '<p class="error"><span>{}</span></p>', ((one,) for one in errors))
    wrong = format_html('<div id="{}_error">{}</div>', field.auto_id, wrong) if wrong else SafeString()
    if not field.help_text:
        return wrong
    return wrong + format_html('<p class="help" id="{}_helptext">{}</p>', field.auto_id, field.help_text)


def _optional() -> SafeString:
    return format_html(' <span class="optional">{}</span>', _("(facultatif)"))

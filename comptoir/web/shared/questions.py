"""One question of a form as the page shows it: written here because a page has twenty, and a template is slow at it.

The same marks as Django's own templates, for the inputs that have nothing else to say.
"""

from collections.abc import Iterable
from copy import copy
from html import escape
from typing import Any

from django.forms import BaseForm, Field, Textarea, TextInput
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

_INPUTS = frozenset(
    f"django/forms/widgets/{kind}.html"
    for kind in (
        "text", "email", "tel", "url", "search", "number", "password", "hidden", "date", "time", "datetime", "checkbox",
        "radio_option", "checkbox_option",
    )
)  # fmt: skip
_TYPED = (TextInput, Textarea)
_MARK = "\ue000"  # stands for an answer
_LONG, _LIST = "django/forms/widgets/textarea.html", "django/forms/widgets/select.html"


def _text(said: object) -> str:
    """In HTML: as it is when it says so of itself. Django's own escaping first asks, each time, whether it is lazy."""
    text = said if isinstance(said, str) else str(said)
    return str(text.__html__()) if hasattr(text, "__html__") else escape(text)


class Renderer(DjangoTemplates):
    """Django's, but for single inputs and lists, which need no template."""

    def render(self, template_name: str, context: Any, request: Any = None) -> str:
        """The widget in HTML."""
        widget = context.get("widget", {})
        if template_name == _LONG:
            name, value = _text(widget["name"]), _text(widget["value"] or "")
            return _html(f'<textarea name="{name}"{_attributes(widget["attrs"])}>\n{value}</textarea>')
        if template_name == _LIST:
            return _list(widget)
        if template_name not in _INPUTS or widget.get("wrap_label"):
            return super().render(template_name, context, request)
        kind, name, value = widget["type"], _text(widget["name"]), widget["value"]
        kept = "" if value is None else f' value="{_text(str(value))}"'
        return _html(f'<input type="{kind}" name="{name}"{kept}{_attributes(widget["attrs"])}>')


def _list(widget: dict[str, Any]) -> SafeString:
    groups = "".join(_group(name, options) for name, options, _index in widget["optgroups"])
    return _html(f'<select name="{_text(widget["name"])}"{_attributes(widget["attrs"])}>{groups}</select>')


def _group(name: str | None, options: list[dict[str, Any]]) -> str:
    shown = "".join(
        f'<option value="{_text(str(one["value"]))}"{_attributes(one["attrs"])}>{_text(one["label"])}</option>'
        for one in options
    )
    return f'<optgroup label="{_text(name)}">{shown}</optgroup>' if name else shown


def _attributes(attrs: dict[str, Any]) -> str:
    return "".join(
        f" {name}" if value is True else f' {name}="{_text(value)}"'
        for name, value in attrs.items()
        if value is not False
    )


def _html(written: str) -> SafeString:
    return mark_safe(written)  # noqa: S308  # made here of marks of ours, and texts that went through `_text`


class _Shared(dict[str, Field]):
    """Fields that a form takes as they are, where Django has it copy them all first; and what their questions say."""

    def __init__(self, fields: dict[str, Field]) -> None:
        super().__init__(fields)
        self.said: dict[tuple[object, ...], tuple[str, str]] = {}

    def __deepcopy__(self, _memo: object) -> dict[str, Field]:
        return dict(self)


def unchanging[F: type[BaseForm]](form: F) -> F:
    """A form that never changes its own fields: each page has these very ones, and what a question says is kept."""
    made: Any = form
    made.base_fields = _Shared(made.base_fields)
    return form


def question(field: BoundField, suffix: str = "") -> SafeString:
    """Label above, help below, error in words; choices become a fieldset, a single box stands before its words.

    `suffix` is a unit glued to the input.
    """
    form: Any = field.form
    asked, shared = field.field, form.base_fields
    is_same = type(shared) is _Shared and shared.get(field.name) is asked and not form.prefix
    if not is_same or type(asked.widget) not in _TYPED or _errors(field):
        return _written(field, suffix)
    key = (field.name, suffix, form.auto_id, get_language())
    if key not in shared.said:
        shared.said[key] = _around(field, suffix)
    before, after = shared.said[key]
    value = asked.widget.format_value(field.value())
    if type(asked.widget) is Textarea:
        return _html(f"{before}{_text(value or '')}{after}")
    kept = "" if value is None else f' value="{_text(str(value))}"'
    return _html(f"{before}{kept}{after}")


def _around(field: BoundField, suffix: str) -> tuple[str, str]:
    """What stands before and after what was answered, the same whatever it is."""
    marked: Any = copy(field)
    marked.value = lambda: _MARK
    answer = _MARK if type(field.field.widget) is Textarea else f' value="{_MARK}"'
    before, _answer, after = _written(marked, suffix).partition(answer)
    return before, after


def _written(field: BoundField, suffix: str) -> SafeString:
    if field.is_hidden:
        return _html(str(field))
    wrong, asked = " invalid" if _errors(field) else "", field.field
    if field.use_fieldset:
        name, told = field.auto_id, field.aria_describedby
        told = f' aria-describedby="{told}"' if told else ""
        legend = f"<legend>{_text(field.label)}{'' if asked.required else _optional()}</legend>"
        return _html(
            f'<fieldset class="field{wrong}" id="{name}"{told}>{legend}{notes(field)}{_choices(field)}</fieldset>'
        )
    label = f'<label for="{_text(field.id_for_label)}">{_text(field.label)}'
    if field.widget_type == "checkbox":
        return _html(f'<div class="field{wrong}"><div class="choice">{field}{label}</label></div>{notes(field)}</div>')
    label += f"{'' if asked.required or asked.disabled else _optional()}</label>"
    answer = f'<div class="affix">{field}<span>{_text(suffix)}</span></div>' if suffix else str(field)
    return _html(f'<div class="field{wrong}">{label}{answer}{notes(field)}</div>')


def _choices(field: BoundField) -> str:
    """Each input beside its words; what is made of several inputs otherwise, as it writes itself."""
    each = "".join(
        f'<div class="choice">{one.tag()}<label for="{_text(one.id_for_label)}">{_text(one.choice_label)}</label></div>'
        for one in field.subwidgets
    )
    return f'<div class="{getattr(field.field, "choices_class", "choices")}">{each}</div>' if each else str(field)


def _optional() -> str:
    return f' <span class="optional">{_("(facultatif)")}</span>'


def notes(field: BoundField) -> SafeString:
    """What is said under a question: the errors first, then the help, by the ids Django puts in aria-describedby."""
    said, name = "", field.auto_id
    if errors := "".join(f'<p class="error"><span>{_text(one)}</span></p>' for one in _errors(field)):
        said = f'<div id="{name}_error">{errors}</div>'
    if field.help_text:
        said += f'<p class="help" id="{name}_helptext">{_text(field.help_text)}</p>'
    return _html(said)


def _errors(field: BoundField) -> Iterable[str]:
    """Its own: asked of the field, a list is made each time, to hold none."""
    form: Any = field.form
    found: Iterable[str] = form.errors.get(field.name, ())
    return found

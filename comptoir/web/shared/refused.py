"""Put a refusal where it belongs on a form: beside the field it names, else at the top."""

from django.forms import BaseForm

from comptoir.base.errors import Refusal, Several


def put_on(form: BaseForm, refusal: Refusal | None) -> bool:
    """Whether there was a refusal; the form then says it, each of several beside its own field (E4)."""
    if refusal is None:
        return False
    for one in refusal.refusals if isinstance(refusal, Several) else [refusal]:
        form.add_error(one.field if one.field in form.fields else None, one.sentence)
    return True


def put_rest_on(form: BaseForm, refusal: Refusal | None) -> None:
    """What else is wrong, beside fields that have no fault of shape yet: a form says all it knows at once (E4)."""
    if refusal is None:
        return
    for one in refusal.refusals if isinstance(refusal, Several) else [refusal]:
        if one.field in form.fields and one.field not in form.errors:
            form.add_error(one.field, one.sentence)

"""Who settles a client's invoices, when it is another client: named by its number."""

from django.utils.translation import gettext as _

from comptoir.base.errors import Invalid, Refusal
from comptoir.clients import numbers
from comptoir.clients.keys import number_key
from comptoir.clients.models import Client
from comptoir.organisations.actors import Actor


def payer_of(number: str, *, by: Actor, of: Client | None = None) -> tuple[int | None, list[Refusal]]:
    """The id of the client that number leads to, and what is wrong with it.

    An empty number is nobody. `of`: the client it would pay for, which pays for itself without being named.
    """
    key = number_key(number)
    if not key:
        return None, []
    found = numbers.led_to([key], organisation_id=by.organisation_id).get(key)
    if found is None:
        return None, [Invalid(_("Aucun client ne porte ce numéro."), field="payer_number")]
    if of is not None and found == of.pk:
        sentence = _("Ce client règle déjà ses factures\u00a0: laissez cette case vide.")
        return None, [Invalid(sentence, field="payer_number")]
    return found, []

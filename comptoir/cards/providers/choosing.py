"""Which provider takes the cards of an organisation, with its keys."""

from django.conf import settings
from django.utils.translation import gettext as _

from comptoir.base import sealing
from comptoir.cards.models import CardAccount
from comptoir.cards.providers.seam import CardProvider, ProviderDown
from comptoir.cards.providers.simulated import Simulated
from comptoir.cards.providers.stripe import Stripe
from comptoir.cards.states import Provider
from comptoir.organisations import addresses, queries

PURPOSE = "comptoir.cards.keys"
SIMULATED_PATH = "paiement-simule/"


def provider_of(organisation_id: int, provider: str) -> CardProvider:
    """That provider, in the organisation's name. Refuses: ProviderDown when its account is closed, or not readable."""
    if provider == Provider.SIMULATED and settings.SIMULATED_CARDS:
        organisation = queries.organisation(organisation_id)
        return Simulated(address=addresses.page(organisation, SIMULATED_PATH))
    account = CardAccount.objects.filter(organisation_id=organisation_id).first()
    if provider == Provider.STRIPE and account and (key := _unsealed(account.secret_key)):
        return Stripe(secret_key=key, webhook_secret=_unsealed(account.webhook_secret))
    raise ProviderDown(_("Le paiement par carte n’est pas ouvert\u00a0: choisissez un autre moyen, ou écrivez-nous."))


def sealed(key: str) -> str:
    """A key as it is stored."""
    return sealing.seal(key, purpose=PURPOSE)


def _unsealed(key: str) -> str:
    return sealing.unseal(key, purpose=PURPOSE) if key else ""

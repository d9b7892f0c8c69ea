"""Open and close the account that takes an organisation's cards. Its keys are kept sealed, and never shown again."""

from datetime import datetime
from importlib.util import find_spec

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.administration.rights import require_administrator
from comptoir.base.errors import Invalid, Refusal, refuse_all
from comptoir.cards.models import CardAccount
from comptoir.cards.providers.choosing import sealed
from comptoir.cards.states import Provider
from comptoir.catalogue.commands.rules import stop_cards
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor
from comptoir.organisations.models import Organisation


@transaction.atomic
def open_account(
    *, provider: str, secret_key: str = "", webhook_secret: str = "", by: Actor, at: datetime
) -> None:  # fmt: skip
    """The organisation's activities may take cards, through this provider; a key left empty stays what it was.

    Refuses: Forbidden, Invalid or Several (provider, secret_key, webhook_secret).
    """
    require_administrator(by)
    account = CardAccount.objects.filter(organisation_id=by.organisation_id).first()
    account = account or CardAccount(organisation_id=by.organisation_id)
    secret_key, webhook_secret = secret_key.strip(), webhook_secret.strip()
    refuse_all(_faults(provider, secret_key, webhook_secret, account))
    if provider == Provider.STRIPE:
        account.secret_key = sealed(secret_key) if secret_key else account.secret_key
        account.webhook_secret = sealed(webhook_secret) if webhook_secret else account.webhook_secret
    account.save()
    Organisation.objects.filter(pk=by.organisation_id).update(card_provider=provider)
    journal.record(what="cards.opened", by=by, at=at, detail={"provider": provider})


@transaction.atomic
def close_account(*, by: Actor, at: datetime) -> None:
    """No activity takes cards any more. The keys stay until others come: what was paid may still have to be refunded.

    Refuses: Forbidden.
    """
    require_administrator(by)
    if Organisation.objects.filter(pk=by.organisation_id).exclude(card_provider="").update(card_provider=""):
        stopped = stop_cards(by=by)
        journal.record(what="cards.closed", by=by, at=at, detail={"activities": stopped})


def _faults(provider: str, secret_key: str, webhook_secret: str, account: CardAccount) -> list[Refusal]:
    if provider == Provider.SIMULATED and settings.SIMULATED_CARDS:
        return []
    if provider != Provider.STRIPE:
        return [Invalid(_("Choisissez un prestataire de la liste."), field="provider")]
    if find_spec("stripe") is None:
        said = _(
            "Stripe n’est pas installé ici\u00a0: demandez à votre hébergeur d’ajouter l’option «\u202fstripe\u202f»."
        )
        return [Invalid(said, field="provider")]
    found: list[Refusal] = []
    if not secret_key.startswith(("sk_", "rk_")) if secret_key else not account.secret_key:
        said = _("La clé secrète commence par sk_ ou rk_\u00a0: copiez-la depuis votre tableau de bord Stripe.")
        found.append(Invalid(said, field="secret_key"))
    if not webhook_secret.startswith("whsec_") if webhook_secret else not account.webhook_secret:
        said = _("Le secret de signature commence par whsec_\u00a0: Stripe le montre à côté de l’adresse d’appel.")
        found.append(Invalid(said, field="webhook_secret"))
    return found

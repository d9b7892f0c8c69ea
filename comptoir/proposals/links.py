"""The secret link of a proposal: derived, so that no table holds it; 256 bits, bound to its purpose and its proposal.

A newer proposal has another reference, hence another link: the old one still opens its page, which decides nothing.
"""

from base64 import urlsafe_b64encode
from hmac import compare_digest

from django.utils.crypto import salted_hmac

from comptoir.organisations import addresses
from comptoir.organisations.models import Organisation
from comptoir.proposals.models import DateProposal

PURPOSE = "comptoir.proposals.answer"
YES, NO = "oui", "non"


def link_of(reference: str, *, organisation_id: int) -> str:
    """43 characters that only this deployment's secret key can make: for this organisation and this proposal."""
    digest = salted_hmac(PURPOSE, f"{organisation_id}:{reference}", algorithm="sha256").digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")


def opened_by(reference: str, link: str, *, organisation_id: int) -> DateProposal | None:
    """The proposal that this link opens; None for any other link, in the same time."""
    rows = DateProposal.objects.filter(organisation_id=organisation_id, reference=reference)
    found = rows.select_related("sending", "session__activity", "organisation", "client").first()
    return (
        found if compare_digest(link_of(reference, organisation_id=organisation_id).encode(), link.encode()) else None
    )


def address_of(reference: str, organisation: Organisation, answer: str = "") -> str:
    """The absolute address of its page; `answer` (YES, NO) is what the page offers first, and decides nothing."""
    path = f"dates/{reference}/{link_of(reference, organisation_id=organisation.pk)}/"
    return addresses.page(organisation, path) + (f"?reponse={answer}" if answer else "")

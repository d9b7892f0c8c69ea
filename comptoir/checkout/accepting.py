"""What every order is held against before it is taken: sessions on sale, seats, the terms in force, the client (A3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from comptoir.base.errors import Invalid, Refusal, Several
from comptoir.catalogue import queries as catalogue
from comptoir.catalogue.models import Terms
from comptoir.checkout.fates import Fate
from comptoir.checkout.offers import Offer, extra_problems, offers_called, problems, unavailable, unknown_rate
from comptoir.clients.models import Client
from comptoir.courses.queries import public_among
from comptoir.organisations.actors import Actor
from comptoir.preregistrations.submission import Participant, Submission


class TermsNotAccepted(Invalid):
    """The terms of sale in force were not accepted (A3)."""

    code = "terms-not-accepted"


class StaleBasket(Several):
    """Price, seats, sessions or terms changed since they were shown: nothing was confirmed (T22)."""

    code = "stale-basket"
    kind = "conflict"


@dataclass(frozen=True)
class AtHand:
    """What the caller read this instant, in the same transaction: sessions' offers by reference, the terms in force."""

    offers: Mapping[str, Offer]
    terms: Terms | None


def checked_offers(
    submission: Submission, fate: Fate, *, by: Actor, at: datetime, is_course: bool = False,
    known: AtHand | None = None,
) -> dict[str, Offer]:  # fmt: skip
    """Session reference → its offer, each able to take the people asked for. Refuses: StaleBasket.

    Public courses have a door of their own (`is_course`), so that no other goes round the rule of F2.
    """
    wanted = {one.session for one in submission.participants}
    held = known.offers if known else offers_called(wanted, organisation_id=by.organisation_id, at=at)
    offers = {reference: held[reference] for reference in wanted if reference in held}
    found: list[Refusal] = []
    for reference in sorted(wanted):
        if reference not in offers:
            said = _("La session %(reference)s n’existe pas.") % {"reference": reference}
            found.append(Invalid(said, field="session"))
            continue
        people = [one for one in submission.participants if one.session == reference]
        found += _in_the_way(offers[reference], people, fate, at=at)
    if not is_course and public_among({offer.session.activity_id for offer in offers.values()}):
        said = _("On s’inscrit à une formation publique sur sa page, une personne à la fois.")
        found.append(Invalid(said, field="session"))
    if found:
        raise StaleBasket(found)
    return offers


def _in_the_way(offer: Offer, people: list[Participant], fate: Fate, *, at: datetime) -> list[Refusal]:
    rates = [one.seat_type for one in people]
    if fate == Fate.WAIT:
        refusal = unavailable(offer, at=at) or unknown_rate(offer, rates)
        found = [refusal] if refusal else []
    else:
        found = problems(offer, rates, at=at)
    if fate != Fate.REQUEST and not found:
        found = extra_problems(offer, [one.extras for one in people], is_counted=fate == Fate.BOOK)
    return found


def accepted_terms(submission: Submission, *, by: Actor, known: AtHand | None = None) -> int | None:
    """The id of the terms in force, which were accepted; None when there are none. Refuses: TermsNotAccepted."""
    terms = known.terms if known else catalogue.current_terms(by.organisation_id)
    if terms and submission.terms_version != terms.version:
        said = _("Les conditions générales de vente en vigueur (version %(version)d) n’ont pas été acceptées.")
        raise TermsNotAccepted(said % {"version": terms.version}, field="terms_version")
    return terms.pk if terms else None


def own_client(client_id: int | None, *, by: Actor) -> int | None:
    """The signed-in client's id, when it is one of the organisation's."""
    if client_id is None:
        return None
    mine = Client.objects.filter(pk=client_id, organisation_id=by.organisation_id)
    return mine.values_list("pk", flat=True).first()

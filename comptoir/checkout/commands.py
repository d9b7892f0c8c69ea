"""Confirming a request: from the basket or from the API, through one door (A3, A4, A6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from comptoir.base.errors import Invalid, Refusal, Several
from comptoir.base.money import Price, price, total
from comptoir.catalogue import queries as catalogue
from comptoir.catalogue.models import Session
from comptoir.checkout.offers import Offer, offers, problems
from comptoir.checkout.queries import Review, review
from comptoir.clients.models import Client
from comptoir.organisations.actors import Actor
from comptoir.preregistrations.commands import baskets, requests
from comptoir.preregistrations.commands.requests import Priced, PricedLine
from comptoir.preregistrations.models import Request
from comptoir.preregistrations.payload import LinePart
from comptoir.preregistrations.queries.baskets import request_of
from comptoir.preregistrations.submission import Participant, Submission, check


class TermsNotAccepted(Invalid):
    """The terms of sale in force were not accepted (A3)."""

    code = "terms-not-accepted"


class StaleBasket(Several):
    """Price, seats, sessions or terms changed since they were shown: nothing was confirmed (T22)."""

    code = "stale-basket"
    kind = "conflict"


@dataclass(frozen=True)
class Confirmation:
    """What the requester is told. `created` is False when the same form had been confirmed before."""

    reference: str
    email: str
    created: bool


def confirm(
    *,
    basket_id: int,
    digest: str,
    terms_id: int | None,
    accepted: bool,
    client_id: int | None = None,
    by: Actor,
    at: datetime,
) -> Confirmation:
    """The basket is a request whose file lies in the spool, and its mails are queued; the basket is empty.

    The same basket again is the same confirmation (double click, reload, two tabs: T20). `digest` is the
    review's, as shown. Refuses: Missing, StaleBasket, TermsNotAccepted, Several, SpoolUnavailable.
    """
    seen = review(basket_id, seen_by=by, at=at)
    token = seen.contents.form_token
    if found := request_of(token, organisation_id=by.organisation_id):
        return _finished(found.pk, created=False, at=at)
    _check_fresh(seen, digest, terms_id)
    if seen.terms and not accepted:
        raise TermsNotAccepted(_("Cochez la case pour accepter les conditions générales de vente."), field="accepted")
    submission = seen.contents.submission(seen.terms.version if seen.terms else None)
    confirmation = submit(submission=submission, token=token, client_id=client_id, by=by, at=at)
    baskets.empty(basket_id=basket_id, by=by, at=at)
    return confirmation


def _check_fresh(seen: Review, digest: str, terms_id: int | None) -> None:
    if not seen.lines:
        raise Invalid(_("Votre panier est vide\u00a0: choisissez une session dans le catalogue."), field="basket")
    changed = list(seen.problems)
    if (seen.terms.pk if seen.terms else None) != terms_id:
        changed.append(
            Refusal(_("Les conditions générales de vente ont changé\u00a0: relisez-les avant de confirmer."))
        )
    elif not changed and digest != seen.digest:
        changed.append(Refusal(_("Votre panier a changé depuis cet affichage\u00a0: vérifiez-le avant de confirmer.")))
    if changed:
        raise StaleBasket(changed)


def submit(
    *, submission: Submission, token: str, client_id: int | None = None, by: Actor, at: datetime
) -> Confirmation:
    """A request is recorded at the server's prices, its file written, its mails queued (B1, A7, A8).

    The same token and content again is the same confirmation. Refuses: Several, TokenReused, TermsNotAccepted,
    SpoolUnavailable (nothing was confirmed; the same token may be sent again).
    """
    tidy = check(submission)
    if found := requests.known(token, tidy.digest(), organisation_id=by.organisation_id):
        return _finished(found.pk, created=False, at=at)
    request_id, created = requests.record(_priced(tidy, client_id, by=by, at=at), token=token, by=by, at=at)
    return _finished(request_id, created=created, at=at)


def _finished(request_id: int, *, created: bool, at: datetime) -> Confirmation:
    requests.finish(request_id, at=at)
    reference, email = Request.objects.values_list("reference", "email").get(pk=request_id)
    return Confirmation(reference, email, created)


def _priced(submission: Submission, client_id: int | None, *, by: Actor, at: datetime) -> Priced:
    wanted = {one.session for one in submission.participants}
    ids = dict(
        Session.objects.filter(organisation_id=by.organisation_id, reference__in=wanted).values_list("reference", "pk")
    )
    known = offers(ids.values(), organisation_id=by.organisation_id, at=at)
    _check_possible(submission, ids, known, at=at)
    terms = catalogue.current_terms(by.organisation_id)
    if terms and submission.terms_version != terms.version:
        raise TermsNotAccepted(
            _("Les conditions générales de vente en vigueur (version %(version)d) n’ont pas été acceptées.")
            % {"version": terms.version},
            field="terms_version",
        )
    lines = [_line(one, known[ids[one.session]]) for one in submission.participants]
    client = Client.objects.filter(pk=client_id, organisation_id=by.organisation_id).first() if client_id else None
    return Priced(
        submission, lines, total(_line_prices(lines)), terms.pk if terms else None,
        client.pk if client else None, client.number if client else "",
    )  # fmt: skip


def _check_possible(submission: Submission, ids: dict[str, int], known: dict[int, Offer], *, at: datetime) -> None:
    found: list[Refusal] = []
    for reference in sorted({one.session for one in submission.participants}):
        if reference not in ids:
            found.append(
                Invalid(_("La session %(reference)s n’existe pas.") % {"reference": reference}, field="session")
            )
            continue
        rates = [one.seat_type for one in submission.participants if one.session == reference]
        found += problems(known[ids[reference]], rates, at=at)
    if found:
        raise StaleBasket(found)


def _line(one: Participant, offer: Offer) -> PricedLine:
    session = offer.session
    shown = LinePart(
        session=session.reference, activity=session.activity.title, starts_on=session.starts_on.isoformat(),
        seat_type=offer.rate_name(one.seat_type), first_name=one.first_name, last_name=one.last_name, email=one.email,
        price_cents=offer.price_cents(one.seat_type), vat_bp=session.vat_bp,
    )  # fmt: skip
    return PricedLine(session.pk, one.seat_type, shown)


def _line_prices(lines: Sequence[PricedLine]) -> list[Price]:
    """VAT is computed once for each session and rate, as the basket shows it: the two totals are one (A6)."""
    groups: dict[tuple[int, int | None], list[PricedLine]] = {}
    for line in lines:
        groups.setdefault((line.session_id, line.seat_type_id), []).append(line)
    return [price(group[0].shown.price_cents, group[0].shown.vat_bp, len(group)) for group in groups.values()]

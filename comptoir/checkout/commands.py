"""Confirming a basket, and a request sent through the API: each by one door (A3, A4, A6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.base.errors import Invalid, Refusal
from comptoir.base.money import Price, price, total
from comptoir.bookings.seats import Allotment
from comptoir.checkout.accepting import AtHand, StaleBasket, TermsNotAccepted, accepted_terms, checked_offers
from comptoir.checkout.booking import Order, place
from comptoir.checkout.fates import Fate
from comptoir.checkout.offers import Offer
from comptoir.checkout.queries import Review, ReviewLine, contents_of, review
from comptoir.clients.models import Client
from comptoir.organisations.actors import Actor
from comptoir.preregistrations.commands import baskets, requests
from comptoir.preregistrations.commands.requests import Priced, PricedLine
from comptoir.preregistrations.models import Request
from comptoir.preregistrations.payload import LinePart
from comptoir.preregistrations.queries.baskets import request_of
from comptoir.preregistrations.submission import Participant, Submission, check


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
    method: str = "",
    client_id: int | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """The basket became what its lines are for, and is empty: a request whose file lies in the spool, a booking that
    holds its seats, ranks on waiting lists; the mails are queued.

    All of it or nothing. The same basket again changes nothing (double click, reload, two tabs: T20). `digest` is the
    review's, as shown. Refuses: Missing, StaleBasket, TermsNotAccepted, Invalid on `method`, Several, NoSeatLeft,
    SpoolUnavailable (what was asked for is recorded, and confirmed as soon as the same is sent again).
    """
    with transaction.atomic():  # looked at in its turn: what is agreed to is what is recorded
        seen = review(contents_of(basket_id, seen_by=by), seen_by=by, at=at)
        token, is_done = seen.contents.form_token, seen.contents.confirmed_at is not None
        if not is_done:
            _check_fresh(seen, digest, terms_id)
            if seen.terms and not accepted:
                raise TermsNotAccepted(
                    _("Cochez la case pour accepter les conditions générales de vente."), field="accepted"
                )
            if baskets.seal(basket_id=basket_id, keeps=seen.asks, by=by, at=at):
                _record_all(seen, method, client_id, by=by, at=at)
    if not (is_done or seen.asks):
        return
    if sent := request_of(token, organisation_id=by.organisation_id):
        requests.finish(sent.pk, at=at)
    baskets.empty(basket_id=basket_id, by=by, at=at)


def _record_all(seen: Review, method: str, client_id: int | None, *, by: Actor, at: datetime) -> None:
    contents, version = seen.contents, seen.terms.version if seen.terms else None
    if asked := seen.of(Fate.REQUEST):
        tidy = check(contents.submission(version, [one.line for one in asked]))
        requests.record(_priced(tidy, client_id, by=by, at=at), token=contents.form_token, by=by, at=at)
    read = AtHand({line.offer.session.reference: line.offer for line in seen.lines}, seen.terms)
    orders = []
    if booked := seen.of(Fate.BOOK):
        submission = contents.submission(version, [one.line for one in booked])
        orders.append(Order(submission, contents.form_token, 0, Fate.BOOK, method, client_id, at_hand=read))
    for session_id, lines in groupby(sorted(seen.of(Fate.WAIT), key=_session_id), _session_id):
        submission = contents.submission(version, [one.line for one in lines])
        orders.append(Order(submission, contents.form_token, session_id, Fate.WAIT, client_id=client_id, at_hand=read))
    if len(orders) > 1:  # two baskets with the same sessions the other way round would wait for each other for ever
        Allotment.of([one.line.session_id for one in seen.lines], locked=True)
    for order in orders:
        place(order, by=by, at=at)


def _session_id(line: ReviewLine) -> int:
    return line.line.session_id


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
    known = checked_offers(submission, Fate.REQUEST, by=by, at=at)
    terms_id = accepted_terms(submission, by=by)
    lines = [_line(one, known[one.session]) for one in submission.participants]
    client = Client.objects.filter(pk=client_id, organisation_id=by.organisation_id).first() if client_id else None
    return Priced(
        submission, lines, total(_line_prices(lines)), terms_id,
        client.pk if client else None, client.number if client else "",
    )  # fmt: skip


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

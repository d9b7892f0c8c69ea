"""A visitor's basket: lines put in, changed, taken out; steps 1 and 2 kept as typed. It never holds a seat."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.base.errors import Invalid, Missing, Refusal
from comptoir.base.outcome import Outcome
from comptoir.base.prepared import Prepared, delete, insert, update
from comptoir.base.text import clean_line
from comptoir.base.tokens import new_token
from comptoir.catalogue.models import SeatType, Session
from comptoir.catalogue.sale import obstacles
from comptoir.organisations.actors import Actor
from comptoir.preregistrations.models import Basket, BasketLine
from comptoir.preregistrations.queries.baskets import (
    CLIENT_FIELDS,
    EXTRA,
    KEPT_FOR,
    MOST_LINES,
    MOST_PEOPLE,
    PEOPLE_FIELDS,
    Person,
    digest_of,
)

MOST_EXTRAS = 50  # different add-ons for one person
LONGEST_TYPED = 2100  # kept as typed, also when too long to be accepted; beyond this, nobody typed it


class BasketFull(Refusal):
    """The basket has all the lines it can hold."""

    code = "basket-full"


class NotOnSale(Refusal):
    """Sign-ups to this session are not open, or no longer."""

    code = "not-on-sale"


class AlreadyConfirmed(Refusal):
    """The basket has become a request: it is not changed under the requester's feet (T21)."""

    code = "already-confirmed"


@transaction.atomic
def put_in(
    *, token: str, session_id: int, seat_type_id: int | None = None, quantity: int = 1, by: Actor, at: datetime
) -> str:
    """The session is in the basket at the price of this moment; gives back the cookie's token, new when need be.

    Putting it in twice is putting it in once (a double click), with the larger number of people. A basket
    already confirmed is left alone and another is opened. Refuses: Missing, NotOnSale, Invalid (a rate must be
    chosen, a number of people out of bounds), BasketFull.
    """
    session, seat_type = _wanted(session_id, seat_type_id, by=by, at=at)
    _check_quantity(quantity)
    basket, lines = _usable(token, by=by, at=at), list[BasketLine]()
    if basket is None:
        token = new_token()
        basket = _opened(token, by=by, at=at)
    else:
        lines = _LINES.all(basket=basket.pk)
        update(basket, ["touched_at"])
    line = next((one for one in lines if (one.session_id, one.seat_type_id) == (session.pk, seat_type_id)), None)
    if line is None:
        if len(lines) >= MOST_LINES:
            raise BasketFull(
                _("Votre panier contient déjà %(most)d sessions : validez-le, puis faites-en un second.")
                % {"most": MOST_LINES}
            )
        line = BasketLine(basket=basket, session=session, seat_type=seat_type, quantity=0)
    line.session, line.quantity = session, max(line.quantity, quantity)
    _show_price(line, seat_type)
    if line.pk is None:
        insert([line])
    else:
        update(line, ["quantity", "price_cents", "vat_bp"])
    return token


@transaction.atomic
def change_quantity(*, basket_id: int, line_id: int, quantity: int, by: Actor, at: datetime) -> None:
    """The line is for that many people; those named beyond are forgotten. Refuses: Missing, Invalid."""
    _check_quantity(quantity)
    basket = _locked(basket_id, by=by, at=at)
    line = _line(basket, line_id)
    line.quantity = quantity
    update(line, ["quantity"])
    if named := basket.participants.get(str(line_id)):
        basket.participants[str(line_id)] = named[:quantity]
    update(basket, ["participants", "touched_at"])


@transaction.atomic
def take_out(*, basket_id: int, line_id: int, by: Actor, at: datetime) -> None:
    """The line is gone, and the people named for it; a line already gone is no fault. Refuses: Missing (the basket)."""
    basket = _locked(basket_id, by=by, at=at)
    basket.lines.filter(pk=line_id).delete()
    basket.participants.pop(str(line_id), None)
    update(basket, ["participants", "touched_at"])


@transaction.atomic
def take_price(*, basket_id: int, line_id: int, by: Actor, at: datetime) -> None:
    """The price of this moment is the one shown: the visitor saw it change and goes on (T22). Refuses: Missing."""
    basket = _locked(basket_id, by=by, at=at)
    line = _line(basket, line_id)
    _show_price(line, line.seat_type)
    update(line, ["price_cents", "vat_bp"])
    update(basket, ["touched_at"])


@transaction.atomic
def keep_client(*, basket_id: int, typed: Mapping[str, str], by: Actor, at: datetime) -> None:
    """Step 1 is kept as typed, right or wrong; names of fields not ours are dropped (T23). Refuses: Missing."""
    basket = _locked(basket_id, by=by, at=at)
    basket.client = {name: _storable(typed[name]) for name in CLIENT_FIELDS if name in typed}
    update(basket, ["client", "touched_at"])


@transaction.atomic
def keep_people(
    *, basket_id: int, people: Mapping[int, Sequence[Person]], by: Actor, at: datetime
) -> dict[int, list[Person]]:
    """Step 2 is kept as typed; as many people as a line lists, it is for. Lines not listed stay as they were.

    Gives back what is kept of each line (by its id) that was listed and is there.

    Refuses: Missing, Invalid (more than 50 people on a line).
    """
    basket = _locked(basket_id, by=by, at=at)
    kept: dict[int, list[Person]] = {}
    for line in (one for one in _LINES.all(basket=basket.pk) if one.pk in people):
        listed = kept[line.pk] = [_kept(person) for person in people[line.pk]]
        _check_quantity(len(listed))
        basket.participants[str(line.pk)] = listed
        if line.quantity != len(listed):
            line.quantity = len(listed)
            update(line, ["quantity"])
    update(basket, ["participants", "touched_at"])
    return kept


@transaction.atomic
def empty(*, basket_id: int, by: Actor, at: datetime) -> None:
    """Nothing is left in it but the token its confirmation is found by."""
    basket = _lock(_OF_ID, by=by, at=at, basket=basket_id)
    if basket is None:
        return
    _empty(basket, [])


def seal(*, basket_id: int, keeps: bool, by: Actor, at: datetime) -> bool:
    """The basket is confirmed, in the caller's transaction; False when it already was: two at once, one is first.

    It is empty from then on, unless it `keeps` what it holds until the file of its request is written.
    Refuses: Missing.
    """
    basket = _lock(_OF_ID, by=by, at=at, basket=basket_id)
    if basket is None:
        raise _gone()
    if basket.confirmed_at is not None:
        return False
    basket.confirmed_at = at
    if keeps:
        update(basket, ["confirmed_at", "touched_at"])
    else:
        _empty(basket, ["confirmed_at"])
    return True


def _empty(basket: Basket, changed: list[str]) -> None:
    delete(BasketLine, basket=basket.pk)
    basket.client, basket.participants = {}, {}
    update(basket, [*changed, "client", "participants", "touched_at"])


def forget_old(*, at: datetime, limit: int = 500) -> Outcome[int]:
    """Baskets untouched for a day are gone with all that was typed in them (a round)."""
    old = list(
        Basket.objects.filter(touched_at__lte=at - KEPT_FOR).order_by("touched_at").values_list("pk", flat=True)[:limit]
    )
    Basket.objects.filter(pk__in=old, touched_at__lte=at - KEPT_FOR).delete()
    return Outcome(done=old)


def _wanted(session_id: int, seat_type_id: int | None, *, by: Actor, at: datetime) -> tuple[Session, SeatType | None]:
    session = _SESSION.first(organisation=by.organisation_id, session=session_id)
    if session is None:
        raise Missing(_("Cette session n’est plus proposée."), field="session")
    if obstacles(session, at):
        raise NotOnSale(_("Les inscriptions à cette session ne sont pas ouvertes."), field="session")
    rates = _RATES.all(session=session_id)
    if not rates and seat_type_id is None:
        return session, None
    chosen = next((rate for rate in rates if rate.pk == seat_type_id), None)
    if chosen is None:
        raise Invalid(_("Choisissez un tarif pour cette session."), field="seat_type")
    return session, chosen


def _check_quantity(quantity: int) -> None:
    if not 1 <= quantity <= MOST_PEOPLE:
        sentence = _("Inscrivez de 1 à %(most)d personnes par session.") % {"most": MOST_PEOPLE}
        raise Invalid(sentence, field="quantity")


def _show_price(line: BasketLine, seat_type: SeatType | None) -> None:
    line.price_cents = seat_type.price_cents if seat_type else line.session.price_cents
    line.vat_bp = line.session.vat_bp


def _kept(person: Person) -> Person:
    kept = {name: clean_line(str(person.get(name, "")))[:LONGEST_TYPED] for name in PEOPLE_FIELDS}
    extras = {name: value for name, value in person.items() if EXTRA.fullmatch(name) and value.isdecimal()}
    return kept | {name: value[:3] for name, value in list(extras.items())[:MOST_EXTRAS]}


def _storable(text: str) -> str:
    """As typed, but for its length and the one character no database keeps."""
    return str(text)[:LONGEST_TYPED].replace("\x00", "")


def _usable(token: str, *, by: Actor, at: datetime) -> Basket | None:
    """The visitor's basket, unless it is unknown, forgotten, or has become a request."""
    basket = _lock(_OF_DIGEST, by=by, at=at, digest=digest_of(token)) if token else None
    return None if basket is None or basket.confirmed_at else basket


def _opened(token: str, *, by: Actor, at: datetime) -> Basket:
    basket = Basket(organisation_id=by.organisation_id, digest=digest_of(token), form_token=new_token(), touched_at=at)
    insert([basket])
    return basket


def _locked(basket_id: int, *, by: Actor, at: datetime) -> Basket:
    basket = _lock(_OF_ID, by=by, at=at, basket=basket_id)
    if basket is None:
        raise _gone()
    if basket.confirmed_at:
        raise AlreadyConfirmed(_("Cette demande est déjà enregistrée."))
    return basket


def _gone() -> Missing:
    return Missing(_("Votre panier n’existe plus\u00a0: un panier est oublié après un jour sans usage."))


_SESSION: Prepared[Session] = Prepared(
    lambda organisation, session: Session.objects.filter(organisation_id=organisation, pk=session).select_related(
        "activity"
    )
)
_RATES: Prepared[SeatType] = Prepared(lambda session: SeatType.objects.filter(session=session, is_active=True))
_LINES: Prepared[BasketLine] = Prepared(lambda basket: BasketLine.objects.filter(basket=basket).order_by("pk"))
_OF_DIGEST: Prepared[Basket] = Prepared(
    lambda organisation, digest: Basket.objects.select_for_update().filter(organisation_id=organisation, digest=digest)
)
_OF_ID: Prepared[Basket] = Prepared(
    lambda organisation, basket: Basket.objects.select_for_update().filter(organisation_id=organisation, pk=basket)
)


def _lock(found: Prepared[Basket], *, by: Actor, at: datetime, **which: int | str) -> Basket | None:
    """One at a time in a basket (two tabs, double clicks). Being used, it lives another day: the caller writes that
    with what it changes.
    """
    basket = found.first(organisation=by.organisation_id, **which)
    if basket is None or basket.touched_at <= at - KEPT_FOR:
        return None
    basket.touched_at = at
    return basket


def _line(basket: Basket, line_id: int) -> BasketLine:
    line = basket.lines.select_related("session", "seat_type").filter(pk=line_id).first()
    if line is None:
        raise Missing(_("Cette session n’est plus dans votre panier."), field="session")
    return line

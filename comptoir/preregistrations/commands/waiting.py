"""A request held under lock by whoever works on it: of the organisation, and still to be treated."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from comptoir.base.errors import Forbidden, Missing, Refusal
from comptoir.organisations.actors import Actor
from comptoir.preregistrations.models import Request
from comptoir.preregistrations.states import RequestState


class NotWaiting(Refusal):
    """Somebody integrated it, took it into a run, or put it in the bin meanwhile (T07)."""

    code = "not-waiting"


def own_requests(*, by: Actor) -> QuerySet[Request]:
    """The organisation's requests, to be locked. Refuses: Forbidden."""
    if not by.works_intake:
        raise Forbidden(_("Les pré-inscriptions sont traitées par l’administration et les commerciaux."))
    return Request.objects.select_for_update(of=("self",)).filter(organisation_id=by.organisation_id)


def waiting_request(request_id: int, *, by: Actor) -> Request:
    """The request, locked until the caller commits. Refuses: Forbidden, Missing, NotWaiting."""
    request = own_requests(by=by).filter(pk=request_id).first()
    if request is None:
        raise Missing(_("Cette pré-inscription n’existe pas."))
    if request.state != RequestState.PENDING:
        about = {"reference": request.reference, "state": RequestState(request.state).label}
        raise NotWaiting(_("%(reference)s n’est plus à traiter\u00a0: %(state)s.") % about)
    if request.claim:
        raise taken(request)
    return request


def taken(request: Request) -> NotWaiting:
    """The refusal for a request that a run has taken."""
    about = {"reference": request.reference, "run": request.claim}
    return NotWaiting(_("%(reference)s est prise par l’intégration %(run)s.") % about)

"""A sealed file the database does not know: its request is made from it, unless it was seen before (T10, T13)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.base import words
from comptoir.base.errors import Refusal
from comptoir.catalogue.models import SeatType, Session, Terms
from comptoir.clients.models import Client
from comptoir.journal import commands as journal
from comptoir.organisations.actors import system
from comptoir.organisations.models import Organisation
from comptoir.preregistrations import payload
from comptoir.preregistrations.commands import requests
from comptoir.preregistrations.folder import seal_key
from comptoir.preregistrations.models import Request, RequestLine, SpoolFile
from comptoir.preregistrations.payload import Payload
from comptoir.preregistrations.states import FileState, Origin, RequestState
from comptoir.preregistrations.submission import Participant, Requester, Submission
from comptoir.preregistrations.typed import search_key
from comptoir.spool import reader
from comptoir.spool.parsing import Unreadable
from comptoir.spool.reader import Foreign, ReadFile


class AlreadyKnown(Refusal):
    """The request is known already: a copy, or a file processed before."""

    code = "already-known"


class StillBeingWritten(Refusal):
    """The row appeared meanwhile: the file is one the product is just writing."""

    code = "still-being-written"


def adopt(organisation: Organisation, found: ReadFile, *, at: datetime) -> str:
    """A request exists for this sealed file, waiting in the assistant; answers its reference.

    Refuses: Foreign (seal, organisation), Unreadable (schema, session unknown), AlreadyKnown, StillBeingWritten.
    """
    reader.check_seal(found.payload, seal_key(organisation))
    read = payload.checked(found.payload)
    if read.organisation != organisation.slug:
        raise Foreign(_("Ce fichier est celui d’un autre organisme."))
    _check_new(organisation, read, found)
    with transaction.atomic():
        _make(organisation, read, found, at=at)
        journal.record(what="preregistration.adopted", about=read.reference, by=system(organisation.pk), at=at)
    return read.reference


def _check_new(organisation: Organisation, read: Payload, found: ReadFile) -> None:
    known = Request.objects.filter(organisation=organisation, reference=read.reference).select_related("file").first()
    if known is None:
        return
    if known.file.name == found.name and known.file.state in (FileState.TO_WRITE, FileState.IN_SPOOL):
        raise StillBeingWritten(found.name)
    if known.integrated_at:
        day = words.moment(known.integrated_at)
        raise AlreadyKnown(_("Cette demande a déjà été intégrée %(day)s.") % {"day": day})
    raise AlreadyKnown(_("Copie de la demande %(reference)s, déjà connue.") % {"reference": read.reference})


def _make(organisation: Organisation, read: Payload, found: ReadFile, *, at: datetime) -> None:
    submission = _submission(read)
    typed = {name: value for name, value in found.payload.items() if name != "seal"}
    request = Request.objects.create(
        organisation=organisation, reference=read.reference, token=f"file:{read.reference}",
        content_digest=submission.digest(), origin=Origin.FILE, state=RequestState.PENDING, typed=typed,
        terms=Terms.objects.filter(organisation=organisation, version=read.terms_version or 0).first(),
        authenticated_client=Client.objects.filter(organisation=organisation, number=read.authenticated or "-").first(),
        net_cents=read.total.net_cents, vat_cents=read.total.vat_cents,
        recorded_at=at, confirmed_at=at, search_key=search_key(typed), **requests.columns(submission),
    )  # fmt: skip
    RequestLine.objects.bulk_create(_lines(organisation, request, read))
    SpoolFile.objects.create(
        organisation=organisation, request=request, name=found.name, digest=found.digest, state=FileState.IN_SPOOL
    )


def _submission(read: Payload) -> Submission:
    client, contact = read.client, read.contact
    return Submission(
        Requester(
            kind=client.kind, legal_name=client.legal_name, siret=client.siret, client_number=client.number,
            address=client.address, postcode=client.postcode, city=client.city, first_name=contact.first_name,
            last_name=contact.last_name, email=contact.email, phone=contact.phone, message=read.message,
        ),
        tuple(Participant(line.session, line.first_name, line.last_name, line.email) for line in read.lines),
        read.terms_version,
        "file",
    )  # fmt: skip


def _lines(organisation: Organisation, request: Request, read: Payload) -> list[RequestLine]:
    wanted = {line.session for line in read.lines}
    sessions = dict(
        Session.objects.filter(organisation=organisation, reference__in=wanted).values_list("reference", "pk")
    )
    if missing := wanted - sessions.keys():
        raise Unreadable(_("La session %(reference)s n’existe pas.") % {"reference": min(missing)})
    rates = {
        (session_id, name): pk
        for pk, session_id, name in SeatType.objects.filter(session__in=sessions.values()).values_list(
            "pk", "session_id", "name"
        )
    }
    return [
        RequestLine(
            request=request, position=position, session_id=sessions[line.session],
            seat_type_id=rates.get((sessions[line.session], line.seat_type)), first_name=line.first_name,
            last_name=line.last_name, email=line.email, price_cents=line.price_cents, vat_bp=line.vat_bp,
        )
        for position, line in enumerate(read.lines, 1)
    ]  # fmt: skip

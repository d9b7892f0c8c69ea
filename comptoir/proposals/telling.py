"""The mails that follow an answer: a receipt to whoever answered, word to the organisation, with what was said (D7)."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from comptoir.base import words
from comptoir.base.speaking import in_house
from comptoir.bookings import calendars
from comptoir.catalogue.models import Session
from comptoir.mail import attachments
from comptoir.mail.attachments import Enclosed, File
from comptoir.mail.drafts import Draft
from comptoir.mail.wording.proposals import ANSWER_TO_US, CALLED_OFF, RECEIPT, REMINDER
from comptoir.organisations import addresses
from comptoir.proposals import calendars as invitations
from comptoir.proposals import schedule
from comptoir.proposals.links import NO, YES, address_of
from comptoir.proposals.models import Answer, DateProposal
from comptoir.proposals.states import ProposalState


def values(proposal: DateProposal) -> dict[str, str]:
    """What every mail about a proposal may say: the dates as they were proposed."""
    session, sending = proposal.session, proposal.sending
    dates = words.span(*schedule.first_and_last(sending.schedule, session.time_zone))
    return {
        "contact": proposal.contact_name or proposal.client.legal_name, "client": proposal.client.legal_name,
        "session": f"{session.activity.title}, {dates}", "dates": dates, "place": sending.place,
        "days": schedule.days(sending.schedule, session.time_zone),
        "deadline": schedule.deadline(proposal.deadline_at, session.time_zone, home=proposal.organisation.time_zone),
    }  # fmt: skip


def of_answer(proposal: DateProposal, answer: Answer, *, is_by_hand: bool, at: datetime) -> Iterator[Draft]:
    """The receipt, with the calendar of what was accepted; and word to those here who follow the session."""
    session, organisation, told = proposal.session, proposal.organisation, values(proposal)
    yes = answer.said == ProposalState.ACCEPTED
    said = {"comment": answer.comment, "other_dates": answer.other_dates}
    mine = _("Vous acceptez ces dates.") if yes else _("Vous déclinez ces dates.")
    key = f"answer:{proposal.reference}.{answer.position}"
    yield Draft(
        organisation.pk, RECEIPT.code, f"{key}:client", proposal.to, told | said | {"answer": mine},
        proposal.reference, button=(_("Voir ma réponse"), address_of(proposal.reference, organisation)),
        enclosed=[_confirmed(session, at=at)] if yes else [], organisation=organisation,
    )  # fmt: skip
    if to := _ours(proposal):
        yield _word_to_us(proposal, key, to, said, yes=yes, is_by_hand=is_by_hand)


@in_house
def _word_to_us(
    proposal: DateProposal, key: str, to: list[str], said: dict[str, str], *, yes: bool, is_by_hand: bool
) -> Draft:
    organisation, session = proposal.organisation, proposal.session
    theirs = _("%(client)s accepte ces dates.") if yes else _("%(client)s décline ces dates.")
    note = _("Ces dates avaient été validées à la main\u00a0: elles le restent tant que vous n’y touchez pas.")
    context = values(proposal) | said | {"answer": theirs % {"client": proposal.client.legal_name}}
    page = addresses.page(organisation, f"bureau/sessions/{session.pk}/clients/")
    return Draft(
        organisation.pk, ANSWER_TO_US.code, f"{key}:us", to, context | {"note": note if is_by_hand else ""},
        proposal.reference, button=(_("Voir la session"), page), organisation=organisation,
    )  # fmt: skip


@in_house
def reminder(proposal: DateProposal, number: int) -> Draft:
    """The same question once more; the n-th time."""
    organisation, reference = proposal.organisation, proposal.reference
    return Draft(
        organisation.pk, REMINDER.code, f"proposal:{reference}:reminder.{number}", proposal.to, values(proposal),
        reference, button=(_("J’accepte"), address_of(reference, organisation, YES)),
        second=(_("Je décline"), address_of(reference, organisation, NO)), organisation=organisation,
    )  # fmt: skip


@in_house
def called_off(proposal: DateProposal, *, at: datetime) -> Draft:
    """The session is cancelled: what takes it off the client's calendar."""
    session, organisation = proposal.session, proposal.organisation
    about = proposal.sending.reference
    objects = invitations.cancels(session, organisation, proposal.sending.schedule, at=at)
    own = {"attendee": invitations.attendee((proposal.to or [""])[0], proposal.contact_name)}
    kept = [
        attachments.keep_calendar(name=name, text=text, organisation_id=organisation.pk, about=about, at=at)
        for name, text in invitations.files(session, objects)
    ]
    return Draft(
        organisation.pk, CALLED_OFF.code, f"proposal:{proposal.reference}:called-off", proposal.to, values(proposal),
        proposal.reference, button=(_("Voir le site"), addresses.home(organisation)), organisation=organisation,
        enclosed=[Enclosed(pk, own=own) for pk in kept],
    )  # fmt: skip


def _confirmed(session: Session, *, at: datetime) -> Enclosed:
    file = File(f"{session.reference}.ics", attachments.CALENDAR_TYPE, calendars.calendar([session], at=at))
    who = {"organisation_id": session.organisation_id, "about": session.reference}
    return Enclosed(attachments.keep_file(file, **who, at=at))  # type: ignore[arg-type]


def _ours(proposal: DateProposal) -> list[str]:
    """Who sent it, the session's owner and assistant, each once; the organisation's own address for want of them."""
    session = proposal.session
    people = [place.user for place in (session.owner, session.assistant) if place and place.is_active]
    if proposal.sending.by_user is not None:
        people.insert(0, proposal.sending.by_user)
    found = list(dict.fromkeys(one.email for one in people if one.email and one.is_active))
    other = proposal.organisation.notification_email or proposal.organisation.contact_email
    return found or ([other] if other else [])

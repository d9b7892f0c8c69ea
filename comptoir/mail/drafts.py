"""From a cause and its values to a row of the outbox: words in force, addresses checked, links ours only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from secrets import token_hex
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from comptoir.base.speaking import house, spoken
from comptoir.mail import cleaning, queries, render, sealing
from comptoir.mail.attachments import Enclosed
from comptoir.mail.fate import What, told
from comptoir.mail.kinds import KINDS
from comptoir.mail.models import Message
from comptoir.mail.render import Compiled
from comptoir.mail.states import MailState
from comptoir.mail.wording.kind import Words
from comptoir.organisations import addresses
from comptoir.organisations.models import Organisation


@dataclass(frozen=True)
class Draft:
    """One mail to queue: see `commands.queue` for what each part is.

    It is in the language spoken while it is written: whoever writes to somebody else than who asks speaks theirs
    (`base.speaking`). `words`, when given, are said in place of those in force; `enclosed` is what goes with it, in
    this order.
    """

    organisation_id: int
    kind: str
    key: str
    to: Sequence[str]
    context: Mapping[str, str]
    about: str = ""
    reply_to: str = ""
    button: tuple[str, str] | None = None
    cc: Sequence[str] = ()
    bcc: Sequence[str] = ()
    language: str = field(default_factory=spoken)  # that in which its values were written
    organisation: Organisation | None = None  # when it is at hand: it is not read again
    words: Words | None = None
    enclosed: Sequence[Enclosed] = ()
    second: tuple[str, str] | None = None  # another button, beside the first


@dataclass
class Desk:
    """What many drafts share, looked up once: the organisations, and their words made ready."""

    organisations: dict[int, Organisation] = field(default_factory=dict)
    words: dict[tuple[int, str, str, Words | None], Compiled] = field(default_factory=dict)

    def row(self, draft: Draft, *, at: datetime) -> Message:
        """The row of one draft, not yet saved."""
        organisation = draft.organisation or self._organisation(draft.organisation_id)
        message = _addressed(draft, organisation, at)
        button = draft.button
        if button is not None:
            _refuse_foreign(button[1], organisation)
            if KINDS[draft.kind].is_secret:
                message.secret = sealing.seal(button[1]) if message.state == MailState.QUEUED else ""
                button = (button[0], sealing.placeholder(message.message_id))
        if draft.second is not None:
            _refuse_foreign(draft.second[1], organisation)
        rendered = self._compiled(organisation, draft).render(draft.context, button, draft.second)
        message.subject, message.text, message.html = rendered.subject, rendered.text, rendered.html
        message.values = {} if KINDS[draft.kind].is_secret else dict(draft.context)
        return message

    def _organisation(self, pk: int) -> Organisation:
        if pk not in self.organisations:
            self.organisations[pk] = Organisation.objects.get(pk=pk)
        return self.organisations[pk]

    def _compiled(self, organisation: Organisation, draft: Draft) -> Compiled:
        key = (organisation.pk, draft.kind, draft.language, draft.words)
        if key not in self.words:
            words = draft.words or queries.words_in_force(draft.kind, draft.language, organisation_id=organisation.pk)
            self.words[key] = render.compiled(render.look_of(organisation), words, draft.kind, draft.language)
        return self.words[key]


def new_message_id() -> str:
    """A Message-ID (RFC 5322, 3.6.4) of this deployment, never given twice."""
    return f"{token_hex(16)}@{_host()}"


def _addressed(draft: Draft, organisation: Organisation, at: datetime) -> Message:
    to, wrong = cleaning.sorted_out(list(draft.to))
    cc, wrong_cc = cleaning.sorted_out(list(draft.cc))
    bcc, wrong_bcc = cleaning.sorted_out(list(draft.bcc))
    message = Message(
        organisation=organisation, key=draft.key, kind=draft.kind, message_id=new_message_id(), to=to, cc=cc, bcc=bcc,
        reply_to=_reply_to(draft, organisation), about=draft.about, created_at=at, queued_at=at, next_at=at,
        language=draft.language,
    )  # fmt: skip
    refuse_addresses(message, [*wrong, *wrong_cc, *wrong_bcc], at=at)
    return message


def refuse_addresses(message: Message, wrong: list[str], *, at: datetime) -> None:
    """Addresses nobody can write to are answered for at once; with none left, the mail is refused, not lost."""
    message.answers = {}
    if wrong:
        with house():
            sentence = _("adresse incomplète ou mal écrite")
        message.answers = {one: [553, sentence] for one in wrong}
        message.last_error = f"{', '.join(wrong)}\u00a0: {sentence}"[:300]
    elif not message.recipients:
        with house():
            message.last_error = _("Ce message n’a pas de destinataire.")
    if len(message.answers) == len(set(message.recipients)):
        message.state, message.next_at = MailState.REFUSED, None
        message.fate = told(message.fate, What.REFUSED, at=at, said=message.last_error)


def _reply_to(draft: Draft, organisation: Organisation) -> str:
    choices = (cleaning.line(draft.reply_to), organisation.contact_email)
    return next((one for one in choices if one and cleaning.is_address(one)), "")


def _refuse_foreign(url: str, organisation: Organisation) -> None:
    """A button leads to this deployment, at the address its settings say (T43): anything else is a bug."""
    if not url.startswith((addresses.home(organisation), settings.PUBLIC_URL + "/")):
        raise ValueError(f"mail button outside our address: {urlsplit(url).hostname}")


def _host() -> str:
    return urlsplit(settings.PUBLIC_URL).hostname or "localhost"

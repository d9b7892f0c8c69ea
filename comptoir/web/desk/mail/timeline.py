"""What became of a mail, in sentences: one line in the list, the whole history on its page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comptoir.base import words
from comptoir.mail.fate import What
from comptoir.mail.states import MailState


@dataclass(frozen=True)
class Step:
    """One line of the history."""

    at: datetime
    sentence: str
    said: str = ""  # the server's own words


def remark(message: Any) -> str:
    """What there is to know besides the state: why it waits, since when it is late, what the server said."""
    if message.state == MailState.SENT:
        return _("parti avec retard") if message.is_late else ""
    if message.state == MailState.REFUSED:
        return str(message.last_error)
    if message.state == MailState.QUEUED and message.attempts:
        return _("prochain essai %(moment)s") % {"moment": words.moment_short(message.next_at)}
    return ""


def history(message: Any) -> list[Step]:
    """From the moment it was written to what comes next."""
    steps = [Step(message.created_at, _("Message écrit."))]
    steps += [_told(event) for event in message.fate]
    if message.state == MailState.SENT and message.is_late:
        steps.append(Step(message.sent_at, _("Parti avec retard\u00a0: ce qu’il dit peut ne plus être d’actualité.")))
    if message.state == MailState.QUEUED:
        steps.append(_waiting(message))
    return steps


def answers(message: Any) -> list[tuple[str, str]]:
    """What the server said of each address, where there are several and they do not all fare the same."""
    said = {one: " ".join(str(part) for part in message.answers.get(one, [])) for one in message.recipients}
    if len(set(said.values())) < 2:
        return []
    return [(one, words or _("pas encore de réponse")) for one, words in said.items()]


def _told(event: dict[str, Any]) -> Step:
    what, by = event["what"], event.get("by", "")
    sentences = {
        What.SENT: _("Le serveur l’a pris en charge."),
        What.REFUSED: _("Le serveur l’a refusé."),
        What.DELAYED: _delayed(event.get("times", 1)),
        What.RESENT: _("Renvoyé par %(name)s.") % {"name": by},
        What.CANCELLED: _("Abandonné par %(name)s\u00a0: il ne partira plus.") % {"name": by},
    }
    moment = datetime.fromisoformat(event.get("until", event["at"]))
    return Step(moment, sentences.get(what, what), event.get("said", ""))


def _delayed(times: int) -> str:
    if times == 1:
        return _("Remis à plus tard.")
    return ngettext("Remis %(times)d fois à plus tard.", "Remis %(times)d fois à plus tard.", times) % {"times": times}


def _waiting(message: Any) -> Step:
    if not message.attempts:
        return Step(message.next_at, _("Il attend son tour\u00a0: il part d’habitude dans la seconde."))
    moment = words.moment(message.next_at)
    if message.is_stranded:
        sentence = _("Aucun serveur d’envoi ne répond. Prochain essai %(moment)s, ou dès que l’un répond.")
    else:
        sentence = _("Prochain essai %(moment)s.")
    return Step(message.next_at, sentence % {"moment": moment}, message.last_error)

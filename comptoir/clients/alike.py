"""Everything that shares words with a client's name, ranked: what a person reads through when nothing is sure (G3)."""

from dataclasses import dataclass
from functools import reduce
from math import log
from operator import or_

from django.db.models import Q

from comptoir.clients.keys import town_key
from comptoir.clients.models import Client, CommonWord
from comptoir.clients.queries import clients
from comptoir.clients.recognising import total
from comptoir.clients.vocabulary import EMPTY_WORDS
from comptoir.organisations.actors import Actor

MOST = 60  # ranked and shown
CANDIDATES = 3000  # weighed: a word that more names bear tells nobody anything
LOOKED_FOR = 4  # of its words, the rarest: each one more is one more look through the base


@dataclass(frozen=True)
class Alike:
    """A record, the words it shares, and how much of the name they make (of a hundred, a rare word weighs more)."""

    client: Client
    words: list[str]
    score: int
    is_same_town: bool


def sharing_words(client: Client, *, seen_by: Actor) -> list[Alike]:
    """The records whose name shares whole words with this one's, the most alike first, those of its town before.

    Four statements; one reads the names of the base through.
    """
    words = [word for word in dict.fromkeys(client.name_key.split()) if len(word) > 1 and word not in EMPTY_WORDS]
    if not words:
        return []
    weights = _weights(words, seen_by.organisation_id)
    looked_for = sorted(words, key=lambda word: -weights[word])[:LOOKED_FOR]
    bearing = reduce(or_, (Q(name_key__contains=word) for word in looked_for))
    own = clients(seen_by=seen_by).exclude(pk=client.pk)
    rows = own.filter(bearing).select_related(None).values_list("pk", "name_key", "city")[:CANDIDATES]
    whole, town = sum(weights.values()), town_key(client.city)
    ranked = []
    for pk, name, city in rows:
        shared = [word for word in words if word in name.split()]
        if shared:
            score = round(100 * sum(weights[word] for word in shared) / whole)
            ranked.append((score, bool(town) and town_key(city) == town, name, pk, shared))
    ranked.sort(key=lambda one: (-one[0], not one[1], one[2], one[3]))
    known = clients(seen_by=seen_by).in_bulk([pk for _score, _town, _name, pk, _shared in ranked[:MOST]])
    return [
        Alike(known[pk], shared, score, is_same_town)
        for score, is_same_town, _name, pk, shared in ranked[:MOST]
        if pk in known
    ]


def _weights(words: list[str], organisation_id: int) -> dict[str, float]:
    """How telling each word is in this base, as the last whole search counted."""
    rows = CommonWord.objects.filter(organisation_id=organisation_id, word__in=words)
    seen = dict(rows.values_list("word", "count"))
    among = total(organisation_id) + 10
    return {word: max(log(among / (seen.get(word, 0) + 1)), 0.1) for word in words}

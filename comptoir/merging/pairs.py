"""Pairs a person said are two clients: what was said of the emptied record holds for the kept one (G3, G6)."""

from django.db.models import Q, QuerySet

from comptoir.clients.models import Client, RefusedPair
from comptoir.merging.models import Emptied, Moved

CODE = "refused-pairs"
COLUMNS = frozenset({("clients.RefusedPair", "left"), ("clients.RefusedPair", "right")})


def hand_over(note: Emptied, source: Client, target: Client) -> int:
    """What was refused with the source is refused with the target, and noted; how many pairs moved.

    Stay: the pair of the two themselves, and what was refused with both (said once is enough).
    """
    said = {_other(pair, target) for pair in _of(target)}
    moving = [pair for pair in _of(source) if _other(pair, source) not in said | {target.pk}]
    for pair in moving:
        _name(pair, target, _other(pair, source))
    ids = [pair.pk for pair in moving]
    if ids:
        Moved.objects.create(source=note, holder=CODE, ids=ids)
    return len(ids)


def give_back(ids: list[int], source: Client, target: Client) -> int:
    """Those of these pairs that still name the target name the source again; how many were left (taken back since)."""
    said = {_other(pair, source) for pair in _of(source)}
    back = [pair for pair in _of(target).filter(pk__in=ids) if _other(pair, target) not in said | {source.pk}]
    for pair in back:
        _name(pair, source, _other(pair, target))
    return len(ids) - len(back)


def _of(client: Client) -> QuerySet[RefusedPair]:
    return RefusedPair.objects.filter(Q(left=client) | Q(right=client)).order_by("pk")


def _other(pair: RefusedPair, client: Client) -> int:
    return pair.right_id if pair.left_id == client.pk else pair.left_id


def _name(pair: RefusedPair, client: Client, other_id: int) -> None:
    pair.left_id, pair.right_id = sorted((client.pk, other_id))
    pair.save(update_fields=["left", "right"])

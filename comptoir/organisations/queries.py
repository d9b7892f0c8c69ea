"""Which organisation answers at an address, and who a person is in it."""

from django.db.models import Count, Q, QuerySet

from comptoir.base.errors import Missing
from comptoir.base.prepared import Prepared
from comptoir.organisations.actors import Actor
from comptoir.organisations.models import ApiToken, ConfirmationLevel, Organisation, Staff, Territory
from comptoir.organisations.states import Role
from comptoir.organisations.tokens import digest_of

_BY_SLUG: Prepared[Organisation] = Prepared(lambda slug: Organisation.objects.filter(slug=slug, is_active=True))
_BY_DIGEST: Prepared[ApiToken] = Prepared(
    lambda digest: ApiToken.objects.filter(digest=digest, revoked_at=None, organisation__is_active=True).only(
        "pk", "organisation_id", "name", "scopes", "last_used_on"
    )
)


def by_slug(slug: str) -> Organisation | None:
    """The active organisation served under /slug/."""
    return _BY_SLUG.first(slug=slug)


def by_host(host: str) -> Organisation | None:
    """The active organisation that owns this host name."""
    return Organisation.objects.filter(host__iexact=host, is_active=True).first() if host else None


def organisation(organisation_id: int) -> Organisation:
    """The organisation itself, with its settings."""
    return Organisation.objects.get(pk=organisation_id)


def takes_cards(organisation_id: int) -> bool:
    """Whether the organisation has an account with somebody who takes its cards."""
    return Organisation.objects.filter(pk=organisation_id).exclude(card_provider="").exists()


def named(slug: str) -> Organisation:
    """The organisation of that slug. Refuses: Missing (the command line says so)."""
    found = Organisation.objects.filter(slug=slug).first()
    if found is None:
        raise Missing(f"Aucun organisme « {slug} ».", field="organisation")
    return found


def all_active() -> QuerySet[Organisation]:
    """Every active organisation, by name: the platform's own list, no personal data."""
    return Organisation.objects.filter(is_active=True).order_by("name", "pk")


def actor_of(user_id: int, *, organisation_id: int) -> Actor | None:
    """What this person may do in this organisation now; None when not (or no longer) of its staff (T55)."""
    place = (
        Staff.objects.filter(organisation_id=organisation_id, user_id=user_id, is_active=True, user__is_active=True)
        .select_related("user")
        .first()
    )
    if place is None:
        return None
    return Actor(organisation_id, place.user.full_name, user_id, place.pk, place.role)


def places_of(user_id: int) -> QuerySet[Staff]:
    """Every organisation this person works for, by name."""
    return (
        Staff.objects.filter(user_id=user_id, is_active=True, organisation__is_active=True)
        .select_related("organisation")
        .order_by("organisation__name", "pk")
    )


def staff(*, seen_by: Actor) -> QuerySet[Staff]:
    """The organisation's staff, by name."""
    return (
        Staff.objects.filter(organisation_id=seen_by.organisation_id)
        .select_related("user", "territory")
        .order_by("user__last_name", "user__first_name", "pk")
    )


def administrators(organisation_id: int) -> QuerySet[Staff]:
    """Those who can change the organisation's settings now."""
    return Staff.objects.filter(
        organisation_id=organisation_id, role=Role.ADMINISTRATOR, is_active=True, user__is_active=True
    )


def every() -> QuerySet[Organisation]:
    """Every organisation, active or not, with its number of active administrators: the operator's own list."""
    chosen = Q(staff__role=Role.ADMINISTRATOR, staff__is_active=True, staff__user__is_active=True)
    return Organisation.objects.annotate(administrators=Count("staff", filter=chosen)).order_by("name", "pk")


def territories(*, seen_by: Actor) -> QuerySet[Territory]:
    """The sales territories, by name."""
    return Territory.objects.filter(organisation_id=seen_by.organisation_id).order_by("name", "pk")


def levels(*, seen_by: Actor) -> QuerySet[ConfirmationLevel]:
    """The confirmation levels (B14), in the organisation's order."""
    return ConfirmationLevel.objects.filter(organisation_id=seen_by.organisation_id).order_by("rank", "pk")


def tokens(*, seen_by: Actor) -> QuerySet[ApiToken]:
    """The API tokens, newest first."""
    return ApiToken.objects.filter(organisation_id=seen_by.organisation_id).order_by("-pk")


def actor_of_token(token: str) -> Actor | None:
    """What a program holding this token may do, and for which organisation; None when unknown or revoked."""
    found = _BY_DIGEST.first(digest=digest_of(token))
    if found is None:
        return None
    scopes = frozenset(found.scopes.split())
    return Actor(found.organisation_id, found.name, scopes=scopes, token_id=found.pk, token_used_on=found.last_used_on)

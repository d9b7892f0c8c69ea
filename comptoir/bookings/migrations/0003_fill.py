# What the registrations made before now owe, are found by, and count for. Once here, commands keep it.

from collections import Counter, defaultdict

from django.db import migrations
from django.db.models import Count, OuterRef, Subquery

from comptoir.base.money import price
from comptoir.base.text import email_key, folded

STATES = ("pending", "validated", "cancelled", "withdrawn")
ROWS_AT_ONCE = 1000


def fill(apps, _schema_editor):
    """Registrations first: what bookings owe and what is counted is read from them."""
    booking, registration = apps.get_model("bookings", "Booking"), apps.get_model("bookings", "Registration")
    fill_registrations(booking, registration)
    fill_bookings(booking, registration)
    fill_counts(registration, apps.get_model("bookings", "SeatCount"))


def fill_registrations(booking, registration):
    """Their organisation, the moment they were closed (unknown: their booking's), and what they are found by."""
    own = booking.objects.filter(pk=OuterRef("booking"))
    registration.objects.update(organisation=Subquery(own.values("organisation")[:1]))
    closed = registration.objects.filter(state__in=("cancelled", "withdrawn"))
    closed.update(closed_at=Subquery(own.values("created_at")[:1]))
    some = []
    for row in registration.objects.select_related("booking").order_by("pk").iterator(ROWS_AT_ONCE):
        names = (row.booking.reference, row.last_name, row.first_name, row.booking.contact_name)
        known = [folded(text) for text in names] + [email_key(row.email), email_key(row.booking.contact_email)]
        row.search_key = " ".join(dict.fromkeys(text for text in known if text))
        some.append(row)
        if len(some) == ROWS_AT_ONCE:
            registration.objects.bulk_update(some, ["search_key"])
            some = []
    registration.objects.bulk_update(some, ["search_key"], batch_size=ROWS_AT_ONCE)


def fill_bookings(booking, registration):
    """What the seats held cost, VAT once for those that are alike."""
    held = registration.objects.filter(state__in=("pending", "validated")).order_by("booking_id")
    alike = held.values_list("booking_id", "session_id", "seat_type_id", "price_cents", "vat_bp")
    owed = defaultdict(Counter)
    for one, *kind in alike.iterator(ROWS_AT_ONCE):
        owed[one][tuple(kind)] += 1
    for pk, kinds in owed.items():
        cents = sum(price(kind[2], kind[3], count).gross_cents for kind, count in kinds.items())
        if cents:
            booking.objects.filter(pk=pk).update(owed_cents=cents)


def fill_counts(registration, seat_count):
    """A row for each session and rate that has registrations."""
    counts = defaultdict(dict)
    groups = registration.objects.order_by().values_list("session_id", "seat_type_id", "state").annotate(n=Count("pk"))
    for session_id, rate, state, n in groups:
        counts[session_id, rate][state] = n
    seat_count.objects.bulk_create(
        [
            seat_count(session_id=session_id, seat_type_id=rate, **states)
            for (session_id, rate), states in counts.items()
        ],
        batch_size=ROWS_AT_ONCE,
    )


class Migration(migrations.Migration):
    dependencies = [("bookings", "0002_money_and_counts")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]

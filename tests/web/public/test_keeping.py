"""What may be kept by a proxy, what never, and what a page costs (T51)."""

from datetime import UTC, datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext

from comptoir.web.shared.kept import forget_all
from tests.factories import make_activity, make_seat_type, make_session, make_slot, make_theme, make_user
from tests.web.public.visitor import words


def test_pages_of_nobody_in_particular_may_be_kept(visitor, session):
    for name, parts in (("catalogue", {}), ("activity", {"slug": "sauveteur"}), ("terms", {})):
        answer = visitor.get(name, **parts)
        assert answer.headers["Cache-Control"].startswith("public, max-age=60")
        assert "Cookie" in answer.headers["Vary"]
        assert not answer.cookies
        again = visitor.browser.get(visitor.address(name, **parts), headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304


def test_a_visitor_with_a_basket_is_never_served_somebody_elses(visitor, session):
    nobody = visitor.get("catalogue")
    visitor.put_in(session)
    answer = visitor.get("catalogue")
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert answer.headers["ETag"] != nobody.headers["ETag"]
    for name in ("basket", "client"):
        assert visitor.get(name).headers["Cache-Control"] == "private, no-store"


def test_pages_cost_the_same_whatever_the_catalogue(visitor, activity, terms):
    spent = []
    for number in range(30):
        other = make_activity(visitor.organisation, theme=make_theme(visitor.organisation, f"Thème {number}"))
        make_seat_type(make_session(other))
        made = make_session(activity, city=f"Ville {number}")
        make_slot(made, datetime(2027, 1, 11, 8, tzinfo=UTC), datetime(2027, 1, 11, 11, tzinfo=UTC))
        if number in (1, 29):
            spent.append((cost(visitor, "catalogue"), cost(visitor, "activity", slug="sauveteur")))
    assert spent[0] == spent[1]
    assert max(spent[0]) <= 13


def cost(visitor, name, **parts):
    forget_all()  # a page that is kept costs one statement: here, what making it costs
    with CaptureQueriesContext(connection) as captured:
        visitor.get(name, **parts)
    return len(captured)


def test_a_visitor_without_a_cookie_costs_no_session_and_no_account(visitor, session):
    with CaptureQueriesContext(connection) as captured:
        visitor.get("activity", slug="sauveteur")
        visitor.get("catalogue")
    said = " ".join(query["sql"] for query in captured.captured_queries)
    assert "django_session" not in said
    assert "accounts_user" not in said
    assert "preregistrations_basket" not in said


def test_a_signed_in_person_sees_the_same_catalogue(visitor, session):
    visitor.browser.force_login(make_user())
    assert "Sauveteur secouriste" in words(visitor.get("catalogue"))
    assert visitor.get("catalogue").headers["Cache-Control"] == "private, no-cache"


def test_steps_cost_the_same_for_any_number_of_lines(visitor, terms):
    spent = []
    for number in range(6):
        visitor.put_in(make_session(make_activity(visitor.organisation)), quantity=number + 1)
        if number in (1, 5):
            visitor.client()
            visitor.people("Un", "Deux", "Trois")
            spent.append([cost(visitor, name) for name in ("basket", "client", "people", "review")])
    assert spent[0] == spent[1]
    assert max(spent[0]) <= 16

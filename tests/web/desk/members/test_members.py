"""« Modifier adhérent » and « Validation des comptes », as an administrator works there (E2, E3, E8)."""

import pytest

from comptoir.mail import sealing
from comptoir.mail.models import Message
from comptoir.members.models import Member
from tests import factories as f
from tests.web.desk.desk import Desk, said, words

pytestmark = pytest.mark.django_db
DETAILS = {
    "last_name": "Dupont", "first_name": "Jean", "born_on": "1994-03-07", "phone": "06 12 34 56 78",
    "address": "12 rue des Lilas", "postcode": "83000", "city": "Toulon",
}  # fmt: skip


@pytest.fixture
def organisation():
    return f.make_organisation("adpc-var")


@pytest.fixture
def desk(organisation):
    return Desk(f.make_staff(organisation))


def test_search_then_create_when_absent(desk):
    page = desk.get("members", query={"q": "Dupont Jean"})
    assert "Aucun adhérent de ce nom" in words(page)
    assert 'value="Dupont"' in desk.get("member-new", query={"q": "Dupont Jean"}).content.decode()
    made = desk.post("member-new", data={"last_name": "Dupont", "first_name": "Jean", "email": "", "login": ""})
    assert made.url == desk.address("member", Member.objects.get().pk)
    assert "DUPONT.jean" in words(desk.get("members", query={"q": "dupo"}))


def test_a_missing_address_is_added_on_the_page_then_a_link_leaves(desk, organisation):
    member = f.make_member(organisation, user=f.make_user(email=""), checked=False)
    refused = desk.post("member-link", member.pk)
    assert refused.status_code == 422
    assert "complétez-la d’abord, sur cette page" in words(refused)
    done = desk.post("member-address", member.pk, data={"email": "jean@exemple.fr", "send": "1"}, follow=True)
    assert said(done) == ["Un lien valable 24 heures part à jean@exemple.fr."]
    message = Message.objects.get()
    assert (message.kind, message.to) == ("member-invitation", ["jean@exemple.fr"])
    secret = sealing.unseal(message.secret)
    assert secret.startswith("http")
    assert secret not in done.content.decode()


def test_a_proved_address_gets_the_link_of_a_password(desk, organisation):
    member = f.make_member(organisation)
    desk.post("member-link", member.pk)
    assert Message.objects.get().kind == "password-link"


def test_an_address_that_serves_elsewhere_is_its_owners(desk, organisation):
    member = f.make_member(organisation, user=f.make_staff(f.make_organisation()).user)
    page = desk.post("member-address", member.pk, data={"email": "voleur@exemple.fr"})
    assert (page.status_code, Message.objects.count()) == (422, 0)
    assert "seule la personne" in words(page)


def test_the_details_name_every_fault_and_keep_what_was_typed(desk, organisation):
    member = f.make_member(organisation)
    typed = DETAILS | {"last_name": "Dup0nt", "postcode": "8300", "born_on": "2094-03-07"}
    page = desk.post("member", member.pk, data=typed)
    text = words(page)
    assert page.status_code == 422
    assert "3 réponses sont à revoir" in text
    assert all(f'value="{value}"' in page.content.decode() for value in ("Dup0nt", "8300", "2094-03-07"))
    assert desk.post("member", member.pk, data=DETAILS).status_code == 302


def test_dues_are_recorded_and_taken_back(desk, organisation):
    member = f.make_member(organisation)
    year = "2026"
    data = {"year": year, "amount_cents": "35,00", "paid_on": "2026-01-15", "means": "cheque"}
    page = desk.post("member-dues", member.pk, data=data, follow=True)
    assert "35,00" in words(page)
    again = desk.post("member-dues", member.pk, data=data)
    assert (again.status_code, "déjà enregistrée" in words(again)) == (422, True)
    wrong = desk.post("member-dues", member.pk, data=data | {"amount_cents": "35,001", "means": "lingots"})
    assert "2 réponses sont à revoir" in words(wrong)
    desk.post("member-dues-remove", member.pk, member.dues.get().pk)
    assert not member.dues.exists()


def test_one_is_validated_another_refused_with_its_reason(desk, organisation):
    member = f.make_member(organisation, state="pending")
    assert desk.post("member-validate", member.pk).status_code == 302
    assert desk.post("member-validate", member.pk).status_code == 422
    assert desk.post("member-refuse", member.pk, data={"reason": " "}).status_code == 422
    page = desk.post("member-refuse", member.pk, data={"reason": "Carte illisible."}, follow=True)
    assert "Carte illisible." in words(page)


def test_the_batch_says_whom_it_skipped(desk, organisation):
    good, done = f.make_member(organisation, state="pending"), f.make_member(organisation, last_name="Petit")
    page = desk.post("members-validate", data={"ids": [good.pk, done.pk, "x", "9" * 30]})
    text = words(page)
    assert "1 compte laissé de côté" in text
    assert "Petit Jean : Ce compte est déjà validé." in text
    assert "1 compte est validé." in text
    assert said(desk.post("members-validate", follow=True)) == ["Cochez au moins un compte."]


def test_the_list_says_in_words_and_colour_who_has_no_access(desk, organisation):
    f.make_member(organisation, state="pending", dues=[2026])
    page = desk.get("members-validation")
    assert 'class="unsettled"' in page.content.decode()
    assert "Non validé" in words(page)
    assert words(desk.get("members-validation", query={"etat": "validated"})).count("A0000") == 0


def test_the_accounts_are_paged_and_counted(desk, organisation):
    for number in range(27):
        f.make_member(organisation, last_name=f"Nom{number:02}", state="validated" if number else "pending")
    first = desk.get("members-validation", query={"per_page": "25"})
    assert (len(first.context["rows"]), first.context["page"].count) == (25, 27)
    assert "1–25" in words(first)
    assert "Nom00" in words(first)
    last = desk.get("members-validation", query={"per_page": "25", "avant": "fin"})
    assert [one.last_name for one in last.context["rows"]] == ["Nom25", "Nom26"]
    assert "26–27" in words(last)


@pytest.mark.parametrize("name", ["members", "members-validation"])
def test_the_lists_cost_the_same_for_any_number(desk, organisation, name, django_assert_max_num_queries):
    f.make_member(organisation, state="pending", dues=[2026])
    desk.get(name)
    with django_assert_max_num_queries(50) as one:
        desk.get(name)
    for _number in range(8):
        f.make_member(organisation, state="pending", dues=[2026])
    with django_assert_max_num_queries(50) as many:
        desk.get(name)
    assert len(many) == len(one)


def test_sign_up_is_opened_in_the_settings(desk):
    desk.post("members-settings", data={"is_open": "on", "dues_cents": "40"})
    assert 'value="40,00"' in desk.get("members-settings").content.decode()
    assert desk.post("members-settings", data={"dues_cents": "-3"}).status_code == 422


@pytest.mark.parametrize("role", ["assistant", "sales_rep", "manager"])
def test_administrators_only(organisation, role):
    member = f.make_member(organisation)
    desk = Desk(f.make_staff(organisation, role))
    for name, args in (("members", ()), ("members-validation", ()), ("member", (member.pk,)), ("member-new", ())):
        assert desk.get(name, *args).status_code == 403
    assert desk.get("members-renewals").status_code == 403
    assert desk.post("members-remind", data={"ids": [member.pk]}).status_code == 403
    assert desk.post("member-link", member.pk).status_code == 403

"""Method, options, validation: saved at every step, safe to leave, to go back, to click twice (B9–B17, T16)."""

import pytest

from comptoir.deals.models import Deal
from comptoir.integration.models import Draft, Run
from comptoir.mail.models import Message
from comptoir.organisations.models import Territory
from comptoir.preregistrations.models import Request
from comptoir.web.desk.intake import method as method_page
from tests.factories import NOW, make_client, make_level, make_organisation, make_staff
from tests.integration.conftest import ask
from tests.web.desk.desk import said, words


def go(desk, *, method="identified", to="validation", **options):
    """The way through the steps; answers the last page."""
    desk.post("intake-choice", data={"act": "next"})
    if to == "method":
        return desk.get("intake-method")
    desk.post("intake-method", data={"method": method})
    if to == "options":
        return desk.get("intake-options")
    ticked = {"mail_owner": "on", "mail_assistant": "on", "mail_sales_rep": "on"}
    level = desk.get("intake-options").context["form"]["level"].value() if method != "deals" else ""
    desk.post("intake-options", data=ticked | {"level": level or ""} | options)
    return desk.get("intake-validation")


def validate(desk, page, **changes):
    hidden = {
        "ticket": page.context["standing"].ticket,
        "until": (page.context["until"] or NOW).isoformat(),
        "count": page.context["planned"],
    }
    return desk.post("intake-validation", data=hidden | changes, follow=True)


def test_each_method_says_what_it_would_do(desk, world):
    ask(world, client=world.client)
    ask(world)
    ask(world, legal_name="Inconnu")
    figures = [card["figures"] for card in go(desk, to="method").context["cards"]]
    assert [(one["session"], one["deal"]) for one in figures] == [(0, 3), (2, 1), (1, 2)]


def test_many_requests_are_counted_after_the_page_is_shown(desk, world, monkeypatch):
    monkeypatch.setattr(method_page, "AT_ONCE", 1)
    ask(world)
    ask(world)
    page = words(go(desk, to="method"))
    assert "Calcul en cours…" in page
    assert "?comptes=1" in page
    assert "2 dossiers commerciaux" in words(desk.get("intake-counts"))
    assert "2 dossiers commerciaux" in words(desk.get("intake-method", query={"comptes": "1"}))


def test_only_the_options_of_the_method_are_asked(desk, world):
    Territory.objects.create(organisation=world.organisation, name="Pays de la Loire")
    ask(world)
    assert {"sales_rep", "territory"} <= set(go(desk, method="deals", to="options").context["form"].fields)
    fields = set(go(desk, method="authenticated", to="options").context["form"].fields)
    assert "level" in fields
    assert not {"sales_rep", "territory"} & fields


def test_the_three_mails_are_ticked_and_printing_is_not(desk, world):
    ask(world)
    form = go(desk, to="options").context["form"]
    boxes = ("mail_owner", "mail_assistant", "mail_sales_rep", "print_report")
    assert [bool(form[name].value()) for name in boxes] == [True, True, True, False]
    assert form["level"].value() == world.level.pk


def test_the_dry_run_says_where_each_goes_and_writes_nothing(desk, world):
    known, unknown = ask(world), ask(world, legal_name="Inconnu")
    mails = Message.objects.count()
    page = go(desk)
    text = words(page)
    assert [(row.row.request.pk, row.place, row.reason) for row in page.context["rows"]][1] == (
        unknown.pk, "deal", "client non identifié"
    )  # fmt: skip
    assert known.reference in text
    assert "Intégrer 2 demandes" in text
    assert (Deal.objects.count(), Run.objects.count(), Message.objects.count()) == (0, 0, mails)


def test_the_dry_run_is_filtered_by_place(desk, world):
    ask(world)
    unknown = ask(world, legal_name="Inconnu")
    go(desk)
    rows = desk.get("intake-validation", query={"place": "deal"}).context["rows"]
    assert [row.row.request.pk for row in rows] == [unknown.pk]


def test_the_dry_run_is_not_kept_past_a_correction(desk, world):
    request = ask(world, legal_name="Inconnu")
    assert go(desk).context["rows"][0].place == "deal"
    desk.post("intake-choose-client", request.reference, data={"client": world.client.pk})
    assert desk.get("intake-validation").context["rows"][0].place == "session"


def test_validation_makes_a_run_and_the_assistant_begins_anew(desk, world):
    ask(world)
    answer = validate(desk, go(desk))
    run = Run.objects.get()
    assert answer.redirect_chain[-1][0].endswith(f"/integrations/{run.reference}/")
    assert (run.total, run.method, run.level, run.by_user) == (1, "identified", world.level, world.staff.user)
    assert "En attente" in words(answer)
    assert not Draft.objects.exists()


def test_two_clicks_are_one_run(desk, world):
    ask(world)
    page = go(desk)
    first, second = validate(desk, page), validate(desk, page)
    assert first.redirect_chain == second.redirect_chain
    assert Run.objects.count() == 1


def test_the_back_button_after_the_run_changes_nothing(desk, world):
    ask(world)
    validate(desk, go(desk))
    assert desk.get("intake-validation").url.endswith("/importation/")
    assert desk.get("intake-options").url.endswith("/importation/")


def test_choices_changed_in_another_tab_are_shown_again_before_anything_runs(desk, world):
    ask(world)
    page = go(desk)
    desk.post("intake-method", data={"method": "deals"})
    answer = validate(desk, page)
    assert answer.status_code == 409
    assert "Vos choix ont changé" in words(answer)
    assert not Run.objects.exists()


def test_requests_confirmed_after_the_page_was_shown_wait_for_the_next_run(desk, world):
    ask(world)
    page = go(desk)
    late = ask(world)
    Request.objects.filter(pk=late.pk).update(confirmed_at="2026-11-23T09:00:01Z")
    validate(desk, page)
    assert Run.objects.get().total == 1


@pytest.mark.parametrize("everything", [True, False])
def test_the_second_of_two_is_told_who_took_what(desk, colleague, world, everything):
    mine, both = ask(world), ask(world)
    if not everything:
        desk.post("intake-choice", data={"shown": [mine.pk, both.pk], "ids": [mine.pk, both.pk]})
    page = go(desk)
    colleague.post("intake-choice", data={"shown": [both.pk], "ids": [both.pk]})
    validate(colleague, go(colleague))
    assert "Nadia Ferrand a pris 1 demande" in words(desk.get("intake-method"))
    answer = validate(desk, page)
    assert said(answer)[0] == "1 demande de moins que prévu."
    assert "Nadia Ferrand en a pris 1 avec l’intégration IN-00001." in said(answer)


def test_when_all_were_taken_nothing_is_made(desk, colleague, world):
    request = ask(world)
    page = go(desk)
    validate(colleague, go(colleague))
    answer = validate(desk, page)
    assert answer.status_code == 409
    text = words(answer)
    assert "une autre personne vient peut-être de les prendre" in text
    assert "Nadia Ferrand" in text
    assert Run.objects.count() == 1
    assert Request.objects.get(pk=request.pk).claim == "IN-00001"


def test_a_colleague_at_work_is_named(desk, colleague, world):
    ask(world)
    colleague.post("intake-choice", data={"act": "next"})
    assert "Nadia Ferrand est aussi dans l’assistant" in words(desk.get("intake"))


def test_leaving_at_any_step_loses_nothing(desk, world):
    one, _other = ask(world), ask(world)
    desk.post("intake-choice", data={"shown": [one.pk], "ids": [one.pk], "act": "next"})
    desk.post("intake-method", data={"method": "authenticated"})
    desk.get("home")
    page = desk.get("intake-options")
    assert page.context["ready"] == 1
    assert "Clients authentifiés" in words(page)
    assert desk.get("intake").content.count(b" checked") == 1


def test_a_step_not_reached_leads_to_the_first(desk, world):
    ask(world)
    for name in ("intake-method", "intake-options", "intake-validation"):
        assert desk.get(name).url.endswith("/importation/")


def test_requests_without_their_file_are_named_and_left_out(desk, world):
    lost = ask(world)
    ask(world)
    (world.spool / lost.file.name).unlink()
    desk.post("intake-look-again")
    text = words(go(desk))
    assert "Une demande choisie ne sera pas intégrée" in text
    assert "Intégrer la demande" in text


def test_an_option_of_another_organisation_is_refused(desk, world):
    theirs = make_level(make_organisation("autre"))
    ask(world)
    go(desk, to="options")
    answer = desk.post("intake-options", data={"level": theirs.pk})
    assert answer.status_code == 422
    assert "level" in answer.context["form"].errors


def test_a_method_that_does_not_exist_is_refused(desk, world):
    ask(world)
    go(desk, to="method")
    assert desk.post("intake-method", data={"method": "x"}).status_code == 422


def test_a_neighbours_requests_are_never_counted(desk, world, stranger):
    ask(world)
    make_client(stranger.staff.organisation)
    make_staff(stranger.staff.organisation, "sales_rep")
    assert go(stranger, method="deals").context["planned"] == 0


@pytest.mark.parametrize("count", [1, 3])
def test_the_dry_run_costs_the_same_for_any_number_of_rows(desk, world, count, django_assert_max_num_queries):
    for number in range(count):
        ask(world, legal_name=f"Maison {number}")
    go(desk)
    with django_assert_max_num_queries(38):
        desk.get("intake-validation")

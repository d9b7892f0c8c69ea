"""A question written here is marked as Django's own templates would mark it, and what was typed stays text."""

import html.parser

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.template import engines

from comptoir.web.public.enquiry_forms import EnquiryForm
from comptoir.web.public.forms import ClientForm
from comptoir.web.public.people import PersonForm
from comptoir.web.shared.questions import Renderer, question, unchanging

HOSTILE = '"><script>alert(1)</script>{{ 7|add:1 }}'


class Everything(forms.Form):
    """One of each input."""

    name = forms.CharField(help_text="Comme à l’état civil.", widget=forms.TextInput({"autofocus": True, "x": False}))
    secret = forms.CharField(widget=forms.PasswordInput(render_value=True))
    mail = forms.EmailField(required=False)
    page = forms.URLField(required=False)
    count = forms.IntegerField(min_value=1, required=False)
    day = forms.DateField(required=False)
    at = forms.DateTimeField(required=False)
    hour = forms.TimeField(required=False)
    agreed = forms.BooleanField(required=False)
    hidden = forms.CharField(widget=forms.HiddenInput, required=False)
    long = forms.CharField(widget=forms.Textarea, required=False)
    one = forms.ChoiceField(choices=[("a", "A & B"), ("b", "B")], widget=forms.RadioSelect, required=False)
    place = forms.ChoiceField(
        choices=[("", "Partout"), ("Rhône & Ain", [("1", "<Lyon>"), (2, "Bourg")]), ("3", "Nantes")], required=False
    )
    some = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")], required=False)
    ticked = forms.MultipleChoiceField(
        choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple, required=False
    )


class Marks(html.parser.HTMLParser):
    """The tags, their attributes and the words between them, whatever the spaces."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        """One tag."""
        self.found.append((tag, sorted(attrs, key=str)))

    def handle_data(self, data):
        """Words."""
        if data.strip():
            self.found.append(data.strip())


TYPED = [
    None,
    {},
    dict.fromkeys(Everything.base_fields, HOSTILE) | {"some": ["a"], "ticked": ["b", HOSTILE]},
    {
        "name": "Ève",
        "count": "3",
        "day": "2026-11-26",
        "agreed": "on",
        "one": "a",
        "place": "2",
        "long": "\nune ligne\n",
    },
]


@pytest.mark.parametrize("typed", TYPED)
@pytest.mark.parametrize("name", Everything.base_fields)
def test_the_marks_are_django_s(name, typed):
    ours, theirs = (Everything(typed, renderer=renderer)[name] for renderer in (Renderer(), DjangoTemplates()))
    assert Marks(str(ours)).found == Marks(str(theirs)).found
    alone = [[Marks(str(one.tag())).found for one in field.subwidgets] for field in (ours, theirs)]
    assert alone[0] == alone[1]


def shown(field, **more):
    return engines["django"].from_string("{% question field suffix %}").render({"field": field, **more})


def test_a_fault_is_said_beside_its_field_and_what_was_typed_is_shown_as_typed():
    form = Everything({"name": "", "mail": HOSTILE}, renderer=Renderer())
    page = shown(form["name"]) + shown(form["mail"])
    assert "<script>" not in page
    assert 'class="field invalid"' in page
    assert '<div id="id_name_error">' in page
    assert 'id="id_name_helptext"' in page
    assert "(facultatif)" in shown(form["mail"])
    assert "(facultatif)" not in shown(form["name"])


def test_choices_are_one_question_in_a_fieldset():
    page = shown(Everything({"one": HOSTILE}, renderer=Renderer())["one"])
    assert '<fieldset class="field invalid" id="id_one"' in page
    assert page.count('<div class="choice"><input type="radio"') == 2
    assert '<label for="id_one_0">A &amp; B</label>' in page
    assert '<legend>One <span class="optional">(facultatif)</span></legend>' in page


def test_a_box_stands_before_its_words_and_what_is_hidden_says_nothing():
    form = Everything(renderer=Renderer())
    box = shown(form["agreed"])
    assert box.index("<input") < box.index("<label")
    assert "(facultatif)" not in box
    assert shown(form["hidden"]) == '<input type="hidden" name="hidden" id="id_hidden">'


def test_a_unit_is_glued_to_the_answer():
    assert '<div class="affix"><input' in (page := shown(Everything(renderer=Renderer())["count"], suffix="<€>"))
    assert "<span>&lt;€&gt;</span>" in page


def test_what_is_not_an_input_is_left_to_django():
    form = Everything({}, renderer=Renderer())
    assert "errorlist" in str(form["name"].errors)
    assert Marks(form.as_p()).found == Marks(Everything({}, renderer=DjangoTemplates()).as_p()).found


ANSWERED = [{}, {"city": HOSTILE, "message": f"\n{HOSTILE}\n"}, dict.fromkeys(ClientForm.base_fields, "Ève")]


@pytest.mark.parametrize("typed", ANSWERED)
@pytest.mark.parametrize("is_sent", [False, True])
def test_what_is_kept_of_a_question_changes_none_of_its_marks(typed, is_sent):
    class Copied(ClientForm):
        """The same, with fields of its own: Django makes its `base_fields` anew, and copies them."""

    for _time in range(2):  # the second finds it kept
        ours, theirs = (form(typed) if is_sent else form(initial=typed) for form in (ClientForm, Copied))
        for name in ClientForm.base_fields:
            assert question(ours[name]) == question(theirs[name])


def test_a_form_made_from_an_unchanging_one_says_its_own_words():
    assert "Un besoin particulier" in question(ClientForm()["message"])
    assert "Tout ce qui nous aide" in question(
        EnquiryForm.base_fields["message"].get_bound_field(ClientForm(), "message")
    )
    assert "Un besoin particulier" in question(ClientForm()["message"])


def test_people_on_one_page_have_questions_of_their_own():
    first, second = (PersonForm(prefix=f"p{n}", offered=(), initial={"first_name": f"Ève {n}"}) for n in (1, 2))
    assert 'name="p1-first_name" value="Ève 1"' in question(first["first_name"])
    assert 'name="p2-first_name" value="Ève 2"' in question(second["first_name"])


def test_a_field_added_to_one_page_is_not_on_the_next():
    form = unchanging(type("One", (forms.Form,), {"name": forms.CharField()}))
    page = form()
    page.fields["more"] = forms.CharField()
    assert [*form().fields] == ["name"]
    assert form().fields["name"] is form().fields["name"]

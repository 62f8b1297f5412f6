"""`{% remembered %}`: a part of a page, the same for everybody, made once per version of the content."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Template, TemplateSyntaxError, engines
from django.template.backends.django import Template as Wrapped
from django.test import RequestFactory
from django.utils import timezone, translation

from smartsociety.core.content import Version
from smartsociety.core.templatetags.remembering import PARTS, PersonalError

BACKEND = engines["django"]


@pytest.fixture
def known_variables():
    """Some of these templates ask in vain, on purpose."""


def version(number: int, *, seconds: int = 60) -> Version:
    """A version that is trusted some seconds."""
    until = timezone.now() + timedelta(seconds=seconds)
    return Version(number, until, until)


class Counter:
    """Says how often it was asked."""

    def __init__(self) -> None:
        self.times = 0

    def asked(self) -> int:
        self.times += 1
        return self.times


def shown(template, address: str = "/een/", *, number: int | None = 1, **variables) -> str:
    """What `template` shows at `address` under that version."""
    request = RequestFactory().get(address)
    request.user = AnonymousUser()
    request.content_version = version(number) if number is not None else None
    return Wrapped(template, BACKEND).render(variables, request)


def compiled(text: str) -> Template:
    """A template of the site."""
    return BACKEND.from_string(text).template


COUNTED = "{% remembered counter %}{{ counter.asked }}{% endremembered %}"


def test_part_is_made_once():
    part, counter = compiled(COUNTED), Counter()
    assert [shown(part, counter=counter) for _time in range(3)] == ["1", "1", "1"]


@pytest.mark.parametrize(
    "other",
    [{"address": "/twee/"}, {"address": "/een/?page=2"}, {"number": 2}],
    ids=["another address", "another query", "another version"],
)
def test_part_is_made_anew_for(other):
    part, counter = compiled(COUNTED), Counter()
    assert [shown(part, counter=counter), shown(part, counter=counter, **other)] == ["1", "2"]


def test_part_is_made_anew_in_another_language():
    part = compiled(
        '{% load i18n %}{% remembered by "x" %}{% translate "Knowledge base" %}{% endremembered %}'
    )
    found = [shown(part)]
    with translation.override("en"):
        found.append(shown(part))
    assert found == ["Kennisbank", "Knowledge base"]


def test_two_parts_of_a_page_are_two():
    part = compiled("{% remembered %}een{% endremembered %} {% remembered %}twee{% endremembered %}")
    assert [shown(part), shown(part)] == ["een twee"] * 2


def test_part_by_keys_is_shared_by_addresses():
    part, counter = (
        compiled("{% remembered counter by key %}{{ counter.asked }}{% endremembered %}"),
        Counter(),
    )
    found = [
        shown(part, address, counter=counter, key=key)
        for address, key in (("/een/", "a"), ("/twee/", "a"), ("/twee/", "b"))
    ]
    assert found == ["1", "1", "2"]


def test_nothing_is_remembered_without_a_version():
    part, counter = compiled(COUNTED), Counter()
    assert [shown(part, number=None, counter=counter) for _time in range(2)] == ["1", "2"]


def test_nothing_is_remembered_in_development(settings):
    settings.DEBUG = True
    part, counter = compiled(COUNTED), Counter()
    assert [shown(part, counter=counter) for _time in range(2)] == ["1", "2"]


def test_part_is_made_anew_when_its_time_is_over():
    part, counter = compiled(COUNTED), Counter()
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    found = []
    for seconds in (-1, 60):
        request.content_version = version(1, seconds=seconds)
        found.append(Wrapped(part, BACKEND).render({"counter": counter}, request))
    assert found == ["1", "2"]


@pytest.mark.parametrize("number", [1, None], ids=["remembered", "made anew"])
@pytest.mark.parametrize(
    "asks",
    [
        "{{ user }}",
        "{{ user.name }}",
        "{% if user.is_authenticated %}ja{% endif %}",
        "{% if user %}ja{% endif %}",
        "{% if perms.x %}ja{% endif %}",
        "{% for message in messages %}{{ message }}{% endfor %}",
        "{% csrf_token %}",
        '{% include "components/post_button.html" %}',
    ],
)
def test_part_may_not_ask_who_reads(asks, number):
    """Also when it is not remembered, so that no test can miss it."""
    part = compiled("{% remembered label %}" + asks + "{% endremembered %}")
    with pytest.raises(PersonalError):
        shown(part, number=number, label="Knop")


def test_part_knows_only_what_it_names():
    part = compiled("{% remembered one %}{{ one }}{{ other|default:'niets' }}{% endremembered %}")
    with translation.override("nl"):
        assert shown(part, one="een", other="anders") == "eenniets"


def test_part_knows_its_address_and_nothing_else_of_the_request():
    part = compiled(
        "{% remembered %}{{ request.path }} {{ request.GET.q }} {{ request.get_full_path }}{% endremembered %}"
    )
    assert shown(part, "/een/?q=sensor") == "/een/ sensor /een/?q=sensor"


def test_part_that_is_named_and_not_there_is_a_mistake():
    with pytest.raises(KeyError):
        shown(compiled("{% remembered nothing %}{% endremembered %}"))


def test_part_is_never_remembered_by_what_is_not_there():
    with pytest.raises(KeyError):
        shown(compiled("{% remembered by nothing %}{% endremembered %}"))


def test_part_names_variables_and_no_expressions():
    with pytest.raises(TemplateSyntaxError):
        compiled("{% remembered practice.title %}{% endremembered %}")


def test_part_inside_a_part_and_an_include_still_knows_its_address():
    part = compiled(
        "{% remembered counter %}{{ counter.asked }}"
        "{% remembered counter by request.path %}{{ counter.asked }}{% endremembered %}{% endremembered %}"
    )
    counter = Counter()
    assert [shown(part, address, counter=counter) for address in ("/een/", "/een/?a=1", "/twee/")] == [
        "12",
        "32",
        "45",
    ]


def test_what_is_lazy_is_not_looked_at_while_it_is_remembered():
    part, looked = compiled("{% remembered thing %}{{ thing }}{% endremembered %}"), []

    def thing() -> str:
        looked.append(1)
        return "ding"

    assert [shown(part, thing=thing) for _time in range(2)] == ["ding", "ding"]
    assert len(looked) == 1


def test_parts_weigh_what_they_are_long():
    shown(compiled("{% remembered %}twaalf lang {% endremembered %}"))
    assert PARTS.weight == 12

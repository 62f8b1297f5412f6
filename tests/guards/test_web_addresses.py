"""Every address that people type is one that a browser opens: http or https, asked with one kind of field."""

import re

import pytest
from django import forms
from django.core.exceptions import ValidationError

from knowledgebase.forms.writing import form_field
from knowledgebase.models import Practice
from smartsociety.core.forms import WebAddressField
from tests.guards.sources import modules

HOME = "smartsociety/core/forms.py"


def test_address_is_asked_with_the_field_of_the_house():
    told = {str(path) for path in modules() if re.search(r"forms\.URLField|assume_scheme", path.read_text())}
    assert [path for path in told if not path.endswith(HOME)] == []


@pytest.mark.parametrize("name", ["video_url", "source_url", "data_url", "algorithm_url", "sensor_url"])
def test_addresses_of_a_practice_are_of_the_web(name):
    assert isinstance(form_field(Practice._meta.get_field(name)), WebAddressField)


@pytest.mark.parametrize(
    "address", ["ftp://films.example/film", "ftps://films.example/film", "git@x.example:y"]
)
def test_address_that_no_browser_opens_is_refused(address):
    with pytest.raises(ValidationError):
        WebAddressField().clean(address)


@pytest.mark.parametrize("address", ["http://film.example/", "https://film.example/", "film.example"])
def test_address_of_the_web_is_taken(address):
    assert WebAddressField().clean(address).startswith("http")


def test_field_is_a_url_field_to_browsers():
    assert isinstance(WebAddressField().widget, forms.URLInput)

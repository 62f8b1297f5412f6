"""What every page may ask for."""

from django.test import RequestFactory

from smartsociety.core.context_processors import site
from smartsociety.core.models import SampleLoad


def test_sample_data_are_asked_for_once_and_only_when_used(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        context = site(RequestFactory().get("/"))
    with django_assert_num_queries(1):
        answers = [bool(context["sample_data_loaded"]) for _time in range(2)]

    assert answers == [False, False]


def test_sample_data_are_seen(db):
    SampleLoad.objects.create()

    assert bool(site(RequestFactory().get("/"))["sample_data_loaded"])


def test_development_pages_follow_debug(settings):
    answers = []
    for settings.DEBUG in (True, False):
        answers.append(site(RequestFactory().get("/"))["development_pages"])

    assert answers == [True, False]

"""The register of public bodies: complete, repeatable, and careful with what people wrote."""

from collections import Counter
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alliance.models import Organisation, Theme
from alliance.register import entries, load_register

pytestmark = pytest.mark.django_db

COMPLETE = {"municipality": 342, "province": 12, "water_authority": 21}


def counts():
    return Counter(Organisation.objects.filter(in_register=True).values_list("kind", flat=True))


def everything():
    return list(Organisation.objects.order_by("pk").values())


def test_register_is_complete_and_valid():
    assert load_register().created == COMPLETE
    assert counts() == COMPLETE
    assert not Organisation.objects.filter(is_example=True).exists()
    assert not Organisation.objects.filter(province="").exists()
    for body in Organisation.objects.all():
        body.clean_fields()


def test_register_twice_changes_nothing():
    load_register()
    before = everything()
    again = load_register()
    assert (sum(again.created.values()), again.changed, again.missing) == (0, 0, [])
    assert everything() == before


def test_register_addresses_are_readable_and_do_not_collide():
    load_register()
    slugs = dict(Organisation.objects.values_list("slug", "name"))
    assert slugs["bergen-l"] == "Bergen (L.)"
    assert slugs["bergen-nh"] == "Bergen (NH.)"
    assert slugs["utrecht"] == "Utrecht"
    assert slugs["provincie-utrecht"] == "Provincie Utrecht"
    assert slugs["s-hertogenbosch"] == "'s-Hertogenbosch"
    assert not [slug for slug in slugs if slug[-1].isdigit()]


def test_register_names_lead_to_one_body():
    names = Counter()
    for entry in entries():
        names.update({name.lower() for name in [entry["name"], *entry["aliases"]]})
    assert [name for name, count in names.items() if count > 1] == ["bergen"]


def test_register_keeps_what_people_wrote():
    load_register()
    written = {
        "website": "https://elders.example",
        "description": "Over ons.",
        "email_domains": ["elders.example"],
        "aliases": ["Zo heten wij ook"],
    }
    body = Organisation.objects.filter(slug="waterschap-vechtstromen")
    body.update(**written)
    assert load_register().changed == 0
    assert body.values(*written).get() == written


def test_register_puts_facts_right_and_keeps_the_address():
    load_register()
    facts = everything()
    Organisation.objects.filter(cbs_code="GM0344").update(
        name="Utrecht aan de Vecht", inhabitants=1, in_register=False
    )
    assert load_register().changed == 1
    assert everything() == facts


def test_register_recognises_a_water_authority_by_name():
    known = Organisation.objects.create(
        kind="water_authority", name="Waterschap vechtstromen", slug="vechtstromen"
    )
    assert load_register().created == COMPLETE | {"water_authority": 20}
    known.refresh_from_db()
    assert (known.name, known.slug, known.place, known.in_register) == (
        "Waterschap Vechtstromen",
        "vechtstromen",
        "Almelo",
        True,
    )


def test_register_leaves_examples_alone():
    example = Organisation.objects.create(
        kind="municipality", name="Utrecht", slug="utrecht", is_example=True
    )
    assert load_register().created == COMPLETE
    example.refresh_from_db()
    assert (example.name, example.slug, example.cbs_code, example.in_register) == (
        "Utrecht",
        "utrecht",
        "",
        False,
    )
    assert Organisation.objects.get(cbs_code="GM0344").slug == "utrecht-2"


def test_register_names_bodies_that_are_no_longer_in_the_files(capsys):
    new = Organisation.objects.create(
        kind="municipality", name="Samengevoegd", slug="samengevoegd", cbs_code="GM9998"
    )
    for number, successor in enumerate([None, new]):
        Organisation.objects.create(
            kind="municipality", name=f"Oud {number}", slug=f"oud-{number}", cbs_code=f"GM999{number}",
            in_register=True, successor=successor, succeeded_on=successor and date(2027, 1, 1),
        )  # fmt: skip
    call_command("load_register")
    assert capsys.readouterr().out.splitlines() == [
        "New, municipality: 342",
        "New, province: 12",
        "New, water authority: 21",
        "Changed: 0",
        "No longer in the files: Oud 0",
    ]


def test_register_asks_as_many_queries_for_three_bodies_as_for_one():
    load_register()
    asked = []
    for number in (1, 3):
        chosen = Organisation.objects.order_by("pk").values("pk")[:number]
        Organisation.objects.filter(pk__in=list(chosen.values_list("pk", flat=True))).update(inhabitants=0)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert load_register().changed == number
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_command_loads_the_themes_too():
    call_command("load_register", stdout=StringIO())
    assert Theme.objects.count() == 11

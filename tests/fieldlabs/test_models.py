"""What the nouns of fieldlabs know about themselves, and what the database never lets them become."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.utils import timezone
from django.utils.translation import override

from fieldlabs.models import Case, Fieldlab, Registration
from fieldlabs.models.registration import SEAL
from smartsociety.core.tokens import unsealed
from tests import factories
from tests.database import accepts, refused_by, refused_saying

pytestmark = pytest.mark.django_db
LIFE = {
    Fieldlab: {
        "draft": {"announced", "cancelled"},
        "announced": {"open", "cancelled"},
        "open": {"closed", "held", "cancelled"},
        "closed": {"open", "held", "cancelled"},
        "held": {"reported"},
        "reported": set(),
        "cancelled": set(),
    },
    Registration: {
        "unconfirmed": {"registered", "waiting", "cancelled"},
        "registered": {"cancelled", "attended", "absent"},
        "waiting": {"offered", "attended", "cancelled"},
        "offered": {"registered", "attended", "lapsed", "cancelled"},
        "lapsed": set(),
        "cancelled": set(),
        "attended": {"registered"},
        "absent": {"attended"},
    },
    Case: {
        "proposed": {"accepted", "merged", "withdrawn"},
        "accepted": {"proposed", "answered", "merged", "withdrawn"},
        "answered": set(),
        "merged": set(),
        "withdrawn": set(),
    },
}
MAKE = {
    Fieldlab: lambda status: factories.FieldlabFactory(status=status),
    Registration: factories.registration_at,
    Case: factories.case_at,
}


def belonging_to(model, there: str) -> dict:
    """What goes with a status, so that only the move itself can be refused."""
    if model is Registration:
        gone = {"name": "", "email": "", "user": None} if there in ("cancelled", "lapsed") else {}
        return {"offer_expires_at": timezone.now() if there == "offered" else None, **gone}
    if model is Case:
        needs_fieldlab = there in ("accepted", "answered")
        return {
            "fieldlab": factories.FieldlabFactory() if needs_fieldlab else None,
            "merged_into": factories.CaseFactory() if there == "merged" else None,
        }
    return {}


STEPS = [
    (model, here, there, there in life[here])
    for model, life in LIFE.items()
    for here in life
    for there in life
]


@pytest.mark.parametrize(("model", "here", "there", "allowed"), STEPS)
def test_status_moves_only_along_its_table(model, here, there, allowed):
    thing = MAKE[model](here)
    assert thing.can_become(there) is allowed
    if here != there:  # writing the same status is no move
        more = belonging_to(model, there)
        assert accepts(lambda: model.objects.filter(pk=thing.pk).update(status=there, **more)) is allowed


@pytest.mark.parametrize("model", LIFE)
def test_life_names_every_status(model):
    assert set(LIFE[model]) == set(model.Status.values)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("status_is_known", {"status": "postponed"}),
        ("format_is_known", {"format": "hologram"}),
        (
            "ends_after_it_starts",
            {
                "starts_at": datetime(2027, 3, 4, 9, tzinfo=UTC),
                "ends_at": datetime(2027, 3, 4, 9, tzinfo=UTC),
            },
        ),
        ("has_places", {"capacity": 0}),
        ("reserves_no_more_than_it_has", {"capacity": 5, "reserved_business": 3, "reserved_society": 3}),
        (
            "opens_before_it_closes",
            {
                "registration_opens_at": datetime(2027, 3, 4, 9, tzinfo=UTC),
                "registration_closes_at": datetime(2027, 3, 4, 9, tzinfo=UTC),
            },
        ),
    ],
)
def test_fieldlab_refuses(constraint, fields):
    with refused_by(f"fieldlabs_fieldlab_{constraint}"):
        factories.FieldlabFactory(**fields)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("status_is_known", {"status": "lost"}),
        ("helix_is_known", {"helix": "church"}),
        ("email_is_lower_case", {"email": "Bas@ede.example"}),
        ("one_organisation", {"organisation": None}),
        ("one_organisation", {"organisation_name": "Wijkraad"}),
        ("offer_has_its_deadline", {"status": "offered"}),
        ("offer_has_its_deadline", {"offer_expires_at": datetime(2027, 3, 4, 9, tzinfo=UTC)}),
        ("gone_is_forgotten", {"status": "cancelled"}),
        ("gone_is_forgotten", {"status": "lapsed", "name": "", "email": "", "show_name": True}),
    ],
)
def test_registration_refuses(constraint, fields):
    with refused_by(f"fieldlabs_registration_{constraint}"):
        factories.RegistrationFactory(**fields)


@pytest.mark.parametrize(
    ("constraint", "make", "fields"),
    [
        ("case_status_is_known", factories.CaseFactory, {"status": "lost"}),
        ("case_accepted_has_its_fieldlab", factories.CaseFactory, {"status": "accepted"}),
        ("case_merged_into_another", factories.CaseFactory, {"status": "merged"}),
        ("programmeitem_kind_is_known", factories.ProgrammeItemFactory, {"kind": "party"}),
        ("programmeitem_has_places", factories.ProgrammeItemFactory, {"capacity": 0}),
        (
            "programmeitem_ends_after_it_starts",
            factories.ProgrammeItemFactory,
            {
                "starts_at": datetime(2027, 3, 4, 9, tzinfo=UTC),
                "ends_at": datetime(2027, 3, 4, 9, tzinfo=UTC),
            },
        ),
        (
            "fieldlabinvitation_email_is_lower_case",
            factories.FieldlabInvitationFactory,
            {"email": "A@x.example"},
        ),
    ],
)
def test_other_nouns_refuse(constraint, make, fields):
    with refused_by(f"fieldlabs_{constraint}"):
        make(**fields)


@pytest.mark.parametrize(
    ("constraint", "make", "names"),
    [
        ("sessionchoice_chosen_once", factories.SessionChoiceFactory, ["registration", "item"]),
        ("casedemand_once_per_organisation", factories.CaseDemandFactory, ["case", "organisation"]),
        ("fieldlabinvitation_once_per_address", factories.FieldlabInvitationFactory, ["fieldlab", "email"]),
    ],
)
def test_once_is_enough(constraint, make, names):
    first = make()
    with refused_by(f"fieldlabs_{constraint}"):
        make(**{name: getattr(first, name) for name in names})


def test_database_takes_no_place_away_by_a_smaller_room(fieldlab, registered):
    registered(), registered()
    with refused_saying("2 places are taken"):
        Fieldlab.objects.update(capacity=1)
    Fieldlab.objects.update(capacity=3)


def test_database_gives_no_session_more_people_than_places():
    item = factories.ProgrammeItemFactory(capacity=1)
    factories.SessionChoiceFactory(item=item)
    with refused_saying(f"session {item.pk} is full"):
        factories.SessionChoiceFactory(item=item)
    factories.SessionChoiceFactory.create_batch(
        3, item=factories.ProgrammeItemFactory()
    )  # room for everybody


def test_outcome_refuses_an_unknown_kind():
    with refused_by("fieldlabs_outcome_kind_is_known"):
        factories.OutcomeFactory(kind="rumour")


def test_registration_is_once_per_address_unless_cancelled(registered):
    first = registered(email="bas@almere.example")
    with refused_by("fieldlabs_registration_once_per_person"):
        registered(email="bas@almere.example", status="waiting")
    Registration.objects.filter(pk=first.pk).update(status="cancelled", name="", email="", user=None)
    registered(email="bas@almere.example")
    registered("unconfirmed", email="bas@almere.example")  # whoever typed it proved nothing
    factories.RegistrationFactory(email="bas@almere.example")  # for another fieldlab
    assert Registration.objects.filter(email="bas@almere.example").count() == 3


@pytest.mark.parametrize("seat", ["registered", "offered", "attended", "absent"])
def test_database_gives_no_place_that_is_not_there(fieldlab, registered, seat):
    registered()
    registered(status=seat)
    waiting = registered(status="waiting")
    with refused_saying(f"fieldlab {fieldlab.pk} is full"):
        registered()
    with refused_saying(f"fieldlab {fieldlab.pk} is full"), connection.cursor() as cursor:
        cursor.execute("UPDATE fieldlabs_registration SET status = 'registered' WHERE id = %s", [waiting.pk])


def test_database_counts_neither_the_waiting_nor_the_cancelled(fieldlab, registered):
    for status in ("waiting", "cancelled", "registered", "registered"):
        registered(status=status)
    assert fieldlab.registrations.seated().count() == fieldlab.capacity


def test_database_counts_per_fieldlab(registered):
    registered(), registered()
    assert factories.RegistrationFactory().status == "registered"


@pytest.mark.parametrize(
    ("starts_at", "quarter"),
    [
        (datetime(2027, 1, 1, 8, tzinfo=UTC), "Q1 2027"),
        (datetime(2027, 3, 31, 21, 59, tzinfo=UTC), "Q1 2027"),
        (datetime(2027, 3, 31, 22, 0, tzinfo=UTC), "Q2 2027"),  # midnight in Amsterdam
        (datetime(2027, 7, 15, 8, tzinfo=UTC), "Q3 2027"),
        (datetime(2027, 12, 31, 23, 30, tzinfo=UTC), "Q1 2028"),
    ],
)
def test_fieldlab_is_of_the_quarter_in_which_it_starts_in_amsterdam(starts_at, quarter):
    assert Fieldlab(starts_at=starts_at).quarter == quarter


@pytest.mark.parametrize("status", Fieldlab.Status.values)
def test_fieldlab_is_past_once_held(status):
    assert Fieldlab(status=status).is_past is (status in {"held", "reported"})


@pytest.mark.parametrize(
    ("fields", "location"),
    [
        ({"venue": "De Fabriek", "place": "Ede"}, "De Fabriek, Ede"),
        ({"place": "Ede"}, "Ede"),
        ({"format": "hybrid", "venue": "De Fabriek"}, "De Fabriek"),
        ({"format": "online", "place": "Ede"}, "Online"),
        ({}, ""),
    ],
)
def test_fieldlab_says_where_to_go(fields, location):
    assert Fieldlab(**fields).location == location


@pytest.mark.parametrize(("language", "title"), [("nl", "Voorjaar"), ("en", "Spring")])
def test_fieldlab_speaks_the_language_of_the_page(fieldlab, language, title):
    with override(language):
        assert (str(fieldlab), fieldlab.summary) == (
            title,
            "Samen werken aan casussen.",
        )  # no English summary: Dutch


def test_fieldlab_names_each_organisation_with_a_place_once(fieldlab, registered):
    fieldlab.capacity = 4
    fieldlab.save()
    second, first = (factories.OrganisationFactory(name=name) for name in "BA")
    (
        registered(organisation=second),
        registered(organisation=first, status="attended"),
        registered(organisation=first),
    )
    registered(status="waiting"), registered(status="cancelled")
    assert list(fieldlab.participating_organisations()) == [first, second]


def test_registration_has_a_secret_of_its_own():
    codes = {Registration().code for _number in range(50)}
    assert (len(codes), {len(code) for code in codes}) == (50, {16})


def test_link_of_a_registration_opens_it_and_no_other():
    first, second = Registration(code="a" * 16), Registration(code="b" * 16)
    assert unsealed(SEAL, first.token) == "a" * 16
    assert unsealed(SEAL, first.token.replace("a" * 16, "b" * 16)) is None
    assert (first.token != second.token, unsealed("other", first.token)) == (True, None)


def test_history_of_a_registration_names_no_person(registered):
    registration = registered(name="Bas Bakker", email="bas@almere.example")
    registration.become("cancelled")
    registration.forget()
    registration.save()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pgh_label, status, row_to_json(e)::text FROM fieldlabs_registrationevent e ORDER BY pgh_id"
        )
        rows = cursor.fetchall()
    assert [row[:2] for row in rows] == [("insert", "registered"), ("update", "cancelled")]
    everything = "".join(row[2] for row in rows)
    assert [word for word in ("Bas", "bas@almere.example", registration.code) if word in everything] == []


def test_things_have_addresses_and_names(fieldlab):
    outcome = factories.OutcomeFactory(fieldlab=fieldlab, slug="sensoren", title="Sensoren")
    registration = Registration(organisation_id=3, fieldlab_id=4, status="waiting")
    assert fieldlab.get_absolute_url() == "/fieldlabs/voorjaar/"
    assert outcome.get_absolute_url() == "/fieldlabs/voorjaar/opbrengst/sensoren/"
    assert (str(outcome), str(registration)) == ("Sensoren", "3 → 4 (waiting)")

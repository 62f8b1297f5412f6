"""The sample data: a whole invented alliance, consistent on whatever day it is loaded, and removable."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest
import time_machine
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db.models import Count, F, Q
from django.utils import timezone
from pghistory.models import Event

from alliance.models import (
    AccessRequest,
    BulkDecision,
    Declaration,
    Enquiry,
    Invitation,
    JointInvitation,
    Membership,
    Milestone,
    News,
    Organisation,
    Project,
    Signature,
    Theme,
)
from fieldlabs.models import Case, CaseDemand, Fieldlab, Needs, Outcome, ProgrammeItem, Registration
from fieldlabs.sample import day_in_quarter
from knowledgebase.models import (
    Adoption,
    AdoptionStep,
    Bookmark,
    Collection,
    CollectionItem,
    Need,
    NeedSupport,
    Practice,
    PracticeOrganisation,
    Question,
    ReadCount,
    Subscription,
)
from knowledgebase.permissions import adopting_organisations, can_edit
from smartsociety.core import sample
from smartsociety.core.models import Mail, SampleLoad, User

pytestmark = pytest.mark.django_db

MODELS = (
    SampleLoad, User, Theme, Declaration, Organisation, Membership, Signature, Signature.themes.through,
    JointInvitation, Project, Project.themes.through, Project.partners.through, Milestone, AccessRequest,
    Invitation, BulkDecision, Enquiry, News, Fieldlab, Fieldlab.themes.through, Outcome, Registration, Needs,
    ProgrammeItem, Case, Case.themes.through, CaseDemand, Practice, Practice.themes.through,
    PracticeOrganisation, Adoption, AdoptionStep, Need, NeedSupport, Question, Collection,
    CollectionItem, Bookmark, Subscription, ReadCount,
)  # fmt: skip


def load():
    call_command("load_sample")


def remove():
    call_command("load_sample", "--remove")


def count(model, **conditions):
    return model.objects.filter(**conditions).count()


def content():
    """Every row of every model and the number of audit events; a password that nobody can use differs each time."""
    rows = {model._meta.label: list(model.objects.order_by("pk").values()) for model in MODELS}
    for user in rows["core.User"]:
        del user["password"]
    events = [model for model in apps.get_models() if issubclass(model, Event)]
    return rows | {model._meta.label: model.objects.count() for model in events}


@pytest.fixture
def loaded():
    load()


def test_sample_alliance_shows_every_side_and_every_status(loaded):
    examples = Organisation.objects.filter(is_example=True)
    assert examples.count() == 44
    assert not Organisation.objects.filter(is_example=False, in_register=False).exists()
    assert {organisation.helix for organisation in examples} == {
        "government",
        "business",
        "knowledge",
        "society",
    }
    municipalities = examples.filter(kind="municipality")
    assert municipalities.count() == municipalities.filter(in_register=True, cbs_code="").count() == 17
    assert set(examples.public()) == set(
        examples.filter(Q(in_register=True) | Q(signatures__status__in=["published", "on_hold", "withdrawn"]))
    )
    assert Counter(Signature.objects.values_list("status", flat=True)) == {
        "published": 33, "submitted": 3, "unconfirmed": 1, "rejected": 4, "on_hold": 1, "withdrawn": 1,
        "expired": 1,
    }  # fmt: skip
    assert count(Theme) == 11


def test_sample_declaration_is_our_own_draft(loaded):
    declaration = Declaration.objects.current()
    assert (declaration.version, declaration.is_concept) == (1, True)
    assert declaration.sha256 == declaration.compute_sha256()
    assert not Signature.objects.filter(created_at__lt=declaration.published_at).exists()


def test_sample_fieldlabs_are_six_past_and_four_to_come(loaded):
    fieldlabs = Fieldlab.objects.order_by("starts_at")
    to_come = ["open", "announced", "open", "draft"]
    assert [fieldlab.status for fieldlab in fieldlabs] == [*["reported"] * 5, "held", *to_come]
    assert (Fieldlab.objects.past().count(), Fieldlab.objects.upcoming().count()) == (6, 4)
    assert not Outcome.objects.exclude(fieldlab__status="held").filter(organisation=None).exists()
    assert count(Outcome, organisation=None) == 1
    for fieldlab in fieldlabs:
        assert fieldlab.slug.startswith(fieldlab.quarter.lower().replace(" ", "-"))
        assert (timezone.localtime(fieldlab.starts_at).time().isoformat("minutes")) == "09:30"


def test_sample_registrations_are_of_organisations_that_signed(loaded):
    public = Signature.objects.public().values("organisation")
    unknown = Q(organisation=None)
    gone = Q(status__in=["cancelled", "lapsed", "unconfirmed"])
    assert not Registration.objects.exclude(unknown | gone | Q(organisation__in=public)).exists()
    coming = Fieldlab.objects.with_card_data().filter(status="open").earliest("starts_at")
    assert 0 < coming.taken < coming.capacity == 24
    assert not Registration.objects.filter(created_at__gte=F("fieldlab__starts_at")).exists()
    assert {"attended", "absent"} == set(
        Registration.objects.filter(fieldlab__ends_at__lt=timezone.now()).values_list("status", flat=True)
    )


def test_sample_shows_a_full_fieldlab_and_every_state(loaded):
    full = Fieldlab.objects.with_card_data().filter(status="open").latest("starts_at")
    assert full.taken == full.capacity == 8
    assert set(Registration.objects.values_list("status", flat=True)) == set(Registration.Status.values)
    assert set(Case.objects.values_list("status", flat=True)) == {"proposed", "accepted", "answered"}
    assert Case.objects.unanswered().count() == 2  # one waits, one went by without an answer
    assert count(Needs) == 1


def test_sample_practices_show_success_failure_and_what_is_not_finished(loaded):
    assert Counter(Practice.objects.values_list("status", flat=True)) == {
        "published": 53, "archived": 1, "draft": 2, "submitted": 2, "in_review": 2,
    }  # fmt: skip
    assert Practice.objects.published().filter(phase="stopped").exists()
    assert count(Practice, outcome__isnull=False) == 12
    assert not Practice.objects.exclude(pk__in=Practice.objects.owned_by(is_example=True)).exists()
    assert not Practice.objects.filter(
        outcome__isnull=False, published_at__lt=F("outcome__fieldlab__ends_at")
    ).exists()


def test_sample_practice_travelled_eleven_times(loaded):
    most = Practice.objects.annotate(number=Count("adoptions")).order_by("-number").first()
    assert (most.slug, most.number) == ("parkeersensoren-laadplekken", 11)
    assert Adoption.objects.filter(stage="stopped").exclude(stop_reason="").exists()
    assert not Adoption.objects.filter(steps__reached_on__lt=F("practice__published_at__date")).exists()
    own = Q(practice__parts__role="owner", practice__parts__organisation=F("organisation"))
    assert not Adoption.objects.filter(own).exists()
    for adoption in Adoption.objects.exclude(learned_from=None):
        assert adoption.learned_from in adoption.practice.teachers()


def test_sample_texts_fit_the_forms(loaded):
    for model in (
        Theme,
        Declaration,
        Organisation,
        Signature,
        Project,
        Milestone,
        AccessRequest,
        Invitation,
        Enquiry,
        News,
        Fieldlab,
        Outcome,
        Registration,
        ProgrammeItem,
        Case,
        Practice,
        Adoption,
    ):
        for row in model.objects.all():
            row.clean_fields()


def test_sample_people_have_something_to_do(loaded):
    representative, editor = (
        User.objects.get(email=email) for email in (sample.REPRESENTATIVE, sample.EDITOR_ELSEWHERE)
    )
    adoptable = (
        Practice.objects.published()
        .exclude(adoptions__organisation__memberships__user=representative)
        .first()
    )
    assert [str(organisation) for organisation in adopting_organisations(representative, adoptable)] == [
        "Duinbeek"
    ]
    assert [
        can_edit(editor, draft) for draft in Practice.objects.filter(status="draft", created_by=editor)
    ] == [True]


def test_sample_load_sends_no_mail(loaded):
    assert not Mail.objects.exists()
    assert not apps.get_model("procrastinate", "ProcrastinateJob").objects.exists()


def test_sample_unconfirmed_signature_can_still_be_confirmed(loaded):
    waiting = Signature.objects.get(status="unconfirmed")
    assert waiting.confirmation_expires_at > timezone.now()
    assert len(waiting.confirmation_hash) == 64


def test_sample_twice_changes_nothing():
    load()
    before = content()
    load()
    assert content() == before


def test_sample_in_another_quarter_changes_nothing():
    load()
    before = content()
    with time_machine.travel(timezone.now() + timedelta(days=100)):
        load()
    assert content() == before


@pytest.mark.parametrize(
    "moment",
    ["2026-11-23T12:00Z", "2027-01-01T00:30Z", "2028-02-29T09:00Z", "2026-12-31T22:59Z", "2027-10-31T01:30Z"],
)
def test_sample_is_in_order_whatever_the_day(moment):
    with time_machine.travel(moment):
        load()
        now = timezone.now()
        past = {
            Signature: ["created_at", "confirmed_at", "decided_at", "published_at", "withdrawn_at"],
            Outcome: ["created_at"],
            Registration: ["created_at"],
            Practice: ["created_at", "published_at"],
            Adoption: ["claimed_at"],
        }
        assert not Organisation.objects.filter(is_example=True, created_at__gt=now).exists()
        for model, names in past.items():
            for name in names:
                # The register is made by the clock of the database, which does not travel.
                invented = {"is_example": True} if model is Organisation else {}
                assert not model.objects.filter(**{f"{name}__gt": now}, **invented).exists()
        assert not Practice.objects.filter(checked_on__gt=timezone.localdate()).exists()
        assert not Practice.objects.filter(checked_on__lt=F("published_at__date")).exists()
        assert not Practice.objects.filter(created_at__gt=F("published_at")).exists()
        assert not Practice.objects.filter(published_at__lt=F("outcome__fieldlab__ends_at")).exists()
        assert not Adoption.objects.filter(claimed_at__lt=F("practice__published_at")).exists()
        assert not Signature.objects.filter(mandate_on__gt=F("created_at__date")).exists()
        assert not Signature.objects.filter(confirmed_at__lt=F("created_at")).exists()
        assert not Signature.objects.filter(decided_at__lt=F("confirmed_at")).exists()
        assert not Fieldlab.objects.filter(status__in=["held", "reported"], ends_at__gt=now).exists()
        assert not Fieldlab.objects.filter(status__in=["open", "announced"], starts_at__lt=now).exists()


@pytest.mark.parametrize(
    ("today", "offset", "day"),
    [
        (date(2026, 11, 23), 0, date(2026, 10, 6)),
        (date(2026, 11, 23), 1, date(2027, 1, 5)),
        (date(2026, 11, 23), -1, date(2026, 7, 7)),
        (date(2027, 1, 1), -1, date(2026, 10, 6)),
        (date(2026, 12, 31), -6, date(2025, 4, 8)),
    ],
)
def test_day_in_quarter_counts_from_the_first_monday(today, offset, day):
    assert day_in_quarter(today, offset=offset, week=1, weekday=2) == day


def test_ago_is_earlier_for_more_months_whatever_the_seeds():
    for day in ("2026-11-23", "2027-03-31", "2028-02-29", "2027-03-01"):
        with time_machine.travel(f"{day}T10:00Z"):
            moments = [[sample.ago(months, seed=seed) for seed in range(60)] for months in range(4)]
            assert max(moments[0]) < timezone.now()
            assert all(max(earlier) < min(later) for later, earlier in pairwise(moments))


def test_sample_once_is_loaded_once(capsys):
    load()
    Organisation.objects.filter(slug="duinbeek").update(description="Anders.")
    capsys.readouterr()
    call_command("load_sample", "--once")
    assert capsys.readouterr().out == "Sample data were loaded before.\n"


def test_sample_keeps_what_people_changed():
    load()
    Organisation.objects.filter(slug="duinbeek").update(description="Anders.")
    load()
    assert Organisation.objects.get(slug="duinbeek").description == "Anders."


def test_sample_refuses_the_address_of_a_real_organisation():
    Organisation.objects.create(kind="company", name="Lichtmast", slug="lichtmast")
    with pytest.raises(CommandError, match="address of an example: lichtmast"):
        load()
    assert not SampleLoad.objects.exists()
    assert not User.objects.exists()


def test_sample_removal_leaves_what_is_real():
    call_command("load_register")
    real = list(Organisation.objects.order_by("pk").values())
    load()
    assert count(Organisation, in_register=True, kind="municipality", is_example=False) == 342
    assert count(Organisation, in_register=True, kind="municipality") == 342 + 17
    remove()
    assert list(Organisation.objects.order_by("pk").values()) == real
    stays = {Organisation, Theme, Declaration}
    assert {model for model in MODELS if model.objects.exists()} == stays
    remove()
    load()
    assert count(Practice) == 60


def test_sample_removal_takes_what_people_added_and_leaves_the_work_of_others():
    load()
    example = Organisation.objects.get(slug="maasvoort")
    real = Organisation.objects.create(kind="research", name="Echt", slug="echt")
    travelled = Practice.objects.get(slug="parkeersensoren-laadplekken")
    Adoption.objects.create(practice=travelled, organisation=real, stage="in_use")
    own = Practice.objects.create(
        title="Eigen", slug="eigen", summary="Van ons.", outcome=Outcome.objects.first()
    )
    PracticeOrganisation.objects.create(practice=own, organisation=real, role="owner")
    PracticeOrganisation.objects.create(practice=own, organisation=example, role="partner")
    follower = Organisation.objects.create(kind="company", name="Volgt", slug="volgt")
    Adoption.objects.create(practice=own, organisation=follower, stage="in_use", learned_from=example)
    Practice.objects.create(title="Begonnen", slug="begonnen", summary="", outcome=Outcome.objects.first())
    merged = Organisation.objects.create(
        kind="municipality",
        name="Opgegaan",
        slug="opgegaan",
        successor=example,
        succeeded_on=date(2026, 1, 1),
    )
    start = timezone.now()
    fieldlab = Fieldlab.objects.create(
        slug="echt",
        title_nl="Echt",
        summary_nl="Echt.",
        starts_at=start,
        ends_at=start + timedelta(days=1),
        capacity=5,
        host=real,
    )
    Outcome.objects.create(
        fieldlab=fieldlab,
        slug="van-voorbeeld",
        title="Van een voorbeeld",
        learned="Iets.",
        organisation=example,
    )
    kept = Outcome.objects.create(
        fieldlab=fieldlab, slug="echt", title="Echt", learned="Iets.", organisation=real
    )
    person = User.objects.get(email=sample.REPRESENTATIVE)
    for organisation, email, user in (
        (example, "a@a.example", None),
        (real, person.email, person),
        (real, "b@b.example", None),
    ):
        Registration.objects.create(
            fieldlab=fieldlab, organisation=organisation, email=email, name="Iemand", user=user
        )
    remove()
    left = Organisation.objects.filter(in_register=False).order_by("name")
    assert list(left.values_list("slug", "successor")) == [
        ("echt", None),
        ("opgegaan", None),
        ("volgt", None),
    ]
    assert merged.name == "Opgegaan"
    assert list(Practice.objects.values_list("slug", "outcome")) == [("eigen", None)]
    assert list(PracticeOrganisation.objects.values_list("practice__slug", "organisation__slug")) == [
        ("eigen", "echt")
    ]
    assert list(Adoption.objects.values_list("practice__slug", "learned_from")) == [("eigen", None)]
    assert list(Fieldlab.objects.all()) == [fieldlab]
    assert list(Outcome.objects.all()) == [kept]
    assert list(Registration.objects.values_list("email", flat=True)) == ["b@b.example"]
    assert not User.objects.exists()

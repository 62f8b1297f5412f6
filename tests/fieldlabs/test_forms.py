"""What people may type for fieldlabs."""

import pytest
from django.utils.translation import override

from fieldlabs.forms.fieldlab import FieldlabForm
from fieldlabs.forms.outcome import OutcomeStartForm
from fieldlabs.models import Fieldlab
from smartsociety.core.forms import save_answers
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> dict:
    """A valid fieldlab as staff fill it in."""
    return {
        "title_nl": "Voorjaar",
        "summary_nl": "Samen.",
        "starts_at": "2027-04-08T09:30",
        "ends_at": "2027-04-08T17:00",
        "format": "on_site",
        "capacity": "40",
    }


def errors(form) -> dict[str, list[str]]:
    """The English errors of `form`."""
    with override("en"):
        return {name: list(words) for name, words in form.errors.items()}


def test_fieldlab_form_reads_the_clock_of_amsterdam(plan):
    form = FieldlabForm(plan)
    assert errors(form) == {}
    assert form.cleaned_data["starts_at"].isoformat() == "2027-04-08T09:30:00+02:00"


@pytest.mark.parametrize("name", ["title_nl", "summary_nl", "starts_at", "ends_at", "format", "capacity"])
def test_fieldlab_form_needs(plan, name):
    assert errors(FieldlabForm(plan | {name: ""})) == {name: ["This field is required."]}


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"ends_at": "2027-04-08T09:30"}, {"__all__": ["The end must be later than the start."]}),
        (
            {"format": "hologram"},
            {"format": ["Select a valid choice. hologram is not one of the available choices."]},
        ),
    ],
)
def test_fieldlab_form_refuses_what_cannot_be(plan, changed, wrong):
    assert errors(FieldlabForm(plan | changed)) == wrong


@pytest.mark.parametrize("capacity", ["0", "-1", "veel"])
def test_fieldlab_form_refuses_a_fieldlab_without_places(plan, capacity):
    assert FieldlabForm(plan | {"capacity": capacity}).is_valid() is False


@pytest.mark.parametrize(("form", "name"), [(FieldlabForm, "host"), (OutcomeStartForm, "organisation")])
def test_signatories_can_be_host_or_owner(form, name):
    signatory = factories.SignatureFactory(published=True).organisation
    factories.SignatureFactory(submitted=True)
    factories.OrganisationFactory()
    assert list(form().fields[name].queryset) == [signatory]


def test_room_is_never_smaller_than_the_places_taken(plan):
    fieldlab = factories.FieldlabFactory(capacity=3)
    factories.RegistrationFactory.create_batch(2, fieldlab=fieldlab)
    form = FieldlabForm(plan | {"capacity": 1}, instance=fieldlab)
    assert errors(form) == {"capacity": ["2 places are taken already."]}
    assert FieldlabForm(plan | {"capacity": 2}, instance=fieldlab).is_valid()


def test_form_saves_its_own_fields_and_leaves_what_a_colleague_changed(plan):
    fieldlab = factories.FieldlabFactory(status="open")
    form = FieldlabForm(plan, instance=Fieldlab.objects.get(pk=fieldlab.pk))
    assert form.is_valid()
    Fieldlab.objects.update(status="closed")

    save_answers(form)

    fieldlab.refresh_from_db()
    assert (fieldlab.status, fieldlab.title_nl) == ("closed", plan["title_nl"])

"""What belongs to each model: a factory, a name for people, an address when it has a page, a moment with its person."""

import factory
import pytest
from django.apps import apps
from django.db import models
from pghistory.models import Event

from smartsociety.core.validators import one_line, plain_line, plain_text
from tests import factories
from tests.guards.sources import LABELS

MODELS = [
    model
    for model in apps.get_models()
    if model._meta.app_label in LABELS and not issubclass(model, Event) and not model._meta.auto_created
]
# Rows that a person opens at an address of their own.
PUBLIC = {
    "alliance.Declaration",
    "alliance.Organisation",
    "alliance.Project",
    "alliance.Signature",
    "fieldlabs.Case",
    "fieldlabs.Fieldlab",
    "fieldlabs.Outcome",
    "knowledgebase.Collection",
    "knowledgebase.Need",
    "fieldlabs.Report",
    "knowledgebase.GroundRule",
    "knowledgebase.Practice",
    "knowledgebase.Publication",
}
# The mark of sample data has one row and no fields to fill; changes are counted by the database itself.
WITHOUT_FACTORY = {"core.ContentChange", "core.SampleLoad"}
# Each with its reason.
WITHOUT_HISTORY = {
    "alliance.SignatureDraft",  # not yet said
    "alliance.Theme",  # a list that staff keep
    "core.ContentChange",  # only counted
    "core.Mail",  # a copy of what was sent
    "core.RateCount",  # a count that passes
    "core.SampleLoad",  # a mark
    "knowledgebase.AdoptionDraft",  # not yet said
    "knowledgebase.AdoptionStep",  # is itself a history that never changes
    "knowledgebase.Bookmark",  # of one person, for nobody else
    "knowledgebase.CollectionItem",  # a part of a collection, which keeps its own
    "knowledgebase.NeedOffer",  # said once
    "knowledgebase.NeedSupport",  # comes and goes
    "knowledgebase.ReadCount",  # a count
    "knowledgebase.Subscription",  # of one person, for nobody else
    "fieldlabs.Needs",  # apart, and gone the night after
    "fieldlabs.PersonalAgenda",  # only a key
    "knowledgebase.EvidenceStep",  # is a history itself
    "knowledgebase.Remark",  # part of a review
    "knowledgebase.Review",  # a round of reading, kept as it ended
    # The index: made anew from what it indexes.
    *("search.Entry", "search.Word", "search.PostingList", "search.Outdated", "search.Pending"),
    *("search.GramList", "search.PackedWords"),
    "search.AskedCount",  # a count
    *("search.Synonym", "search.SpecialWord"),  # lists that staff keep
    "fieldlabs.QuestionnaireAnswer",  # anonymous: a history would put answers in order
    "fieldlabs.QuestionnaireInvitation",  # it goes when it is answered, without a trace
}
# Texts that the portal makes itself, and those that have a form of their own.
NOT_TYPED = {
    *("alliance.Organisation.cbs_code", "alliance.Organisation.kvk_number"),
    *("core.Consent.language", "core.Consent.wording", "core.RateCount.key", "core.User.password"),
    # Put together from texts that are checked.
    *("core.Mail.subject", "core.Mail.text", "core.Mail.html", "core.Mail.language", "core.Mail.kind"),
    "core.Mail.last_error",
    "knowledgebase.Remark.field",
    "knowledgebase.Subscription.query",
    *("search.Entry.digest", "search.Entry.labels", "search.Entry.passages", "search.Entry.title"),
    *("search.AskedCount.words", "search.GramList.gram", "search.Word.stem", "search.Word.text"),
}
MADE_BY_US = ("code", "extension", "key", "sha256", "text_sha256", "token_hash", "confirmation_hash")
FACTORIES = {
    made._meta.model: made
    for made in vars(factories).values()
    if isinstance(made, type) and issubclass(made, factory.django.DjangoModelFactory)
}


def label(model) -> str:
    """`app.Model`."""
    return model._meta.label


@pytest.mark.parametrize(
    "model", [model for model in MODELS if label(model) not in WITHOUT_FACTORY], ids=label
)
def test_model_has_a_factory_that_makes_two_different_rows(db, model):
    first, second = FACTORIES[model].create_batch(2)
    if model._meta.label != "alliance.Declaration":  # there is one version 1
        assert first.pk != second.pk


@pytest.mark.parametrize("model", MODELS, ids=label)
def test_model_has_a_name_for_people(model):
    assert "__str__" in vars(model)
    assert (model._meta.label in WITHOUT_FACTORY) or model._meta.verbose_name


@pytest.mark.parametrize("model", MODELS, ids=label)
def test_model_has_an_address_when_it_has_a_page(db, visitor, model):
    assert hasattr(model, "get_absolute_url") is (label(model) in PUBLIC)
    if label(model) in PUBLIC:
        traits = {
            "alliance.Signature": {"published": True},
            "fieldlabs.Report": {"published": True},
        }.get(label(model), {})
        row = FACTORIES[model](**traits)
        assert visitor.get(row.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("model", MODELS, ids=label)
def test_model_keeps_its_history_unless_it_is_listed(model):
    assert hasattr(model, "pgh_event_models") is (label(model) not in WITHOUT_HISTORY)


@pytest.mark.parametrize("model", MODELS, ids=label)
def test_status_has_a_table_of_transitions_and_a_trigger(model):
    has_status = any(field.name == "status" for field in model._meta.fields)
    triggers = {trigger.name for trigger in getattr(model._meta, "triggers", [])}
    assert ("transitions" in triggers) is has_status
    assert hasattr(model, "TRANSITIONS") is has_status


@pytest.mark.parametrize("model", MODELS, ids=label)
def test_field_is_named_after_what_it_holds(model):
    """Moments end in `_at`, days in `_on`, people in `_by`; a moment of a person has its person."""
    django_names = {"date_joined", "last_login"}
    fields = [field for field in model._meta.local_fields if field.name not in django_names]
    kinds = {"_at": models.DateTimeField, "_on": models.DateField}
    for field in fields:
        ending = next((ending for ending, kind in kinds.items() if type(field) is kind), "")
        assert field.name.endswith(ending), field


@pytest.mark.parametrize("model", MODELS, ids=label)
def test_choices_are_kept_by_the_database_too(model):
    """Except languages, which settings give, and what holds several (those have a rule of their own)."""
    rules = " ".join(
        str(constraint.condition)
        for constraint in model._meta.constraints
        if hasattr(constraint, "condition")
    )
    loose = {
        field.name for field in model._meta.local_fields
        if field.choices and field.name != "language" and f"'{field.name}__in'" not in rules
    }  # fmt: skip
    assert loose == set()


@pytest.mark.parametrize("model", MODELS, ids=label)
def test_text_that_people_type_refuses_what_cannot_be_seen(model):
    """On the field, so that no form forgets it; a line may also be one that is typed in a field of several."""
    lines = (one_line, plain_line, plain_text)
    checked = {models.CharField: lines, models.TextField: (plain_text,)}
    loose = {
        f"{label(model)}.{field.name}"
        for field in model._meta.local_fields
        if type(field) in checked
        and not field.choices
        and not (field.name in MADE_BY_US and not field.editable)
        and not any(check in field.validators for check in checked[type(field)])
    }
    assert loose - NOT_TYPED == set()


def test_list_of_what_nobody_types_names_fields_that_are_there():
    names = {f"{label(model)}.{field.name}" for model in MODELS for field in model._meta.local_fields}
    assert NOT_TYPED - names == set()


def test_factories_are_of_our_models():
    assert set(FACTORIES) == {model for model in MODELS if label(model) not in WITHOUT_FACTORY}

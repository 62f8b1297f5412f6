"""What somebody must know who wants to take a practice over; it can follow after publication."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alliance.models import BuildingBlock
from knowledgebase.models.choices import (
    SIZE_CHOICES,
    Area,
    Cost,
    DataOwner,
    Dpia,
    Effort,
    Funding,
    Gap,
    LegalBasis,
    Procurement,
    Wanted,
    YesNo,
)
from smartsociety.core.validators import one_line, plain_text


def _one(label: str, choices: type[models.TextChoices]) -> models.CharField:
    return models.CharField(label, max_length=20, choices=choices, default="unknown")


def _some(label: str, choices) -> ArrayField:
    return ArrayField(
        models.CharField(max_length=20, choices=choices), verbose_name=label, default=list, blank=True
    )


def _note(label: str, length: int = 400) -> models.TextField:
    return models.TextField(label, max_length=length, blank=True, validators=[plain_text])


class Reusable(models.Model):
    """Money, hours, supply, law, data and code, conditions, fit. `gaps` tells of a note why it has no text."""

    building_blocks = _some(_("building blocks"), BuildingBlock)
    cost_once = _one(_("one-off costs"), Cost)
    cost_yearly = _one(_("costs per year"), Cost)
    cost_once_follower = _one(_("one-off costs for a follower"), Cost)
    cost_yearly_follower = _one(_("costs per year for a follower"), Cost)
    cost_note = _note(_("about the costs"), 600)
    funding = _some(_("funding"), Funding)
    funding_note = _note(_("about the funding"))
    funding_is_lasting = _one(_("paid for after the trial"), YesNo)

    effort = _one(_("own hours"), Effort)
    effort_follower = _one(_("hours for a follower"), Effort)
    effort_note = _note(_("hours per role"), 600)
    lead_time_months = models.PositiveSmallIntegerField(_("lead time in months"), null=True, blank=True)

    supplier_note = _note(_("who can supply it"))
    supplier_alternative = _note(_("an alternative to the supplier"))
    procurement = _one(_("how it was bought"), Procurement)
    procurement_note = _note(_("about the procurement"))

    legal_basis = _one(_("legal basis"), LegalBasis)
    legal_note = _note(_("about the legal basis"), 500)
    personal_data = _one(_("personal data"), YesNo)
    dpia = _one(_("DPIA"), Dpia)
    dpia_done_on = models.DateField(_("date of the DPIA"), null=True, blank=True)
    dpia_note = _note(_("about the DPIA"))
    algorithm = _one(_("algorithm"), YesNo)
    algorithm_url = models.URLField(_("address in the algorithm register"), blank=True)
    sensors = _one(_("sensors"), YesNo)
    sensor_url = models.URLField(_("address in the sensor register"), blank=True)
    ethics_note = _note(_("ethics and residents"))
    principles = _one(_("tested against the principles for the digital society"), YesNo)
    principles_note = _note(_("about the principles"))

    source_url = models.URLField(_("source code"), blank=True)
    licence = models.CharField(
        _("licence of the source code"), max_length=40, blank=True, validators=[one_line]
    )
    maintainer = models.CharField(
        _("who maintains the code"), max_length=200, blank=True, validators=[one_line]
    )
    data_owner = _one(_("who owns the data"), DataOwner)
    data_url = models.URLField(_("open data"), blank=True)
    standards_note = _note(_("standards and links to other systems"))

    needs_legal = _note(_("needed by law"))
    needs_technical = _note(_("needed technically"))
    needs_organisation = _note(_("needed in the organisation"))
    needs_support = _note(_("needed support"))

    specific_note = _note(_("what is specific to us"), 600)
    adapt_note = _note(_("what you must adapt"), 600)
    fits_sizes = _some(_("suitable for municipalities of"), SIZE_CHOICES)
    fits_areas = _some(_("suitable for areas"), Area)
    fits_without_ict = _one(_("possible without own ICT team"), YesNo)
    wanted = _some(_("wanted"), Wanted)
    wanted_note = _note(_("about what is wanted"))

    gaps = models.JSONField(_("questions answered without text"), default=dict, blank=True)

    class Meta:
        abstract = True


FIELDS = [field for field in Reusable._meta.local_fields if field.name != "gaps"]
# Open questions: text, or one of `Gap`.
NOTES = tuple(field.name for field in FIELDS if isinstance(field, models.TextField))
ONE_OF = {field.name: [value for value, _label in field.choices] for field in FIELDS if field.choices}
SOME_OF = {
    field.name: [value for value, _label in field.base_field.choices]
    for field in FIELDS
    if isinstance(field, ArrayField)
}


def answers_are_known() -> list[models.CheckConstraint]:
    """The rules that keep every choice to its values."""
    return [
        models.CheckConstraint(
            name="%(app_label)s_%(class)s_answers_are_known",
            condition=Q(**{f"{name}__in": values for name, values in ONE_OF.items()}),
        ),
        models.CheckConstraint(
            name="%(app_label)s_%(class)s_chosen_are_known",
            condition=Q(**{f"{name}__contained_by": values for name, values in SOME_OF.items()}),
        ),
    ]


def gap_label(value: str) -> str:
    """The words of a gap, empty when there is none."""
    return str(Gap(value).label) if value in Gap.values else ""

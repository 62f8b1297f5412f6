"""What was asked and published some time ago, so that it is looked at now."""

from datetime import timedelta

from django.utils import timezone

from knowledgebase.models import Need
from tests import factories


def earlier(need: Need) -> Need:
    """Asked and matched an hour ago, by people of the organisations that ask."""
    asking = [(need.organisation, need.created_by)]
    asking += [(support.organisation, support.joined_by) for support in need.supports.all()]
    for organisation, person in asking:
        if person and not organisation.memberships.filter(user=person).exists():
            factories.MembershipFactory(organisation=organisation, user=person)
    Need.objects.filter(pk=need.pk).update(matched_at=timezone.now() - timedelta(hours=1))
    return need


def published(**fields):
    """A practice that was published ten minutes ago."""
    return factories.PracticeFactory(published_at=timezone.now() - timedelta(minutes=10), **fields)

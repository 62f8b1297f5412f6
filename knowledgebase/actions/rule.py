"""What happens to a ground rule: whole or not at all."""

from datetime import date

from django.db import transaction
from django.db.models import Max

from fieldlabs.models import Outcome
from knowledgebase.models import GroundRule, RuleVersion
from smartsociety.core.models import User
from smartsociety.core.revisions import ChangedMeanwhile


@transaction.atomic
def propose(*, rule: GroundRule, text: str, public_value: str, by: User) -> GroundRule:
    """A new ground rule with its first wording."""
    rule.save()
    RuleVersion.objects.create(rule=rule, number=1, text=text, public_value=public_value, created_by=by)
    return rule


@transaction.atomic
def agree(*, rule: GroundRule, outcome: Outcome, agreed_on: date, by: User) -> GroundRule:
    """A fieldlab agreed on it. Raises InvalidTransition when that happened before."""
    rule = _lock(rule)
    rule.become(GroundRule.Status.AGREED)
    rule.outcome, rule.agreed_on = outcome, agreed_on
    rule.save()
    return rule


@transaction.atomic
def reword(
    *, rule: GroundRule, revision: int, text: str, public_value: str, reason: str, by: User
) -> RuleVersion:
    """Another wording is a new version; a rule that was agreed is revised by it. A retired one stays as it was.

    Raises ChangedMeanwhile when there is a newer version than number `revision`.
    """
    rule = _lock(rule)
    number = rule.versions.aggregate(last=Max("number"))["last"]
    if number != revision:
        raise ChangedMeanwhile(rule)
    if rule.status in (GroundRule.Status.AGREED, GroundRule.Status.RETIRED):
        rule.become(GroundRule.Status.REVISED)
        rule.save()
    return RuleVersion.objects.create(
        rule=rule, number=number + 1, text=text, public_value=public_value, reason=reason, created_by=by
    )


@transaction.atomic
def retire(*, rule: GroundRule, by: User) -> GroundRule:
    """It no longer holds; it stays to be read. Raises InvalidTransition when it was retired before."""
    rule = _lock(rule)
    rule.become(GroundRule.Status.RETIRED)
    rule.save()
    return rule


def _lock(rule: GroundRule) -> GroundRule:
    return GroundRule.objects.select_for_update().get(pk=rule.pk)

"""A need that goes to a fieldlab as a case, with all who look for it; and who leaves is taken back from there."""

from datetime import timedelta

import pytest
from django.utils import timezone

from fieldlabs.actions.case import merge_case
from knowledgebase.actions import need as actions
from knowledgebase.models import Need
from tests import factories
from tests.mailbox import newest
from tests.needs import earlier, published
from tests.pages import shown

pytestmark = pytest.mark.django_db


def test_need_becomes_a_case_with_all_who_look_for_it(representative, visitor):
    theme = factories.ThemeFactory()
    need = factories.NeedFactory(slug="delen", title="Palen delen", organisation=representative.organisation)
    need.themes.add(theme)
    support = factories.NeedSupportFactory(need=need)
    for _again in range(2):
        representative.post("/en/kennisbank/zoekvragen/delen/fieldlab/")
    need.refresh_from_db()
    case = need.case
    assert (case.title, case.organisation, case.status) == ("Palen delen", need.organisation, "proposed")
    assert list(case.themes.all()) == [theme]
    assert list(case.demands.values_list("organisation", flat=True)) == [support.organisation_id]
    assert type(case).objects.count() == 1
    assert "Brought to a fieldlab as a case:" in shown(visitor.get("/en/kennisbank/zoekvragen/delen/"))


def test_others_do_not_bring_it_to_a_fieldlab(everyone):
    factories.NeedFactory(slug="delen")
    statuses = {
        who: client.post("/kennisbank/zoekvragen/delen/fieldlab/").status_code
        for who, client in everyone.items()
    }
    assert {who for who, status in statuses.items() if status == 403} == {
        "stranger", "representative", "editor", "secretariat",
    }  # fmt: skip


def test_what_nobody_has_a_practice_for_goes_to_the_next_fieldlab():
    long_ago = timezone.now() - actions.UNMATCHED_FOR - timedelta(hours=1)
    factories.PracticeFactory(title="Laadpalen delen")
    unmatched = factories.NeedFactory(title="Hittestress meten", created_at=long_ago)
    factories.NeedFactory(title="Laadpalen delen", created_at=long_ago)
    factories.NeedFactory(title="Bodemvocht volgen")
    factories.NeedFactory(title="Zonnedaken tellen", created_at=long_ago, status="closed")
    assert (actions.bring_unmatched(), actions.bring_unmatched()) == (1, 0)
    assert list(Need.objects.exclude(case=None)) == [unmatched]


def test_practice_from_its_own_case_is_told_and_shown_in_whatever_words(visitor):
    need = earlier(factories.NeedFactory(title="Laadpalen delen", slug="delen", case=factories.CaseFactory()))
    made = published(title="Regen vasthouden", outcome=factories.OutcomeFactory(case=need.case))
    published(title="Hittestress meten", outcome=factories.OutcomeFactory(case=factories.CaseFactory()))
    assert (actions.tell_matches(), actions.tell_matches()) == (1, 0)
    text = newest("knowledgebase/need_matched").text
    assert ("Regen vasthouden" in text, "Hittestress" in text) == (True, False)
    assert list(visitor.get("/kennisbank/zoekvragen/delen/").context["made_for_it"]) == [made]


def test_practice_that_fits_twice_is_told_once():
    need = earlier(factories.NeedFactory(title="Laadpalen delen", case=factories.CaseFactory()))
    published(title="Laadpalen delen", outcome=factories.OutcomeFactory(case=need.case))
    assert actions.tell_matches() == 1
    assert newest("knowledgebase/need_matched").text.count("Laadpalen delen:") == 1


def test_need_whose_case_was_withdrawn_is_brought_again(representative):
    need = factories.NeedFactory(
        slug="delen", organisation=representative.organisation, case=factories.CaseFactory(status="withdrawn")
    )
    assert representative.get("/kennisbank/zoekvragen/delen/").context["may_bring"]
    representative.post("/kennisbank/zoekvragen/delen/fieldlab/")
    before, need = need, Need.objects.get()
    assert (need.case_id == before.case_id, need.case.status, need.is_brought) == (False, "proposed", True)


def test_who_joins_after_a_fieldlab_took_it_counts_there_too(representative):
    need = factories.NeedFactory()
    actions.bring_to_fieldlab(need=need, by=representative.user)
    for _time in range(2):
        actions.join(need=need, organisation=representative.organisation, by=representative.user)
    need.refresh_from_db()
    assert [demand.organisation for demand in need.case.demands.all()] == [representative.organisation]


def test_who_leaves_is_not_counted_at_the_case_any_more_until_it_comes_back(representative):
    need, ours = factories.NeedFactory(slug="delen"), representative.organisation
    stays = factories.NeedSupportFactory(need=need)
    actions.join(need=need, organisation=ours, by=representative.user)
    actions.bring_to_fieldlab(need=need, by=representative.user)
    case = Need.objects.get().case
    address, counted = "/kennisbank/zoekvragen/delen/meezoeken/", []
    for said in ({}, {"leave": ours.pk}, {"organisation": ours.pk}):
        if said:
            representative.post(address, said)
        counted.append({demand.organisation for demand in case.demands.all()})
    assert counted == [{stays.organisation, ours}, {stays.organisation}, {stays.organisation, ours}]


def test_who_told_the_fieldlab_itself_still_counts_there_after_leaving_the_need(representative):
    need, ours = factories.NeedFactory(case=factories.CaseFactory()), representative.organisation
    factories.CaseDemandFactory(case=need.case, organisation=ours)
    actions.join(need=need, organisation=ours, by=representative.user)
    actions.leave(need=need, organisation=ours, by=representative.user)
    assert [demand.organisation for demand in need.case.demands.all()] == [ours]


def test_who_leaves_is_taken_back_from_the_case_that_its_own_was_merged_into(representative, programme):
    need, into = factories.NeedFactory(), factories.CaseFactory()
    early, late = factories.OrganisationFactory.create_batch(2)
    actions.join(need=need, organisation=early, by=representative.user)
    actions.bring_to_fieldlab(need=need, by=representative.user)
    merge_case(case=Need.objects.get().case, into=into, by=programme.user)
    actions.join(need=need, organisation=late, by=representative.user)
    assert {demand.organisation for demand in into.demands.all()} == {need.organisation, early, late}
    for organisation in (early, late):
        actions.leave(need=need, organisation=organisation, by=representative.user)
    assert [demand.organisation for demand in into.demands.all()] == [need.organisation]

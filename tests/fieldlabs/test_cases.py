"""Cases: proposed, decided about, and asked by others too."""

from datetime import timedelta

import pytest
from django.utils import timezone

from fieldlabs.actions import case as actions
from fieldlabs.models import Case
from smartsociety.core.states import InvalidTransition
from tests import factories
from tests.mailbox import links_in, newest, queued
from tests.pages import english, messages_of, sign_in_before

pytestmark = pytest.mark.django_db
ASKED = {"title": "Laadplekken", "question": "Is een laadplek vrij?", "language": "nl"}


@pytest.fixture
def case(db):
    """Proposed by a municipality, by a person with an address."""
    return factories.CaseFactory(slug="laadpalen", created_by=factories.UserFactory(email="vera@ede.example"))


def test_people_of_a_signatory_propose_a_case(representative):
    page = representative.get("/fieldlabs/casussen/indienen/")
    assert list(page.context["form"].fields["organisation"].queryset) == [representative.organisation]
    answer = representative.post(
        english("fieldlabs:case_propose"), ASKED | {"organisation": representative.organisation.pk}
    )
    case = Case.objects.get()
    assert (answer.url, case.slug, case.status, case.created_by) == (
        "/en/fieldlabs/casussen/laadplekken/", "laadplekken", "proposed", representative.user
    )  # fmt: skip


@pytest.mark.parametrize("wrong", ["title", "question", "organisation"])
def test_proposing_with_a_mistake_keeps_what_was_typed(representative, wrong):
    given = ASKED | {"organisation": representative.organisation.pk, wrong: ""}
    page = representative.post("/fieldlabs/casussen/indienen/", given)
    assert (page.status_code, list(page.context["form"].errors)) == (200, [wrong])
    assert Case.objects.count() == 0


def test_proposing_for_another_is_refused(representative, stranger, visitor):
    other = factories.SignatureFactory(published=True).organisation
    page = representative.post("/fieldlabs/casussen/indienen/", ASKED | {"organisation": other.pk})
    assert list(page.context["form"].errors) == ["organisation"]
    address = "/fieldlabs/casussen/indienen/"
    assert (stranger.get(address).status_code, visitor.get(address).url) == (403, sign_in_before(address))


@pytest.mark.parametrize("status", Case.Status.values)
@pytest.mark.parametrize(
    ("act", "allowed"),
    [
        ("accept", {"proposed"}),
        ("postpone", {"proposed", "accepted"}),
        ("merge", {"proposed", "accepted"}),
        ("answer", {"accepted"}),
        ("withdraw", {"proposed", "accepted"}),
    ],
)
def test_each_decision_is_of_its_states(planner, status, act, allowed):
    case, more = factories.case_at(status), {}
    if act == "accept":
        more = {"fieldlab": factories.FieldlabFactory()}
    elif act == "merge":
        more = {"into": factories.CaseFactory()}
    decide = getattr(actions, f"{act}_case")
    if status in allowed:
        decide(case=case, by=planner, **more)
    else:
        with pytest.raises(InvalidTransition):
            decide(case=case, by=planner, **more)


def test_accepting_tells_whoever_brought_it(case, planner):
    fieldlab = factories.FieldlabFactory()
    assert actions.accept_case(case=case, fieldlab=fieldlab, by=planner).fieldlab == fieldlab
    assert queued() == [("fieldlabs/case_decided", "vera@ede.example", "nl")]


def test_postponing_goes_to_the_next_fieldlab_and_is_counted(case, planner):
    first, second = (
        factories.FieldlabFactory(starts_at=timezone.now() + timedelta(days=days)) for days in (10, 100)
    )
    factories.FieldlabFactory(status="cancelled", starts_at=timezone.now() + timedelta(days=50))
    actions.accept_case(case=case, fieldlab=first, by=planner)
    postponed = actions.postpone_case(case=case, by=planner)
    assert (postponed.status, postponed.fieldlab, postponed.postponed_times) == ("proposed", second, 1)
    assert actions.postpone_case(case=postponed, by=planner).fieldlab is None  # none is planned after that


def test_merging_counts_whoever_asked_with_the_other(case, planner):
    into = factories.CaseFactory()
    both = factories.CaseDemandFactory(case=case).organisation
    factories.CaseDemandFactory(case=into, organisation=both)
    merged = actions.merge_case(case=case, into=into, by=planner)
    assert (merged.status, merged.merged_into) == ("merged", into)
    assert {demand.organisation for demand in into.demands.all()} == {both, case.organisation}
    with pytest.raises(InvalidTransition):
        actions.merge_case(case=into, into=into, by=planner)


def test_unanswered_ones_stay_in_view():
    held = factories.FieldlabFactory(held=True)
    waits, went_by = factories.CaseFactory(), factories.case_at("accepted", fieldlab=held)
    factories.case_at("accepted"), factories.case_at("answered", fieldlab=held), factories.case_at("merged")
    assert set(Case.objects.unanswered()) >= {waits, went_by}
    assert set(Case.objects.unanswered().exclude(pk__in=[waits.pk, went_by.pk])) == set(
        Case.objects.filter(merged_cases__isnull=False)
    )


# “We have this question too”


def test_member_counts_the_own_organisation_once(representative, case):
    page = representative.get("/fieldlabs/casussen/laadpalen/")
    assert list(page.context["own"]) == [representative.organisation]
    address = english("fieldlabs:case_support", "laadpalen")
    given = {"organisation": representative.organisation.pk}
    answers = [representative.post(address, given) for _press in range(2)]
    assert [messages_of(answer)[-1][0] for answer in answers] == ["success", "info"]
    assert case.demands.get().organisation == representative.organisation
    assert list(representative.get("/fieldlabs/casussen/laadpalen/").context["own"]) == []


def test_visitor_counts_by_a_link_in_the_mail_and_the_address_is_not_kept(visitor, case):
    ede = factories.OrganisationFactory(name="Ede")
    answer = visitor.post(
        "/fieldlabs/casussen/laadpalen/ook/", {"organisation_name": "Ede", "email": "Bas@ede.example"}
    )
    assert (answer.url, case.demands.count()) == ("/fieldlabs/casussen/laadpalen/", 0)
    (link,) = links_in(newest("fieldlabs/demand_to_confirm"))
    address = "/" + link.split("/", 3)[3]
    assert (visitor.get(address).status_code, case.demands.count()) == (200, 0)
    visitor.post(address)
    assert case.demands.get().organisation == ede
    assert visitor.get("/fieldlabs/casussen/vraag/1.2.guess/").status_code == 410


def test_unknown_organisation_is_pointed_out(visitor, case):
    page = visitor.post(
        "/fieldlabs/casussen/laadpalen/ook/", {"organisation_name": "Nergens", "email": "a@x.example"}
    )
    assert (list(page.context["form"].errors), queued()) == (["organisation_name"], [])


def test_own_question_is_no_demand(case):
    assert actions.support_case(case=case, organisation=case.organisation) is None
    assert case.demands.count() == 0


# The pages


def test_list_has_the_most_wanted_first_and_hides_what_is_withdrawn(visitor):
    few, many = factories.CaseFactory(), factories.CaseFactory()
    factories.CaseDemandFactory.create_batch(2, case=many)
    withdrawn = factories.case_at("withdrawn")
    assert list(visitor.get("/fieldlabs/casussen/").context["page"]) == [many, few]
    assert visitor.get(withdrawn.get_absolute_url()).status_code == 404


def test_merged_case_leads_to_the_other(visitor):
    merged = factories.case_at("merged")
    answer = visitor.get(merged.get_absolute_url())
    assert (answer.status_code, answer.url) == (302, merged.merged_into.get_absolute_url())


@pytest.mark.parametrize(
    ("choice", "becomes"), [("accept", "accepted"), ("postpone", "proposed"), ("x", "proposed")]
)
def test_staff_decide_by_the_button(programme, case, fieldlab, choice, becomes):
    address = "/beheer/fieldlabs/casussen/laadpalen/"
    assert programme.get(address).status_code == 200
    answer = programme.post(address, {"choice": choice, "fieldlab": fieldlab.pk})
    case.refresh_from_db()
    assert (case.status, answer.status_code) == (becomes, 200 if choice == "x" else 302)


def test_case_is_withdrawn_by_its_organisation_and_nobody_else(stranger, case):
    membership = factories.MembershipFactory(organisation=case.organisation)
    assert stranger.post("/fieldlabs/casussen/laadpalen/intrekken/").status_code == 403
    stranger.force_login(membership.user)
    assert stranger.post("/fieldlabs/casussen/laadpalen/intrekken/").status_code == 302
    case.refresh_from_db()
    assert case.status == "withdrawn"


def test_practices_are_suggested_while_typing(visitor):
    found = factories.PracticeFactory(title="Sensoren bij laadpalen")
    page = visitor.get("/kennisbank/suggesties/?title=laadpalen&question=")
    assert list(page.context["practices"]) == [found]
    assert list(visitor.get("/kennisbank/suggesties/?title=la").context["practices"]) == []

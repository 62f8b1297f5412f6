"""A page asks the database as often for three things as for one: nothing grows with the data."""

from collections.abc import Callable
from typing import NamedTuple

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories

pytestmark = pytest.mark.django_db


class Page(NamedTuple):
    """Who opens which address, what fills it, and how many queries are enough."""

    who: str
    address: str
    make: Callable[[], object]
    enough: int


def signatory() -> None:
    """With two themes."""
    factories.SignatureFactory(published=True).themes.set(factories.ThemeFactory.create_batch(2))


def practice(**fields) -> object:
    """With two themes, two owners, an outcome and an adoption."""
    made = factories.PracticeFactory(outcome=factories.OutcomeFactory(), **fields)
    made.themes.set(factories.ThemeFactory.create_batch(2))
    factories.PracticeOrganisationFactory(practice=made)
    factories.AdoptionFactory(practice=made, learned_from=factories.OrganisationFactory())
    return made


def waiting() -> None:
    """A practice with a reviewer, evidence to look at, and a proposed change."""
    factories.ReviewFactory(practice=practice(submitted=True))
    factories.EvidenceRequestFactory()
    factories.ProposalFactory(submitted=True)


def fieldlab(**fields) -> object:
    """With a theme, a host, an outcome and somebody who takes part."""
    made = factories.FieldlabFactory(host=factories.OrganisationFactory(), **fields)
    made.themes.add(factories.ThemeFactory())
    factories.OutcomeFactory(fieldlab=made)
    factories.RegistrationFactory(fieldlab=made)
    return made


def searched_in_vain() -> None:
    """Words that found nothing, and words of which nothing was opened."""
    factories.AskedCountFactory(times=9, empty=9)
    factories.AskedCountFactory(times=9)


def known(factory, **fields) -> object:
    """The one with this slug, made when it is not there."""
    model = factory._meta.model
    return model.objects.filter(**fields).first() or factory(**fields)


def ede() -> object:
    """The organisation whose page is opened."""
    return known(factories.OrganisationFactory, slug="ede")


def more_of_ede() -> None:
    """One more of everything on its page."""
    number = ede().signatures.count() + 1
    factories.SignatureFactory(organisation=ede(), declaration__version=number, published=True).themes.add(
        factories.ThemeFactory()
    )
    factories.RegistrationFactory(organisation=ede(), fieldlab=fieldlab(held=True))
    factories.OutcomeFactory(organisation=ede())
    practice(owner=ede())
    factories.AdoptionFactory(organisation=ede(), practice=practice())


def more_of_a_fieldlab() -> None:
    """One more outcome and participant of the same fieldlab."""
    held = known(factories.FieldlabFactory, slug="najaar", status="held")
    held.themes.add(factories.ThemeFactory())
    factories.OutcomeFactory(fieldlab=held)
    factories.RegistrationFactory(fieldlab=held)


def more_of_a_full_fieldlab() -> None:
    """One more of everything that staff see of the same fieldlab to come."""
    spring = known(factories.FieldlabFactory, slug="voorjaar", capacity=100)
    spring.themes.add(factories.ThemeFactory())
    item = factories.ProgrammeItemFactory(
        fieldlab=spring, case=factories.case_at("accepted", fieldlab=spring)
    )
    for status in ("registered", "waiting", "offered"):
        registration = factories.registration_at(status, fieldlab=spring, show_name=True)
        factories.NeedsFactory(registration=registration)
        factories.SessionChoiceFactory(registration=registration, item=item)


def case() -> None:
    """With a theme, a fieldlab and another that has it too."""
    made = factories.case_at(
        "accepted", fieldlab=known(factories.FieldlabFactory, slug="voorjaar", capacity=100)
    )
    made.themes.add(factories.ThemeFactory())
    factories.CaseDemandFactory(case=made)
    factories.CaseFactory().themes.add(factories.ThemeFactory())


def more_of_a_case() -> None:
    """One more organisation that has the same question, and theme."""
    made = known(factories.CaseFactory, slug="laadpalen")
    made.themes.add(factories.ThemeFactory())
    factories.CaseDemandFactory(case=made)


def more_of_an_outcome() -> None:
    """One more practice that came from the same outcome."""
    held = known(factories.FieldlabFactory, slug="najaar", status="held")
    outcome = known(factories.OutcomeFactory, slug="sensoren", fieldlab=held)
    made = factories.PracticeFactory(outcome=outcome)
    made.themes.add(factories.ThemeFactory())
    factories.AdoptionFactory(practice=made)


def recorded() -> None:
    """One more practice, measurement, link, file and follow-up of one outcome; and one more outcome beside it."""
    more_of_an_outcome()
    outcome = known(factories.OutcomeFactory, slug="sensoren")
    for make in (factories.MeasurementFactory, factories.OutcomeLinkFactory, factories.OutcomeFileFactory):
        make(outcome=outcome)
    followup = factories.FollowUpFactory(
        outcome=outcome, fieldlab=outcome.fieldlab, organisation=factories.OrganisationFactory()
    )
    factories.CarriedOverFactory(followup=followup)
    factories.OutcomeFactory(fieldlab=outcome.fieldlab)


def to_walk_through() -> None:
    """One more follow-up that the opening of a coming fieldlab goes through."""
    coming = known(factories.FieldlabFactory, slug="winter")
    followup = factories.FollowUpFactory(due_fieldlab=coming, organisation=factories.OrganisationFactory())
    factories.CarriedOverFactory(followup=followup, to_fieldlab=coming)


def more_of_a_practice() -> None:
    """One more theme, owner and adopter of the same practice."""
    made = known(factories.PracticeFactory, slug="laadpalen")
    made.themes.add(factories.ThemeFactory())
    factories.PracticeOrganisationFactory(practice=made)
    factories.AdoptionFactory(practice=made, learned_from=factories.OrganisationFactory())


def need() -> None:
    """With a theme and somebody who joined."""
    factories.NeedSupportFactory().need.themes.add(factories.ThemeFactory())


def more_of_a_need() -> None:
    """One more practice that fits, need that is like it, and organisation that joined."""
    made = known(factories.NeedFactory, slug="sensoren", title="Sensoren")
    factories.NeedSupportFactory(need=made)
    factories.NeedOfferFactory(need=made, practice__title="Sensoren tellen").practice.themes.add(
        factories.ThemeFactory()
    )
    factories.NeedSupportFactory(need__title="Sensoren delen").need.themes.add(factories.ThemeFactory())
    practice(title="Sensoren in de straat")


def collection(**fields) -> object:
    """Of an organisation, with a practice."""
    made = factories.CollectionFactory(organisation=factories.OrganisationFactory(), **fields)
    factories.CollectionItemFactory(collection=made)
    return made


def more_of_a_collection() -> None:
    """One more practice in the same collection."""
    made = known(factories.CollectionFactory, slug="beginnen")
    factories.CollectionItemFactory(collection=made, practice=practice())


def publication() -> None:
    """With a theme."""
    factories.PublicationFactory().themes.add(factories.ThemeFactory())


def more_of_a_publication() -> None:
    """One more practice and fieldlab that it draws on."""
    made = known(factories.PublicationFactory, slug="handreiking")
    made.practices.add(practice())
    made.fieldlabs.add(fieldlab())


def rule() -> None:
    """With two wordings, a theme and a practice that follows it."""
    made = factories.GroundRuleFactory()
    factories.RuleVersionFactory(rule=made, number=2, reason="Duidelijker.")
    made.themes.add(factories.ThemeFactory())
    made.practices.add(factories.PracticeFactory())


def more_of_a_rule() -> None:
    """One more wording and one more practice that follows it."""
    made = known(factories.GroundRuleFactory, slug="tellen")
    factories.RuleVersionFactory(rule=made, number=made.versions.count() + 1, reason="Duidelijker.")
    made.practices.add(practice())


def everything() -> None:
    """One more of each on the home page."""
    signatory(), practice(), fieldlab(), collection(is_featured=True)


def work() -> None:
    """One more of everything that waits for staff."""
    factories.SignatureFactory(submitted=True)
    factories.PracticeFactory(submitted=True)
    factories.FieldlabFactory(held=True)
    factories.MailFactory(attempts=1)


PAGES = [
    Page("visitor", "/", everything, 10),
    Page(
        "visitor",
        "/steunverklaring/",
        lambda: factories.DeclarationFactory(version=factories.Declaration.objects.count() + 1),
        4,
    ),
    Page("visitor", "/steunverklaring/ondertekenen/", signatory, 2),
    Page("visitor", "/ondertekenaars/", signatory, 17),  # seven filters with their counts
    Page("visitor", "/organisaties/ede/", more_of_ede, 19),
    Page("visitor", "/ondertekenaars/?view=map", signatory, 18),
    Page("visitor", "/ondertekenaars/balans/", signatory, 5),
    Page("visitor", "/agenda/", factories.ProjectFactory, 5),
    Page("visitor", "/fieldlabs/", lambda: (fieldlab(), fieldlab(held=True)), 11),
    Page("visitor", "/fieldlabs/?view=quarters", lambda: (fieldlab(), fieldlab(held=True)), 9),
    Page("visitor", "/fieldlabs/kalender.ics", fieldlab, 1),
    Page("visitor", "/fieldlabs/atom.xml", fieldlab, 2),
    Page("visitor", "/fieldlabs/voorjaar/", more_of_a_full_fieldlab, 10),
    Page("visitor", "/fieldlabs/voorjaar/aanmelden/", more_of_a_full_fieldlab, 4),
    Page("visitor", "/fieldlabs/casussen/", case, 7),
    Page("visitor", "/fieldlabs/casussen/laadpalen/", more_of_a_case, 4),
    Page("visitor", "/fieldlabs/najaar/", more_of_a_fieldlab, 9),
    Page("visitor", "/fieldlabs/opbrengsten/", recorded, 10),
    Page("visitor", "/fieldlabs/opbrengsten/export.json", recorded, 5),
    Page("visitor", "/fieldlabs/opbrengsten/atom.xml", recorded, 2),
    Page("visitor", "/fieldlabs/casussen/atom.xml", case, 2),
    Page("visitor", "/agenda/atom.xml", factories.ProjectFactory, 2),
    Page("visitor", "/fieldlabs/winter/", to_walk_through, 11),
    Page("programme", "/fieldlabs/najaar/opbrengst/sensoren/vervolgafspraken/", recorded, 9),
    Page("programme", "/beheer/fieldlabs/najaar/vervolgafspraken/", recorded, 11),
    Page("programme", "/beheer/fieldlabs/najaar/verslag/", recorded, 24),
    Page("visitor", "/fieldlabs/najaar/opbrengst/", more_of_a_fieldlab, 4),
    Page("visitor", "/fieldlabs/najaar/opbrengst/sensoren/", recorded, 12),
    Page("visitor", "/kennisbank/", practice, 7),
    Page("visitor", "/kennisbank/laadpalen/", more_of_a_practice, 11),
    Page("visitor", "/kennisbank/laadpalen/verspreiding/", more_of_a_practice, 11),
    Page("visitor", "/kennisbank/zoekvragen/", need, 6),
    Page("visitor", "/kennisbank/zoekvragen/sensoren/", more_of_a_need, 21),
    Page("visitor", "/kennisbank/verzamelingen/", collection, 3),
    Page("visitor", "/kennisbank/verzamelingen/beginnen/", more_of_a_collection, 6),
    Page("visitor", "/kennisbank/?q=praktijkvoorbeeld", practice, 16),
    Page("visitor", "/zoeken/?q=praktijkvoorbeeld", practice, 12),
    Page("visitor", "/kennisbank/?view=map", practice, 7),
    Page("visitor", "/kennisbank/publicaties/", publication, 9),
    Page("visitor", "/kennisbank/publicaties/handreiking/", more_of_a_publication, 7),
    Page("visitor", "/spelregels/", rule, 6),
    Page("visitor", "/spelregels/tellen/", more_of_a_rule, 7),
    Page("programme", "/beheer/spelregels/", rule, 8),
    Page("reviewer", "/beheer/publicaties/", publication, 6),
    Page("visitor", "/impact/", practice, 8),
    Page("visitor", "/impact/gemeenten/", practice, 6),
    Page("visitor", "/kennisbank/atom.xml", practice, 7),
    Page("visitor", "/kennisbank/gezocht/atom.xml", lambda: practice(wanted=["tester"]), 3),
    Page("visitor", "/kennisbank/zoekvragen/atom.xml", need, 2),
    Page("visitor", "/kennisbank/verzamelingen/atom.xml", collection, 1),
    Page("visitor", "/kennisbank/publicaties/atom.xml", publication, 2),
    Page("visitor", "/spelregels/atom.xml", rule, 3),
    Page("visitor", "/impact/overnames/atom.xml", factories.AdoptionStepFactory, 2),
    Page("visitor", "/kennisbank/laadpalen/praktijkvoorbeeld.jsonld", more_of_a_practice, 4),
    Page("visitor", "/kennisbank/praktijkvoorbeelden.json", practice, 7),
    Page("visitor", "/sitemap.xml", lambda: (signatory(), practice(), fieldlab()), 11),
    Page("secretariat", "/beheer/", work, 8),
    Page(
        "secretariat",
        "/beheer/ondertekeningen/",
        lambda: factories.SignatureFactory(submitted=True).themes.add(factories.ThemeFactory()),
        8,
    ),
    Page("programme", "/beheer/fieldlabs/", fieldlab, 7),
    Page("programme", "/beheer/fieldlabs/jaar/", fieldlab, 7),
    Page("programme", "/beheer/fieldlabs/casussen/", case, 9),
    Page("programme", "/beheer/fieldlabs/casussen/laadpalen/", more_of_a_case, 9),
    Page("programme", "/beheer/fieldlabs/voorjaar/programma/", more_of_a_full_fieldlab, 6),
    Page("programme", "/beheer/fieldlabs/voorjaar/deelnemers/", more_of_a_full_fieldlab, 11),
    Page("programme", "/beheer/fieldlabs/voorjaar/deelnemers.csv", more_of_a_full_fieldlab, 7),
    Page("programme", "/beheer/fieldlabs/voorjaar/inchecken/", more_of_a_full_fieldlab, 7),
    Page("programme", "/beheer/fieldlabs/voorjaar/uitnodigen/", more_of_a_full_fieldlab, 11),
    Page("reviewer", "/beheer/praktijkvoorbeelden/", waiting, 12),
    Page("reviewer", "/beheer/trefwoorden/", factories.TagFactory, 8),
    Page("reviewer", "/beheer/zoekopdrachten/", searched_in_vain, 7),
    Page("administrator", "/beheer/mail/", lambda: factories.MailFactory(attempts=1), 7),
    Page("administrator", "/beheer/logboek/", signatory, 8),
]


def queries(client, address: str) -> int:
    """How often the page asks the database, once it has been opened before."""
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.address)
def test_page_asks_as_often_for_three_things_as_for_one(request, page):
    client = request.getfixturevalue(page.who)
    ede()
    known(factories.DeclarationFactory, version=1)
    page.make()
    one = queries(client, page.address)
    page.make(), page.make()
    assert (one, one <= page.enough) == (queries(client, page.address), True)


def test_my_page_asks_as_often_for_three_things_as_for_one(representative):
    def more() -> None:
        mine = factories.MembershipFactory(user=representative.user).organisation
        factories.SignatureFactory(organisation=mine, published=True)
        factories.RegistrationFactory(user=representative.user, organisation=mine, fieldlab=fieldlab())
        practice(draft=True, owner=mine)
        factories.AdoptionStepFactory(adoption__organisation=mine)
        factories.AdoptionDraftFactory(user=representative.user)
        factories.PartInvitationFactory(organisation=mine)

    more()
    one = queries(representative, "/mijn/")
    more(), more()
    assert (one, one <= 19) == (queries(representative, "/mijn/"), True)


def test_my_knowledge_base_asks_as_often_for_three_things_as_for_one(representative):
    def more() -> None:
        mine, user = representative.organisation, representative.user
        factories.BookmarkFactory(user=user, practice=practice())
        factories.SubscriptionFactory(user=user)
        factories.SubscriptionFactory(user=user, theme=None, practice=practice())
        factories.QuestionFactory(asked_by=user)
        factories.QuestionFactory(practice=practice(owner=mine))
        factories.NeedFactory(organisation=mine)
        factories.CollectionFactory(organisation=mine)

    more()
    one = queries(representative, "/kennisbank/mijn/")
    more(), more()
    assert (one, one <= 16) == (queries(representative, "/kennisbank/mijn/"), True)


@pytest.mark.parametrize("address", ["/fieldlabs/voorjaar/aanmelden/", "/kennisbank/laadpalen/overnemen/"])
def test_form_of_a_representative_asks_as_often_for_three_organisations_as_for_one(representative, address):
    factories.FieldlabFactory(slug="voorjaar"), factories.PracticeFactory(slug="laadpalen")
    one = queries(representative, address)
    factories.MembershipFactory.create_batch(2, user=representative.user)
    assert (one, one <= 14) == (queries(representative, address), True)

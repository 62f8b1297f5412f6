"""Every page of the portal, with the person who opens it. A page that is added must be added here: a test counts."""

from collections.abc import Iterator

from django.core.signing import Signer
from django.urls import URLPattern, URLResolver, get_resolver

from alliance.models import Enquiry, News, Organisation, Project, Signature
from fieldlabs.models import Case, Fieldlab, Outcome, Registration
from knowledgebase.actions.subscription import stop_url
from knowledgebase.models import Practice, Question
from smartsociety.core import sample
from smartsociety.core.models import User
from tests.browser import pages_of_knowledge, pages_of_record, stage
from tests.browser.opened import VISITOR, Opened


def everything() -> list[Opened]:
    """With the sample data: each page, in each of its states that look different."""
    return [opened for part in PARTS.values() for opened in part()]


def _of_visitors() -> Iterator[Opened]:
    def page(name: str, *arguments: object, **rest) -> Opened:
        return Opened(VISITOR, name, arguments, **rest)

    yield page("home")
    yield page("alliance:declaration")
    yield page("alliance:declaration_version", 1)
    yield page("alliance:declaration_compare", 2, 1)
    yield page("alliance:signatory_balance")
    yield page("alliance:project_list")
    yield page("alliance:project_detail", Project.objects.first().slug)
    yield page("alliance:contact")
    yield page("alliance:contact_sent")
    for status in ("published", "on_hold", "withdrawn"):
        code = Signature.objects.filter(status=status).first().code
        yield page("alliance:signature_proof", code)
        yield page("alliance:signature_embed", code)
    yield page("alliance:signatory_list")
    yield page("alliance:signatory_list", query="?q=zzz")
    yield page("alliance:signatory_list", query="?helix=government&brings=knowledge&sort=size")
    yield page(
        "organisation_detail", Organisation.objects.filter(practices__adoptions__isnull=False).first().slug
    )
    yield page("organisation_detail", "amersfoort")
    yield page("fieldlabs:fieldlab_list")
    for status in ("announced", "open", "reported"):
        yield page("fieldlabs:fieldlab_detail", Fieldlab.objects.filter(status=status).first().slug)
    yield from _of_participants()
    outcome = Outcome.objects.filter(practices__status="published").first()
    yield page("fieldlabs:outcome_list", outcome.fieldlab.slug)
    yield page("fieldlabs:outcome_detail", outcome.fieldlab.slug, outcome.slug)
    yield page("knowledgebase:practice_list")
    yield page("knowledgebase:practice_list", query="?q=laadpaal&phase=in_use&phase=pilot")
    yield page("knowledgebase:practice_list", query="?q=zzz")
    yield page("knowledgebase:practice_detail", "parkeersensoren-laadplekken")
    yield page(
        "knowledgebase:practice_detail", Practice.objects.published().filter(phase="stopped").first().slug
    )
    yield page("knowledgebase:practice_spread", "parkeersensoren-laadplekken", query="?gemeente=Ede")
    yield page("knowledgebase:practice_compare", query="?add=fiets")
    yield page(
        "knowledgebase:practice_compare", query="?p=parkeersensoren-laadplekken&p=deelfietsen-dorpskernen"
    )
    yield page("knowledgebase:wanted_list")
    yield page("knowledgebase:need_list")
    yield page("knowledgebase:need_detail", "voorbeeld-lege-winkels-vinden")
    yield page("knowledgebase:collection_list")
    yield page("knowledgebase:collection_detail", "voorbeeld-begin-klein")
    yield page("knowledgebase:question_answer", stage.QUESTION)
    follower = User.objects.get(email=sample.REPRESENTATIVE)
    yield page("knowledgebase:follow_stop", stop_url(follower).rstrip("/").rsplit("/", 1)[1])
    yield page("accessibility")
    yield page("privacy")
    yield page("styleguide")
    yield page("knowledgebase:practice_detail", "bestaat-niet", status=404)
    yield page("account_login")
    yield page("account_signup")
    yield page("account_reset_password")
    yield page("account_request_login_code")


def _of_participants() -> Iterator[Opened]:
    """Who registers, and who follows the link of a registration."""
    coming = Fieldlab.objects.filter(status="open").earliest("starts_at")
    for name in ("fieldlab_register", "registration_sent"):
        yield Opened(VISITOR, f"fieldlabs:{name}", (coming.slug,))
    yield Opened(VISITOR, "fieldlabs:fieldlab_list", query="?view=quarters")
    for status in ("registered", "waiting", "offered", "unconfirmed", "cancelled", "attended"):
        registration = Registration.objects.filter(status=status).last()
        yield Opened(VISITOR, "fieldlabs:registration_detail", (registration.token,))
    waiting = Registration.objects.filter(status="waiting").first()
    yield Opened(VISITOR, "fieldlabs:registration_change", (waiting.token,))
    seated = coming.registrations.filter(status="registered").first()
    yield Opened(VISITOR, "fieldlabs:registration_sessions", (seated.token,))
    yield Opened(VISITOR, "fieldlabs:registration_detail", ("unknown",), status=410)
    yield Opened(VISITOR, "fieldlabs:case_list")
    for case in Case.objects.all():
        yield Opened(VISITOR, "fieldlabs:case_detail", (case.slug,))
    yield Opened(VISITOR, "fieldlabs:case_support", (case.slug,))
    token = Signer(salt="fieldlabs.demand", sep=".").sign(f"{case.pk}.{Organisation.objects.first().pk}")
    yield Opened(VISITOR, "fieldlabs:demand_confirm", (token,))


def _of_signers() -> Iterator[Opened]:
    """Who signs, and who follows a link of a mail."""

    def page(name: str, *arguments: object, **rest) -> Opened:
        return Opened(VISITOR, f"alliance:{name}", arguments, **rest)

    yield page("signature_create")
    yield page("signature_step", "unknown", "organisatie", status=410)
    for step in ("organisatie", "ondertekenaar", "mandaat", "inbreng"):
        yield page("signature_step", stage.DRAFT, step)
    yield page("signature_step", stage.DRAFT_NEW, "organisatie", query="?controle=1")
    yield page("signature_step", stage.DRAFT_OF_PARTNERSHIP, "gemeenten")
    for secret in (stage.DRAFT, stage.DRAFT_NEW, stage.DRAFT_OF_PARTNERSHIP):
        yield page("signature_check", secret)
    yield page("signature_later", stage.DRAFT)
    for secret in (stage.DRAFT_SENT, stage.DRAFT_ANSWERED):
        yield page("signature_sent", secret)
    for secret in (stage.DRAFT_OF_SIGNATORY, stage.DRAFT_ALIKE):
        yield page("signature_duplicate", secret, status=409)
    yield page("signature_confirm", stage.CONFIRM)
    for secret in (stage.JOINT, stage.JOINED):
        yield page("joint_answer", secret)
    yield page("invitation_accept", stage.INVITATION)
    yield page("still_right", stage.still_right_secret())
    yield page("unsubscribe", stage.unsubscribe_secret())
    for name in ("joint_answer", "invitation_accept", "still_right", "signature_confirm"):
        yield page(name, "unknown", status=410)


def _of_members() -> Iterator[Opened]:
    def page(name: str, *arguments: object, **rest) -> Opened:
        return Opened(sample.REPRESENTATIVE, name, arguments, **rest)

    yield page("my_page")
    yield page(
        "fieldlabs:fieldlab_register", Fieldlab.objects.filter(status="open").earliest("starts_at").slug
    )
    yield page("fieldlabs:fieldlab_register", Fieldlab.objects.get(status="announced").slug, status=403)
    yield page("fieldlabs:agenda")
    yield page("fieldlabs:case_propose")
    yield page("knowledgebase:practice_adopt", "parkeersensoren-laadplekken")
    yield page("knowledgebase:question_ask", "parkeersensoren-laadplekken")
    yield page("knowledgebase:my_knowledge")
    yield page("knowledgebase:follow", query="?soort=thema&wat=wonen")
    yield page("knowledgebase:need_create", query="?q=laadpalen")
    yield page("knowledgebase:need_offer", "voorbeeld-camera-vervangt-telling-fietsenstalling")
    yield page("knowledgebase:need_settle", "voorbeeld-camera-vervangt-telling-fietsenstalling")
    yield page("knowledgebase:collection_create")
    yield page("knowledgebase:collection_edit", "voorbeeld-duinbeek-leest")
    owned = Practice.objects.published().owned_by(memberships__user__email=sample.REPRESENTATIVE).first()
    yield page("knowledgebase:owner_desk", owned.slug)
    own = Signature.objects.get(
        organisation__memberships__user__email=sample.REPRESENTATIVE,
        status="published",
        declaration__version=1,
    )
    yield page("alliance:signature_withdraw", own.code)
    slug = own.organisation.slug
    for name in ("overview", "profile", "contribution", "logo", "history", "people"):
        yield page(f"alliance:own_{name}", slug)
    other = own.organisation.memberships.exclude(user__email=sample.REPRESENTATIVE).first()
    yield page("alliance:own_hand_over", slug, other.pk)
    yield page("alliance:own_member_remove", slug, other.pk)
    yield page("alliance:access_request", slug)
    yield page("alliance:access_request", "maasvoort")
    yield page("alliance:project_create")
    yield page("staff_home", status=403)
    yield page("account_email")
    yield page("account_set_password")
    yield page("account_logout")
    yield page("mfa_index")
    draft = Practice.objects.filter(status="draft", created_by__email=sample.EDITOR_ELSEWHERE).first()
    yield Opened(sample.EDITOR_ELSEWHERE, "knowledgebase:practice_edit", (draft.slug,))
    yield Opened(sample.EDITOR_ELSEWHERE, "knowledgebase:practice_detail", (draft.slug,))
    yield Opened(sample.EDITOR_ELSEWHERE, "knowledgebase:practice_adopt", ("parkeersensoren-laadplekken",))
    question = Question.objects.get(status="open")
    yield Opened(
        sample.EDITOR_ELSEWHERE, "knowledgebase:question_reply", (question.practice.slug, question.pk)
    )
    yield Opened(
        sample.EDITOR_ELSEWHERE, "knowledgebase:adopt_next", ("parkeersensoren-laadplekken",), query="?q=ede"
    )


def _of_secretariat() -> Iterator[Opened]:
    yield Opened(stage.NEW_COLLEAGUE, "staff_home", status=403)
    yield Opened(sample.SECRETARIAT, "staff_home")
    yield Opened(sample.SECRETARIAT, "alliance:staff_signature_list")
    for status in ("submitted", "unconfirmed", "rejected", "withdrawn"):
        yield Opened(
            sample.SECRETARIAT,
            "alliance:signature_verify",
            (Signature.objects.filter(status=status).first().pk,),
        )
    first = Signature.objects.filter(status="submitted").first()
    yield Opened(sample.SECRETARIAT, "alliance:signature_correct", (first.pk,))
    for name in (
        "paper_create",
        "bulk_decide",
        "bulk_list",
        "succession_list",
        "staff_organisation_list",
        "staff_declaration_list",
        "staff_access_list",
        "enquiry_list",
        "news_list",
        "news_create",
    ):
        yield Opened(sample.SECRETARIAT, f"alliance:{name}")
    for name in ("staff_organisation", "organisation_correct", "organisation_merge"):
        yield Opened(sample.SECRETARIAT, f"alliance:{name}", (first.organisation.slug,))
    yield Opened(
        sample.SECRETARIAT, "alliance:organisation_merge", (first.organisation.slug,), "?into=lichtmast"
    )
    yield Opened(sample.SECRETARIAT, "alliance:bulk_decide", query="?since=2020-01-01")
    for version in (1, 2, 3):
        yield Opened(sample.SECRETARIAT, "alliance:staff_declaration", (version,))
    yield Opened(sample.SECRETARIAT, "alliance:declaration_edit", (3,))
    for status in Enquiry.Status:
        enquiry = Enquiry.objects.filter(status=status).first()
        yield Opened(sample.SECRETARIAT, "alliance:enquiry_detail", (enquiry.pk,))
    draft = News.objects.filter(sent_at=None).first()
    yield Opened(sample.SECRETARIAT, "alliance:news_detail", (draft.pk,))
    yield Opened(sample.SECRETARIAT, "alliance:news_edit", (draft.pk,))
    yield Opened(sample.SECRETARIAT, "staff_mail_list")
    yield Opened(sample.SECRETARIAT, "staff_audit_list")


def _of_staff() -> Iterator[Opened]:
    yield Opened(sample.PROGRAMME, "staff_home")
    yield Opened(sample.PROGRAMME, "alliance:project_edit", (Project.objects.first().slug,))
    yield Opened(sample.PROGRAMME, "fieldlabs:staff_fieldlab_list")
    yield Opened(sample.PROGRAMME, "fieldlabs:fieldlab_create")
    held = Fieldlab.objects.get(status="held")
    yield Opened(sample.PROGRAMME, "fieldlabs:fieldlab_edit", (held.slug,))
    yield from _of_planners()
    yield Opened(sample.PROGRAMME, "fieldlabs:outcome_create", (held.slug,))
    outcome = Outcome.objects.filter(practices=None).first()
    yield Opened(sample.PROGRAMME, "fieldlabs:outcome_write", (outcome.fieldlab.slug, outcome.slug))
    yield Opened(sample.PROGRAMME, "fieldlabs:outcome_detail", (outcome.fieldlab.slug, outcome.slug))
    yield Opened(sample.EDITOR, "staff_home")
    yield Opened(sample.EDITOR, "knowledgebase:review_list")
    for status in ("submitted", "in_review"):
        slug = Practice.objects.filter(status=status).first().slug
        yield Opened(sample.EDITOR, "knowledgebase:practice_detail", (slug,))
    yield Opened(sample.EDITOR, "knowledgebase:practice_return", (slug,))
    yield Opened(sample.ADMINISTRATOR, "staff_home")


def _of_planners() -> Iterator[Opened]:
    """Programme staff, about a fieldlab to come."""
    coming = Fieldlab.objects.filter(status="open").earliest("starts_at")
    yield Opened(sample.PROGRAMME, "fieldlabs:fieldlab_detail", (coming.slug,))
    for name in (
        *("fieldlab_shift", "fieldlab_copy", "programme", "item_create"),
        *("participants", "invitations", "check_in", "walk_in"),
    ):
        yield Opened(sample.PROGRAMME, f"fieldlabs:{name}", (coming.slug,))
    yield Opened(sample.PROGRAMME, "fieldlabs:item_edit", (coming.slug, coming.items.first().pk))
    code = coming.registrations.first().code
    yield Opened(sample.PROGRAMME, "fieldlabs:check_in_person", (coming.slug, code))
    for name in ("board", "staff_case_list"):
        yield Opened(sample.PROGRAMME, f"fieldlabs:{name}")
    yield Opened(sample.PROGRAMME, "fieldlabs:board_year", (coming.starts_at.year,))
    yield Opened(sample.PROGRAMME, "fieldlabs:case_decide", (Case.objects.first().slug,))


# Each part is walked by itself, so that no test takes minutes.
PARTS = {
    "visitors": _of_visitors,
    "signers": _of_signers,
    "members": _of_members,
    "secretariat": _of_secretariat,
    "staff": _of_staff,
    "record": pages_of_record.pages,
    "knowledge": pages_of_knowledge.pages,
}


def own_names() -> set[str]:
    """Names of all addresses but those of other people's apps: Django's admin and allauth."""
    return {name for name in _names(get_resolver().url_patterns) if not name.startswith("admin:")}


def _names(patterns: list[URLPattern | URLResolver], namespace: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if getattr(pattern.urlconf_module, "__name__", "").startswith("allauth"):
                continue
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _names(pattern.url_patterns, inner)
        elif pattern.name:
            yield namespace + pattern.name

"""Pages that show all three apps together."""

from datetime import timedelta
from functools import partial

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliance.actions import CONFIRMATION_TERM
from alliance.actions.consent import agrees
from alliance.models import AccessRequest, Enquiry, Organisation, Signature
from alliance.permissions import can_verify_signatures
from fieldlabs.actions.erasing import REGISTRATION_TERM
from fieldlabs.models import Fieldlab, Outcome, Registration
from fieldlabs.permissions import can_plan
from knowledgebase.filters import PracticeFilter
from knowledgebase.models import Adoption, Collection, EvidenceRequest, PartInvitation, Practice, Proposal
from knowledgebase.permissions import can_review
from smartsociety.core.counting import counts_of
from smartsociety.core.models import Mail
from smartsociety.core.pages import lazily
from smartsociety.core.permissions import require
from smartsociety.core.staff import can_watch
from smartsociety.impact import overview
from smartsociety.organisation import structured_data, things_of
from smartsociety.thread import organisation_thread, portal_thread

PLAIN_TEXT = "text/plain; charset=utf-8"  # RFC 9116 asks for the charset


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this is, three numbers that are true, and the newest of each."""
    context = {
        "thread_steps": lazily(portal_thread),
        "signatures": lazily(lambda: Signature.objects.joining().with_card_data()[:3]),
        "fieldlabs": lazily(lambda: Fieldlab.objects.public().upcoming().with_card_data()[:2]),
        "practices": lazily(lambda: Practice.objects.published().own_first().with_card_data()[:3]),
        "collections": lazily(lambda: Collection.objects.featured().with_card_data()[:3]),
    }
    return render(request, "home.html", context)


@require_safe
def impact(request: HttpRequest) -> HttpResponse:
    """What spread, what is stuck, and where."""
    chosen = lazily(lambda: PracticeFilter({}, queryset=Practice.objects.published(), request=request))
    return render(request, "impact.html", {"impact": lazily(overview, chosen)})


@require_safe
def organisation_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The thread of one organisation: signed, agenda, fieldlabs, outcomes, practices, adopted from and by others."""
    visible = Organisation.objects.visible_to(request.user).select_related("successor")
    organisation = visible.filter(slug=slug).first()
    if organisation is None:
        return _moved(visible, slug)
    shown = things_of(organisation)
    context = {
        "organisation": organisation,
        **shown,
        "thread_steps": lazily(organisation_thread, shown),
        "structured_data": partial(structured_data, organisation),
    }
    return render(request, "organisation_detail.html", context)


def _moved(visible: QuerySet, slug: str) -> HttpResponse:
    """To the organisation that has taken over this address; 404 when there is none."""
    organisation = visible.formerly(slug)
    if organisation is None:
        raise Http404("No organisation has or had this address.")
    return redirect(organisation, permanent=True)


@login_required
@require_safe
def my_page(request: HttpRequest) -> HttpResponse:
    """My organisations and my things."""
    organisations = Organisation.objects.filter(memberships__user=request.user)
    context = {
        "agrees_to_news": agrees(email=request.user.email, purpose="news"),
        "agrees_to_fieldlabs": agrees(email=request.user.email, purpose="fieldlabs"),
        "memberships": request.user.memberships.select_related("organisation"),
        "signatures": Signature.objects.public().filter(organisation__in=organisations).with_card_data(),
        "represented": Organisation.objects.represented_by(request.user),
        "access_requests": request.user.access_requests.filter(status="asked").select_related("organisation"),
        "registrations": Registration.objects.of(request.user)
        .standing()
        .select_related("fieldlab", "organisation"),
        "adoptions": Adoption.objects.of_published()
        .filter(organisation__in=Organisation.objects.represented_by(request.user))
        .with_card_data(),
        "asked_to_take_part": PartInvitation.objects.to_answer(request.user),
        "adoption_drafts": request.user.adoption_drafts.select_related("practice"),
        "to_write": Outcome.objects.written_by(request.user)
        .exclude(fieldlab__status="reported")
        .with_card_data(),
        "drafts": Practice.objects.unfinished().owned_by(pk__in=organisations).with_card_data(),
    }
    return render(request, "my_page.html", context)


@login_required
@require_safe
def staff_home(request: HttpRequest) -> HttpResponse:
    """The staff workspace: what waits, for whom. A number that is not this person's work is None."""
    user = request.user
    require(can_watch(user))
    context = {
        "to_verify": Signature.objects.to_verify().count() if can_verify_signatures(user) else None,
        "to_answer": Enquiry.objects.filter(status="open").count() if can_verify_signatures(user) else None,
        "to_let_in": (
            AccessRequest.objects.filter(status="asked").count() if can_verify_signatures(user) else None
        ),
        "to_review": _to_review() if can_review(user) else None,
        "to_report": Fieldlab.objects.filter(status=Fieldlab.Status.HELD).count() if can_plan(user) else None,
        "failing_mails": Mail.objects.failing().count(),
    }
    return render(request, "staff_home.html", context)


def _to_review() -> int:
    """How much waits for an editor: practices, proposed changes and evidence."""
    waiting = {
        "practices": Practice.objects.to_review(),
        "proposals": Proposal.objects.waiting(),
        "evidence": EvidenceRequest.objects.filter(status=EvidenceRequest.Status.ASKED),
    }
    return sum(counts_of(waiting).values())


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """How accessible the portal is, honestly."""
    return render(request, "accessibility.html", {"contact_email": settings.SECRETARIAT_EMAIL})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Which personal data are kept, why and how long."""
    context = {
        "contact_email": settings.SECRETARIAT_EMAIL,
        "confirmation_days": CONFIRMATION_TERM.days,
        "registration_days": REGISTRATION_TERM.days,
        "mail_days": settings.MAIL_RETENTION_DAYS,
        "session_days": timedelta(seconds=settings.SESSION_COOKIE_AGE).days,
    }
    return render(request, "privacy.html", context)


@require_safe
def robots_txt(request: HttpRequest) -> HttpResponse:
    """What search engines need not visit, and where the sitemap is."""
    return render(request, "robots.txt", {"site_url": settings.SITE_URL}, content_type=PLAIN_TEXT)


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell about a weak spot (RFC 9116). Expires in half a year; a year is the most that is allowed."""
    expires_at = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=183)
    context = {
        "contact_email": settings.SECRETARIAT_EMAIL,
        "expires_at": expires_at,
        "site_url": settings.SITE_URL,
    }
    return render(request, "security.txt", context, content_type=PLAIN_TEXT)

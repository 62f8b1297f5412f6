"""Pages that show all three apps together."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from alliance.models import Organisation, Signature
from alliance.permissions import can_represent
from fieldlabs.models import Fieldlab, Outcome, Registration
from knowledgebase.models import Adoption, Practice
from smartsociety.core.models import Mail


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this is, three numbers that are true, and the newest of each."""
    context = {
        "signatory_count": Organisation.objects.signatories().count(),
        "fieldlab_count": Fieldlab.objects.held().count(),
        "outcome_count": Outcome.objects.public().count(),
        "practice_count": Practice.objects.published().count(),
        "adoption_count": Adoption.objects.adopted().count(),
        "signatures": Signature.objects.published().with_card_data()[:3],
        "fieldlabs": Fieldlab.objects.public().upcoming().with_card_data()[:2],
        "practices": Practice.objects.published().with_card_data()[:3],
    }
    return render(request, "home.html", context)


@require_safe
def organisation_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The thread of one organisation: signed, fieldlabs, outcomes, practices, adopted from others."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug)
    context = {
        "organisation": organisation,
        "signatures": organisation.signatures.public().with_card_data(),
        "fieldlabs": Fieldlab.objects.public().with_card_data().attended_by(organisation),
        "outcomes": organisation.outcomes.public().with_card_data(),
        "practices": Practice.objects.published().owned_by(pk=organisation.pk).with_card_data(),
        "adoptions": organisation.adoptions.of_published().with_card_data(),
        "may_represent": can_represent(request.user, organisation),
    }
    return render(request, "organisation_detail.html", context)


@login_required
@require_safe
def my_page(request: HttpRequest) -> HttpResponse:
    """My organisations and my things."""
    organisations = Organisation.objects.filter(memberships__user=request.user)
    context = {
        "memberships": request.user.memberships.select_related("organisation"),
        "signatures": Signature.objects.public().filter(organisation__in=organisations).with_card_data(),
        "registrations": Registration.objects.of(request.user).standing().select_related("fieldlab", "organisation"),
        "drafts": Practice.objects.unfinished().owned_by(pk__in=organisations).with_card_data(),
    }
    return render(request, "my_page.html", context)


@login_required
@require_safe
def staff_home(request: HttpRequest) -> HttpResponse:
    """The staff workspace: what waits, for whom."""
    context = {
        "to_verify": Signature.objects.to_verify().count(),
        "to_review": Practice.objects.to_review().count(),
        "to_report": Fieldlab.objects.filter(status=Fieldlab.Status.HELD).count(),
        "failing_mails": Mail.objects.failing().count(),
    }
    return render(request, "staff_home.html", context)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """How accessible the portal is, honestly."""
    return render(request, "accessibility.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Which personal data are kept, why and how long."""
    return render(request, "privacy.html")

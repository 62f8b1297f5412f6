"""The secretariat's page for who may act for whom: requests for access, and mail domains to confirm."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alliance.actions.own_profile import decide_domain
from alliance.models import AccessRequest, Organisation
from alliance.permissions import can_verify_signatures
from alliance.views.own_access import decide_access
from smartsociety.core.pages import page_of
from smartsociety.core.permissions import require


@login_required
@require_safe
def staff_access_list(request: HttpRequest) -> HttpResponse:
    """What waits, longest waiting first."""
    require(can_verify_signatures(request.user))
    waiting = AccessRequest.objects.filter(status="asked").select_related("user", "organisation")
    waiting = waiting.prefetch_related("user__emailaddress_set", "organisation__memberships__user")
    context = {
        "page": page_of(request, waiting),
        "domains": _domains_to_check(),
    }
    return render(request, "alliance/staff/access_list.html", context)


@login_required
@require_POST
def staff_access_decide(request: HttpRequest, pk: int, decision: str) -> HttpResponse:
    """Let somebody in, or not."""
    require(can_verify_signatures(request.user))
    decide_access(request, get_object_or_404(AccessRequest, pk=pk), decision)
    return redirect("alliance:staff_access_list")


@login_required
@require_POST
def staff_domain_decide(request: HttpRequest, slug: str, decision: str) -> HttpResponse:
    """A proposed mail domain belongs to the organisation, or not. The button carries the domain."""
    require(can_verify_signatures(request.user))
    organisation = get_object_or_404(Organisation, slug=slug)
    domain, confirmed = request.POST.get("domain", ""), decision == "bevestigen"
    if decide_domain(organisation=organisation, domain=domain, confirmed=confirmed, by=request.user):
        done = _("%(domain)s counts as evidence now.") if confirmed else _("%(domain)s is not used.")
        messages.success(request, done % {"domain": domain})
    else:
        messages.error(request, _("This domain does not wait any more. Nothing was changed."))
    return redirect("alliance:staff_access_list")


def _domains_to_check() -> list[dict]:
    """Each proposed domain with its organisation, and others that have the same domain."""
    waiting = list(Organisation.objects.exclude(proposed_domains=[]))
    proposed = [domain for organisation in waiting for domain in organisation.proposed_domains]
    known = list(Organisation.objects.filter(email_domains__overlap=proposed)) if proposed else []
    return [
        {
            "organisation": organisation,
            "domain": domain,
            "others": [other for other in known if domain in other.email_domains and other != organisation],
        }
        for organisation in waiting
        for domain in organisation.proposed_domains
    ]

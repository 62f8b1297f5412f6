"""Programme staff ask people to come, with the balance of the helix before them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from fieldlabs.actions.invitation import invitable, invite
from fieldlabs.forms.invitation import InviteForm
from fieldlabs.models import Fieldlab
from fieldlabs.permissions import can_plan
from fieldlabs.staff.participants import balance
from smartsociety.core.permissions import require
from smartsociety.core.states import InvalidTransition


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitations(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose whom; look at who that is; then send."""
    require(can_plan(request.user))
    fieldlab = get_object_or_404(Fieldlab.objects.with_card_data(), slug=slug)
    form = InviteForm(request.POST or None, initial={"themes": list(fieldlab.themes.all())})
    people = None
    if request.method == "POST" and form.is_valid():
        organisations = form.organisations(fieldlab)
        addresses = form.cleaned_data["addresses"]
        if request.POST.get("send") == "1":
            try:
                number = invite(
                    fieldlab=fieldlab, organisations=organisations, addresses=addresses, by=request.user
                )
            except InvalidTransition:
                messages.error(
                    request, _("Announce the fieldlab first: then there is a page to invite people to.")
                )
            else:
                said = ngettext("%(number)s person is invited.", "%(number)s people are invited.", number)
                messages.success(request, said % {"number": number})
            return redirect("fieldlabs:invitations", slug)
        people = invitable(fieldlab, organisations)
    invited = fieldlab.invitations.count()
    context = {
        "fieldlab": fieldlab,
        "form": form,
        "people": people,
        "addresses": form.cleaned_data.get("addresses", []) if people is not None else [],
        "balance": balance(fieldlab),
        "invited": invited,
        "came": fieldlab.invitations.exclude(registration=None).count(),
    }
    return render(request, "fieldlabs/staff/invitations.html", context)

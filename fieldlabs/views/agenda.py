"""The secret address of somebody's own calendar."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fieldlabs.models import PersonalAgenda
from fieldlabs.models.registration import new_code


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def agenda(request: HttpRequest) -> HttpResponse:
    """Show the address; the button makes one, or a new one that ends the old."""
    own = PersonalAgenda.objects.filter(user=request.user).first()
    if request.method == "POST":
        own, _made = PersonalAgenda.objects.update_or_create(user=request.user, defaults={"code": new_code()})
        messages.success(request, _("This is your new address. An earlier one no longer works."))
    return render(request, "fieldlabs/agenda.html", {"agenda": own})

"""The logo of an organisation: putting it there, taking it away, and serving it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alliance.actions import own_profile as actions
from alliance.forms.own import LogoForm
from alliance.models import Organisation
from alliance.views.moved import follows_moves
from alliance.views.own import managed_organisation

A_YEAR = 365 * 24 * 60 * 60


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_logo(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose a logo."""
    organisation = managed_organisation(request, slug)
    form = LogoForm(request.POST, request.FILES) if request.method == "POST" else LogoForm()
    if form.is_valid():
        actions.set_logo(organisation=organisation, webp=form.cleaned_data["logo"], by=request.user)
        messages.success(request, _("The logo is saved."))
        return redirect("alliance:own_logo", slug)
    return render(request, "alliance/own/logo.html", {"form": form, "organisation": organisation})


@login_required
@require_POST
def own_logo_remove(request: HttpRequest, slug: str) -> HttpResponse:
    """Show no logo."""
    actions.remove_logo(organisation=managed_organisation(request, slug), by=request.user)
    messages.success(request, _("The logo is removed."))
    return redirect("alliance:own_logo", slug)


@require_safe
@follows_moves
def organisation_logo(request: HttpRequest, slug: str) -> HttpResponse:
    """The picture. Its address changes with it (`Organisation.logo_url`), so it may be kept for a year."""
    organisation = Organisation.objects.public().filter(slug=slug).first()
    is_public = organisation is not None
    if organisation is None:
        organisation = get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug)
    if not organisation.logo:
        raise Http404
    try:
        picture = organisation.logo.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    headers = {
        "Cache-Control": f"{'public' if is_public else 'private'}, max-age={A_YEAR}, immutable",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return FileResponse(picture, content_type="image/webp", headers=headers)

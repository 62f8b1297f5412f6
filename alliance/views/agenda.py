"""The agenda: what signatories do together, kept by staff and by the lead."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Case, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alliance.actions.agenda import show_project
from alliance.feeds import ProjectFeed
from alliance.filters import ProjectFilter
from alliance.forms.agenda import ProjectForm
from alliance.models import Project
from alliance.permissions import can_edit_project, can_start_project
from smartsociety.core.pages import page_of
from smartsociety.core.permissions import require

project_feed = require_safe(ProjectFeed())

# What is under way first, what is over last.
_ORDER = ["running", "preparation", "idea", "finished", "stopped"]
BY_PHASE = Case(*(When(phase=phase, then=Value(place)) for place, phase in enumerate(_ORDER)))


@require_safe
def project_list(request: HttpRequest) -> HttpResponse:
    """The projects, those under way first."""
    projects = Project.objects.visible_to(request.user).with_card_data().order_by(BY_PHASE, "title_nl", "pk")
    chosen = ProjectFilter(request.GET, queryset=projects)
    context = {
        "filter": chosen,
        "page": page_of(request, chosen.qs),
        "may_start": can_start_project(request.user),
    }
    return render(request, "alliance/project_list.html", context)


@require_safe
def project_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One project: who, how far, and what came of it in fieldlabs and practices."""
    project = get_object_or_404(Project.objects.visible_to(request.user).with_card_data(), slug=slug)
    context = {
        "project": project,
        "milestones": project.milestones.all(),
        "partners": project.partners.all(),
        "fieldlabs": project.fieldlabs.public().with_card_data(),
        "practices": project.practices.published().with_card_data(),
        "may_edit": can_edit_project(request.user, project),
    }
    return render(request, "alliance/project_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def project_create(request: HttpRequest) -> HttpResponse:
    """Start a project; it is a draft until it is published."""
    require(can_start_project(request.user))
    form = ProjectForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        project = form.save()
        messages.success(request, _("The project is kept as a draft. Publish it when it is ready."))
        return redirect(project)
    return render(request, "alliance/project_form.html", {"form": form, "project": None})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def project_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change a project and its milestones; the address stays."""
    project = get_object_or_404(Project.objects.visible_to(request.user), slug=slug)
    require(can_edit_project(request.user, project))
    form = ProjectForm(request.POST or None, instance=project, user=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The project is changed."))
        return redirect(project)
    return render(request, "alliance/project_form.html", {"form": form, "project": project})


@login_required
@require_POST
def project_publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Put it on the public agenda or take it off; the button that was pressed says which."""
    project = get_object_or_404(Project.objects.visible_to(request.user), slug=slug)
    require(can_edit_project(request.user, project))
    shown = request.POST.get("shown") == "1"
    show_project(project=project, shown=shown, by=request.user)
    messages.success(
        request, _("The project is on the agenda.") if shown else _("The project is a draft again.")
    )
    return redirect(project)

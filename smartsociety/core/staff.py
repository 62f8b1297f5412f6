"""Pages of the staff workspace about the portal itself: mail that does not arrive, and who changed what."""

from django import forms
from django.contrib import messages
from django.db.models import Case, QuerySet, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from smartsociety.core import audit
from smartsociety.core.mail import retry
from smartsociety.core.models import Mail, User
from smartsociety.core.pages import page_of
from smartsociety.core.permissions import require

FAILING_FIRST = Case(When(sent_at=None, attempts__gt=0, then=0), default=1)


def can_watch(user: User) -> bool:
    """Whether `user` may see mail and audit of everybody: every member of staff."""
    return user.is_active and user.is_staff


@require_safe
def mail_list(request: HttpRequest) -> HttpResponse:
    """Mails, those that fail first."""
    require(can_watch(request.user))
    page = page_of(request, Mail.objects.order_by(FAILING_FIRST, "-created_at", "-pk"))
    return render(
        request, "core/staff_mail_list.html", {"page": page, "failing": Mail.objects.failing().count()}
    )


@require_POST
def mail_retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Try a failing mail once more."""
    require(can_watch(request.user))
    retry(get_object_or_404(Mail.objects.failing(), pk=pk))
    messages.success(request, _("The mail is queued and will be tried again."))
    return redirect("staff_mail_list")


class AuditFilter(forms.Form):
    """Which changes to show."""

    model = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    object_id = forms.CharField(label=gettext_lazy("Number"), required=False, max_length=40)
    person = forms.ModelChoiceField(
        label=gettext_lazy("Changed by"),
        required=False,
        queryset=User.objects.filter(is_staff=True).order_by("name", "email"),
        empty_label=gettext_lazy("Everybody"),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        kinds = {
            model._meta.label_lower: capfirst(model._meta.verbose_name) for model in audit.tracked_models()
        }
        self.models = {model._meta.label_lower: model for model in audit.tracked_models()}
        self.fields["model"].choices = [
            ("", _("Everything")),
            *sorted(kinds.items(), key=lambda kind: kind[1]),
        ]

    def changes(self) -> QuerySet:
        """Keys of the changes that this form asks for; of everything when it was filled in wrongly."""
        chosen = self.cleaned_data if self.is_valid() else {}
        return audit.latest(
            model=self.models.get(chosen.get("model", "")),
            object_id=chosen.get("object_id", ""),
            person=chosen.get("person"),
        )


@require_safe
def audit_list(request: HttpRequest) -> HttpResponse:
    """Who changed what, the latest first."""
    require(can_watch(request.user))
    form = AuditFilter(request.GET)
    page = page_of(request, form.changes())
    return render(
        request, "core/staff_audit_list.html", {"form": form, "page": page, "changes": audit.read(page)}
    )

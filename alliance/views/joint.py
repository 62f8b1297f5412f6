"""A municipality that a partnership named joins, or does not."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from alliance import actions
from alliance.actions import joint
from alliance.actions.parties import decline
from alliance.forms.signing import JoinForm
from alliance.models import JointInvitation
from alliance.views.signing import signature_taken


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def joint_answer(request: HttpRequest, token: str) -> HttpResponse:
    """What is asked, the text, and the form to join. Opening it changes nothing."""
    invitation = joint.find(token)
    if invitation is None or invitation.accepted is False:
        return render(request, "alliance/joint/dead.html", {"invitation": invitation}, status=410)
    if invitation.accepted:
        return render(request, "alliance/joint/joined.html", {"invitation": invitation})
    form = JoinForm(request.POST or None, request.FILES or None, email=invitation.email)
    if request.method == "POST" and form.is_valid():
        return _join(request, invitation, form)
    context = {
        "invitation": invitation,
        "form": form,
        "token": token,
        "declaration": invitation.signature.declaration,
    }
    return render(request, "alliance/joint/answer.html", context)


def _join(request: HttpRequest, invitation: JointInvitation, form: JoinForm) -> HttpResponse:
    names = ("signer_name", "signer_function", "mandate_by", "mandate_on", "publish_name")
    answers = {name: form.cleaned_data[name] for name in names}
    document = form.cleaned_data["document"] or ""
    try:
        joint.join(
            invitation=invitation,
            language=get_language(),
            consents=form.consents,
            mandate_document=document,
            **answers,
        )
    except actions.AlreadySigned as error:
        return signature_taken(request, error.args[0])
    except JointInvitation.DoesNotExist:
        return render(request, "alliance/joint/dead.html", {"invitation": invitation}, status=410)
    return render(request, "alliance/joint/joined.html", {"invitation": invitation})


@never_cache
@require_POST
def joint_decline(request: HttpRequest, token: str) -> HttpResponse:
    """The municipality does not join."""
    invitation = joint.find(token)
    if invitation is None or invitation.accepted:
        return render(request, "alliance/joint/dead.html", {"invitation": invitation}, status=410)
    decline(invitation=invitation)
    return render(request, "alliance/joint/declined.html", {"invitation": invitation})

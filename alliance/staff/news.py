"""News to signatories, under /beheer/nieuws/: write in two languages, look, send once."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alliance.actions.news import PURPOSE, AlreadySent, TextChanged, send_news, texts
from alliance.forms.news import NewsForm
from alliance.models import News
from alliance.permissions import can_send_news
from smartsociety.core.models import Consent
from smartsociety.core.pages import page_of
from smartsociety.core.permissions import require


@login_required
@require_safe
def news_list(request: HttpRequest) -> HttpResponse:
    """What was written, the latest first."""
    require(can_send_news(request.user))
    context = {"page": page_of(request, News.objects.all()), "reader_count": _reader_count()}
    return render(request, "alliance/staff/news_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def news_create(request: HttpRequest) -> HttpResponse:
    """Write a message; nothing is sent yet."""
    require(can_send_news(request.user))
    return _write(request, News())


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def news_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what was not sent yet."""
    require(can_send_news(request.user))
    return _write(request, get_object_or_404(News, pk=pk, sent_at=None))


@login_required
@require_safe
def news_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The message as readers get it, in both languages, and the button that sends it."""
    require(can_send_news(request.user))
    news = get_object_or_404(News.objects.select_related("sent_by"), pk=pk)
    context = {"news": news, "texts": texts(news), "reader_count": _reader_count()}
    return render(request, "alliance/staff/news_detail.html", context)


@login_required
@require_POST
def news_send(request: HttpRequest, pk: int) -> HttpResponse:
    """Send to everybody who agreed, once, what is on the screen."""
    require(can_send_news(request.user))
    news = get_object_or_404(News, pk=pk)
    try:
        send_news(news=news, seen=request.POST.get("seen", ""), by=request.user)
    except AlreadySent:
        messages.error(request, _("This message was sent already. Nothing was sent now."))
    except TextChanged:
        messages.error(request, _("The text has changed since you looked. Read it again, then send it."))
    else:
        count = _reader_count()
        sent = ngettext(
            "The message goes to %(count)s reader.", "The message goes to %(count)s readers.", count
        )
        messages.success(request, sent % {"count": count})
    return redirect("alliance:news_detail", news.pk)


def _write(request: HttpRequest, news: News) -> HttpResponse:
    form = NewsForm(request.POST or None, instance=news)
    if request.method == "POST" and form.is_valid():
        news = form.save()
        messages.success(request, _("Saved. Read it below before you send it."))
        return redirect("alliance:news_detail", news.pk)
    return render(request, "alliance/staff/news_form.html", {"form": form, "news": news})


def _reader_count() -> int:
    return Consent.objects.standing(PURPOSE).count()

"""What waits for the secretariat and for representatives: questions, news, a request for access, an invitation."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from alliance.models import AccessRequest, Enquiry, Invitation, Membership, News, Organisation
from smartsociety.core import sample
from smartsociety.core.models import User
from smartsociety.core.tokens import new_token

FOLDER = Path(__file__).parent
INVITED = "collega@duinbeek.example"


def load(*, represented: str) -> None:
    """Those that are not there yet; the editor of another organisation asks for access to `represented`."""
    given, secretariat = _given(), User.objects.get(email=sample.SECRETARIAT)
    for entry in given["enquiries"]:
        if not Enquiry.objects.filter(subject=entry["subject"], email=entry["email"]).exists():
            _enquiry(entry, secretariat).save()
    for entry in given["news"]:
        if not News.objects.filter(subject_nl=entry["subject_nl"]).exists():
            _news(entry, secretariat).save()
    _load_access(Organisation.objects.get(slug=represented))


def unload() -> None:
    """Remove the questions and the news; what belongs to an organisation goes with it."""
    given = _given()
    for entry in given["enquiries"]:
        Enquiry.objects.filter(subject=entry["subject"], email=entry["email"]).delete()
    News.objects.filter(subject_nl__in=[entry["subject_nl"] for entry in given["news"]]).delete()


def _given() -> dict[str, Any]:
    return sample.read(FOLDER / "contact.toml")


def _days_ago(days: int):
    return timezone.localtime() - timedelta(days=days)


def _enquiry(entry: dict[str, Any], secretariat: User) -> Enquiry:
    values = {name: value for name, value in entry.items() if name != "days_ago"}
    enquiry = Enquiry(**values, created_at=_days_ago(entry["days_ago"]))
    if enquiry.status != Enquiry.Status.OPEN:
        enquiry.handled_at, enquiry.handled_by = sample.after(enquiry.created_at, days=2), secretariat
    return enquiry


def _news(entry: dict[str, Any], secretariat: User) -> News:
    values = {name: value for name, value in entry.items() if name not in ("days_ago", "sent")}
    news = News(**values, created_at=_days_ago(entry["days_ago"]))
    if entry["sent"]:
        news.sent_at, news.sent_by = sample.after(news.created_at, hours=3), secretariat
    return news


def _load_access(organisation: Organisation) -> None:
    asker = User.objects.get(email=sample.EDITOR_ELSEWHERE)
    if not organisation.access_requests.filter(user=asker).exists():
        AccessRequest.objects.create(
            organisation=organisation,
            user=asker,
            role=Membership.Role.EDITOR,
            message="Ik schrijf voor beide gemeenten over onze gezamenlijke proef.",
            created_at=_days_ago(3),
        )
    if not organisation.invitations.filter(email=INVITED).exists():
        Invitation.objects.create(
            organisation=organisation,
            email=INVITED,
            role=Membership.Role.EDITOR,
            token_hash=new_token()[1],
            invited_by=User.objects.get(email=sample.REPRESENTATIVE),
            created_at=_days_ago(4),
            expires_at=timezone.localtime() + timedelta(days=10),
        )

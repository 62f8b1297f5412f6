"""Accounts that come into being because somebody proved an address elsewhere."""

from allauth.account.models import EmailAddress
from django.db import transaction

from smartsociety.core.models import User


@transaction.atomic
def account_for(*, email: str, name: str, language: str) -> User:
    """The account of a person who confirmed `email` by mail, made when there is none."""
    email = email.lower()
    if known := EmailAddress.objects.filter(email=email, verified=True).select_related("user").first():
        return known.user
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, name=name, language=language)
    else:  # whoever made this account never proved the address, so may not keep a key to it
        user.set_unusable_password()
        user.save(update_fields=["password"])
    EmailAddress.objects.update_or_create(
        user=user, email=email, defaults={"verified": True, "primary": True}
    )
    return user

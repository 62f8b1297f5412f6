"""New signatories in people's own feed readers."""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.utils.html import linebreaks
from django.utils.translation import gettext as _

from alliance.filters import SignatoryFilter
from alliance.models import Organisation, Signature
from smartsociety.core.feeds import NEWEST, ListFeed


class SignatoryFeed(ListFeed):
    """Organisations as they join, the newest first; narrowed by the same choices as the list."""

    list_name, feed_name = "alliance:signatory_list", "alliance:signatory_feed"

    def get_object(self, request: HttpRequest) -> SignatoryFilter:
        """The choices in the address."""
        return SignatoryFilter(request.GET, queryset=Organisation.objects.signatories().with_card_data())

    def title(self, chosen: SignatoryFilter) -> str:
        return _("New signatories of the Smart Society declaration of support")

    def items(self, chosen: SignatoryFilter) -> list[Signature]:
        joining = Signature.objects.joining().with_card_data()
        return list(joining.filter(organisation__in=chosen.qs.order_by().values("pk"))[:NEWEST])

    def item_title(self, signature: Signature) -> str:
        return signature.organisation.name

    def item_description(self, signature: Signature) -> str:
        """The public statement, as HTML."""
        return linebreaks(signature.statement, autoescape=True)

    def item_link(self, signature: Signature) -> str:
        return signature.organisation.get_absolute_url()

    def item_guid(self, signature: Signature) -> str:
        """The proof: it never changes."""
        return settings.SITE_URL + signature.get_absolute_url()

    def item_pubdate(self, signature: Signature) -> datetime:
        return signature.published_at

    def item_updateddate(self, signature: Signature) -> datetime:
        return signature.published_at

    def item_categories(self, signature: Signature) -> list[str]:
        return [theme.name for theme in signature.themes.all()]

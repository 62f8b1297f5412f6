"""The search engine as a Django app of its own: its tables have nothing to do with those of the rest of core."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """Tables `search_…`."""

    name = "smartsociety.core.search"
    label = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        """Every app tells what is searched in it."""
        autodiscover_modules("searched")
        from smartsociety.core.search import triggers  # noqa: PLC0415 its models are only ready now

        post_migrate.connect(triggers.install, sender=self)

"""Registers the ground as a Django app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    name = "smartsociety.core"
    label = "core"

    def ready(self) -> None:
        """Every table that a migration makes is watched from then on."""
        from smartsociety.core.content import watch  # noqa: PLC0415 its models are ready only now

        post_migrate.connect(watch, sender=self, dispatch_uid="core.watch_content")

"""Registers the ground as a Django app."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "smartsociety.core"
    label = "core"

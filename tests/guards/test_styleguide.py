"""Every component is on /stijlgids/: what is not shown there is not looked at, not by people and not by axe-core."""

import re

import pytest

from smartsociety.core.templatetags.components.registry import laid_out
from tests.guards.sources import ROOT


@pytest.mark.django_db
def test_every_component_is_in_the_style_guide(client):
    laid_out.cache_clear()
    components = {path.stem for path in (ROOT / "templates" / "components").glob("*.html")}
    drawn = {template.name for template in client.get("/stijlgids/").templates}
    shown = {name.removeprefix("components/").removesuffix(".html") for name in drawn if name}
    assert components - shown == set()


@pytest.mark.django_db
def test_no_id_is_used_twice_in_the_style_guide(client):
    ids = re.findall(r'\bid="([^"]+)"', client.get("/stijlgids/").content.decode())
    assert sorted(each for each in set(ids) if ids.count(each) > 1) == []

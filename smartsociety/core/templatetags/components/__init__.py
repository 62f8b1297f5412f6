"""Components: the parts every page is made of. Each has its markup in templates/components/ and a place on /stijlgids/.

Defaults stand in the signature, so a forgotten or misspelt attribute raises. A component with a slot is a block tag:
`{% card title=… url=… %} … {% endcard %}`. Lists of links are pairs: `{% breadcrumb _("Fieldlabs") url title %}`.
"""

from smartsociety.core.templatetags.components import (
    buttons,
    figures,
    forms,
    lists,
    navigation,
    states,
    tables,
    text,
    thread,
)
from smartsociety.core.templatetags.components.navigation import section_nav
from smartsociety.core.templatetags.components.registry import register

__all__ = [
    "buttons",
    "figures",
    "forms",
    "lists",
    "navigation",
    "register",
    "section_nav",
    "states",
    "tables",
    "text",
    "thread",
]

"""What can be pressed."""

from smartsociety.core.templatetags.components.registry import plain_tag, register, render

BUTTON_LOOKS = {
    "primary": "nl-button--primary",
    "secondary": "nl-button--secondary",
    "subtle": "nl-button--subtle",
    "negative": "nl-button--secondary nl-button--negative",
}


@plain_tag
def button(label, variant="primary", type="submit", name="", value="", icon="", form="", disabled=False):
    """A button in a form. `variant`: primary, secondary, subtle or negative."""
    return {
        "label": label,
        "look": BUTTON_LOOKS[variant],
        "type": type,
        "name": name,
        "value": value,
        "icon": icon,
        "form": form,
        "disabled": disabled,
    }


@plain_tag
def button_link(label, url, variant="primary", icon="", download=False):
    """A link that looks like a button: for the one thing that this page wants from its reader."""
    return {"label": label, "url": url, "look": BUTTON_LOOKS[variant], "icon": icon, "download": download}


@register.inclusion_tag("components/post_button.html", takes_context=True)
def post_button(context, label, url, variant="secondary", icon="", name="", value=""):
    """A form of one button: for a change that needs no further answers. Carries one name and value if given."""
    return {
        "label": label,
        "url": url,
        "variant": variant,
        "icon": icon,
        "name": name,
        "value": value,
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_block_tag
def button_group(content):
    """Buttons and button links side by side; the first is the most important."""
    return render("button_group", content=content)

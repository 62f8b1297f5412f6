"""How things stand: messages, states, properties, and nothing at all."""

from smartsociety.core.templatetags.components.registry import plain_tag, register, render

ALERT_ICONS = {"info": "info", "ok": "check", "warning": "warning", "error": "error"}


@register.simple_block_tag
def alert(content, kind="info", heading="", role="", id=""):
    """A message of a line or two. `kind`: info, ok, warning or error. `role`: status or alert, for one that is news."""
    return render(
        "alert", content=content, kind=kind, icon=ALERT_ICONS[kind], heading=heading, role=role, id=id
    )


@register.inclusion_tag("components/messages.html")
def messages_list(messages):
    """Messages of django.contrib.messages, announced politely."""
    kinds = {"debug": "info", "info": "info", "success": "ok", "warning": "warning", "error": "error"}
    shown = [{"text": message, "kind": kinds.get(message.level_tag, "info")} for message in messages or ()]
    return {"shown": [{**message, "icon": ALERT_ICONS[message["kind"]]} for message in shown]}


STATUS_KINDS = {
    "neutral": "neutral",
    "active": "info",
    "positive": "success",
    "warning": "warning",
    "negative": "error",
}


@plain_tag
def status(label, kind="neutral"):
    """Where something stands, by word, shape and tone. `kind`: neutral, active, positive, warning or negative."""
    return {"label": label, "kind": kind, "utrecht_kind": STATUS_KINDS[kind]}


@plain_tag
def badge(label, icon=""):
    """A plain property in a few letters: a phase, a format, a province."""
    return {"label": label, "icon": icon}


@plain_tag
def theme_tag(slug, name, url=""):
    """A theme by its icon and its name; a link when there is a `url`."""
    return {"slug": slug, "name": name, "url": url}


@register.inclusion_tag("components/example_notice.html")
def example_notice():
    """Says that what is shown here is example data."""
    return {}


@register.inclusion_tag("components/empty_state.html")
def empty_state(title, text="", action="", url=""):
    """What to read when a list is empty, and the way on."""
    return {"title": title, "text": text, "action": action, "url": url}

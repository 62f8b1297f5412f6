"""The red thread, the portal's one visual idea."""

from django.utils.translation import gettext_lazy as _

from smartsociety.core.templatetags.components.registry import grouped, register

STEP = {
    "kind": "",
    "label": "",
    "title": "",
    "url": "",
    "date": None,
    "state": "open",
    "number": None,
    "lang": "",
}
STEP_LABELS = {
    "signed": _("Signed"),
    "fieldlab": _("Fieldlab"),
    "outcome": _("Outcome"),
    "practice": _("Practice"),
    "adopted": _("Adopted"),
}
STEP_STATES = {
    "done": _("done"),
    "current": _("you are here"),
    "open": _("not yet"),
    "stuck": _("stuck here"),
}


@register.inclusion_tag("components/thread.html")
def thread(steps, label=""):
    """The red thread: signed, fieldlab, outcome, practice, adopted. A step with a `number` shows it large.

    A step is a dict of kind, label, title, url, date, state (done, current, open or stuck), number and lang.
    """
    shown = []
    for given in steps:
        if unknown := given.keys() - STEP.keys():
            raise TypeError(f"thread: a step has no {', '.join(sorted(unknown))}")
        step = {**STEP, **given}
        step["label"] = step["label"] or STEP_LABELS[step["kind"]]
        step["state_label"] = STEP_STATES[step["state"]]
        if step["number"] is not None:
            step["number"] = grouped(step["number"])
        shown.append(step)
    with_numbers = any(step["number"] is not None for step in shown)
    return {"steps": shown, "label": label or _("The thread"), "with_numbers": with_numbers}

"""Log lines: the baseline's fields, and nothing about persons."""

import json
import logging

import pytest
import structlog

from smartsociety.core.logs import logging_config

FIELDS = ["time", "action", "object", "result", "origin", "actor"]


class Written(logging.Handler):
    """Keeps what would have been written."""

    def __init__(self, **formatter):
        super().__init__()
        self.setFormatter(formatter.pop("()")(**formatter))
        self.lines = []

    def emit(self, record):
        self.lines.append(self.format(record))


@pytest.fixture
def lines():
    """The JSON lines written so far, read."""
    handler = Written(**logging_config(level="INFO", readable=False)["formatters"]["line"])
    logging.getLogger().addHandler(handler)
    yield lambda: [json.loads(line) for line in handler.lines]
    logging.getLogger().removeHandler(handler)
    structlog.contextvars.clear_contextvars()
    logging_config(level="INFO", readable=True)


def test_line_has_the_fields_of_the_baseline_in_order(lines):
    structlog.get_logger("x").info(
        "signature_published", request="POST /x/", code=302, ip="10.0.0.0/24", user_id=7
    )

    (line,) = lines()

    assert list(line)[:6] == FIELDS
    assert [line[name] for name in FIELDS[1:]] == ["signature_published", "POST /x/", 302, "10.0.0.0/24", 7]


def test_line_of_the_standard_library_has_the_same_fields(lines):
    logging.getLogger("django.security").warning("Forbidden %s", "here")

    (line,) = lines()

    assert list(line)[:6] == FIELDS
    assert (line["action"], line["level"], line["logger"]) == ("Forbidden here", "warning", "django.security")


def test_line_carries_what_the_request_bound(lines):
    structlog.contextvars.bind_contextvars(request_id="abc")

    structlog.get_logger("x").info("something")

    assert lines()[0]["request_id"] == "abc"


def test_line_never_holds_an_address_or_a_browser(lines):
    structlog.get_logger("x").info("mail to jan.jansen@gemeente.example failed", user_agent="Firefox")

    (line,) = lines()

    assert line["action"] == "mail to …@… failed"
    assert "user_agent" not in line


def test_error_tells_its_traceback_without_variables(lines):
    def fail(typed):
        raise ValueError("jan@gemeente.example is wrong")

    try:
        fail("typed-by-a-person")
    except ValueError:
        structlog.get_logger("x").exception("request_failed")

    (line,) = lines()

    assert (line["exception"][0]["exc_type"], line["exception"][0]["exc_value"]) == (
        "ValueError",
        "…@… is wrong",
    )
    assert "typed-by-a-person" not in json.dumps(line)


def test_readable_lines_are_not_json():
    handler = Written(**logging_config(level="INFO", readable=True)["formatters"]["line"])
    handler.emit(logging.LogRecord("x", logging.INFO, "", 0, "hello", None, None))

    assert "hello" in handler.lines[0]
    assert not handler.lines[0].startswith("{")


def test_level_and_noise():
    config = logging_config(level="warning", readable=False)

    assert config["root"]["level"] == "WARNING"
    assert config["loggers"]["django.request"]["level"] == "CRITICAL"

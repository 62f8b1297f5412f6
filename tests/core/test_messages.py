import gettext

import pytest

from smartsociety.core import messages

PYTHON = """
from django.utils.translation import gettext as _, ngettext, pgettext

# Translators: on a button
SAVE = _("Save")
GREETING = _("Hello %(name)s") % {"name": name}
COUNT = ngettext("%(count)s practice", "%(count)s practices", count)
OPEN = pgettext("a state", "Open")
not_a_text = other("Not a text")
"""
TEMPLATE = """
{% load i18n %}
  <p>{# Translators: the verb #}
    {% translate "Sign" context "to support" %} it's "quoted" (and not closed
</p>
    <ul>
  {% blocktranslate trimmed with name=person.name %}
    Dear {{ name }},
      100% welcome
  {% endblocktranslate %}
 {% blocktranslate trimmed count counter=total %}One reply{% plural %}{{ counter }} replies{% endblocktranslate %}
{% button _("Send") icon=_('arrow') %}
    {{ value|default:_("nothing") }}
"""


@pytest.fixture
def project(tmp_path):
    """A small project with one app and one template."""
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "views.py").write_text(PYTHON)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(TEMPLATE)
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_it.py").write_text('_("Not ours")')
    return tmp_path


def write_dutch(project, entries):
    path = messages.catalog_path(project)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n' + entries, encoding="utf-8"
    )
    return path


def only_python(project, source):
    (project / "app" / "views.py").write_text(source)
    (project / "templates" / "page.html").unlink()


def test_extraction_finds_every_kind_of_text_in_order(project):
    found = [(message.id, message.context) for message in messages.extracted(project) if message.id]
    assert found == [
        ("Save", None),
        ("Hello %(name)s", None),
        (("%(count)s practice", "%(count)s practices"), None),
        ("Open", "a state"),
        ("Sign", "to support"),
        ("Dear %(name)s, 100%% welcome", None),
        (("One reply", "%(counter)s replies"), None),
        ("Send", None),
        ("arrow", None),
        ("nothing", None),
    ]


def test_comments_for_translators_travel_along(project):
    catalog = messages.extracted(project)
    assert catalog.get("Save").auto_comments == ["Translators: on a button"]
    assert catalog.get("Sign", "to support").auto_comments == ["Translators: the verb"]


def test_update_writes_the_same_file_twice_without_dates_and_lines(project):
    messages.update(project)
    path = messages.catalog_path(project)
    first = path.read_text()
    messages.update(project)
    assert path.read_text() == first
    assert "Date" not in first
    assert '#. Translators: on a button\n#: app/views.py\nmsgid "Save"\nmsgstr ""\n' in first


def test_update_keeps_translations_and_drops_what_is_gone(project):
    only_python(project, '_("Save")\n_("Send")')
    path = write_dutch(project, 'msgid "Save"\nmsgstr "Bewaren"\n\nmsgid "Gone"\nmsgstr "Weg"\n')
    messages.update(project)
    text = path.read_text()
    assert 'msgid "Save"\nmsgstr "Bewaren"' in text
    assert 'msgid "Send"\nmsgstr ""' in text
    assert "Gone" not in text


def test_update_does_not_guess_a_translation_for_a_changed_text(project):
    only_python(project, '_("Save this practice")')
    path = write_dutch(project, 'msgid "Save the practice"\nmsgstr "Bewaar de praktijk"\n')
    messages.update(project)
    assert 'msgid "Save this practice"\nmsgstr ""' in path.read_text()


def test_compiled_file_is_what_gettext_reads(project):
    only_python(project, '_("Save")\nngettext("%(count)s day", "%(count)s days", n)\n_("Untranslated")')
    messages.update(project)
    path = messages.catalog_path(project)
    text = path.read_text().replace('msgid "Save"\nmsgstr ""', 'msgid "Save"\nmsgstr "Bewaren"')
    path.write_text(
        text.replace('msgstr[0] ""', 'msgstr[0] "één dag"').replace(
            'msgstr[1] ""', 'msgstr[1] "%(count)s dagen"'
        )
    )
    messages.compile_messages(project)
    with path.with_suffix(".mo").open("rb") as file:
        dutch = gettext.GNUTranslations(file)
    assert dutch.gettext("Save") == "Bewaren"
    assert dutch.gettext("Untranslated") == "Untranslated"
    assert [dutch.ngettext("%(count)s day", "%(count)s days", n) for n in (1, 2)] == [
        "één dag",
        "%(count)s dagen",
    ]


@pytest.mark.parametrize(
    ("source", "entry", "problem"),
    [
        ('_("Save")', "", "app/views.py: not in the message file, run `make messages`: 'Save'"),
        ('_("Save")', 'msgid "Save"\nmsgstr ""\n', "app/views.py: not translated: 'Save'"),
        ('_("Save")', '#, fuzzy\nmsgid "Save"\nmsgstr "Bewaar"\n', "app/views.py: marked fuzzy: 'Save'"),
        ("", 'msgid "Save"\nmsgstr "Bewaar"\n', "locale/nl: no longer in the source: 'Save'"),
        (
            '_("Hello %(name)s")',
            'msgid "Hello %(name)s"\nmsgstr "Dag %(naam)s"\n',
            "app/views.py: other placeholders than the source: 'Hello %(name)s'",
        ),
        (
            'ngettext("%(n)s day", "%(n)s days", n)',
            'msgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "één dag"\nmsgstr[1] "dagen"\n',
            "app/views.py: other placeholders than the source: '%(n)s day'",
        ),
        (
            'ngettext("%(n)s day", "%(n)s days", n)',
            'msgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "één dag"\nmsgstr[1] ""\n',
            "app/views.py: not translated: '%(n)s day'",
        ),
        (
            'pgettext("a state", "Open")',
            'msgid "Open"\nmsgstr "Open"\n',
            "app/views.py: not in the message file",
        ),
    ],
)
def test_check_names_what_is_incomplete(project, source, entry, problem):
    only_python(project, source)
    write_dutch(project, entry)
    assert messages.problems(project)[0].startswith(problem)


def test_check_accepts_a_singular_without_its_number_and_percent_signs(project):
    only_python(project, 'ngettext("%(n)s day", "%(n)s days", n)\n_("100%% sure")')
    write_dutch(
        project,
        'msgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "één dag"\nmsgstr[1] "%(n)s dagen"\n\n'
        'msgid "100%% sure"\nmsgstr "100%% zeker"\n',
    )
    assert messages.problems(project) == []


def test_check_fails_with_the_number_of_texts(monkeypatch):
    monkeypatch.setattr(messages, "problems", lambda: ["a text: not translated"])
    with pytest.raises(SystemExit, match="a text: not translated\n1 texts to see to in locale/nl"):
        messages.main(["check"])


@pytest.mark.parametrize("arguments", [[], ["extract"], ["check", "nl"]])
def test_wrong_command_shows_the_right_ones(arguments):
    with pytest.raises(SystemExit, match=r"Usage: .* update \| compile \| check"):
        messages.main(arguments)

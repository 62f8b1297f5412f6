"""What changed between two texts."""

from smartsociety.core.comparison import Part, compare

OLD = "# Titel\n\nWij werken **samen** aan steden.\n\n- een punt\n- vervalt"
NEW = "# Titel\n\nWij werken samen aan dorpen en steden.\n\n- een punt\n\nEen nieuwe alinea."


def words(paragraphs, *kinds):
    return [" ".join(part.text for part in parts if part.kind in kinds) for parts in paragraphs]


def test_words_that_came_and_went_are_named_and_nothing_is_lost():
    changed = compare(OLD, NEW)
    assert words(changed, "new")[1] == "dorpen en"
    assert changed[0] == [Part("same", "Titel")]
    assert [text for text in words(changed, "same", "new") if text] == [
        "Titel", "Wij werken samen aan dorpen en steden.", "een punt", "Een nieuwe alinea.",
    ]  # fmt: skip
    assert [text for text in words(changed, "same", "gone") if text] == [
        "Titel", "Wij werken samen aan steden.", "een punt", "vervalt",
    ]  # fmt: skip


def test_same_text_has_no_changes():
    assert {part.kind for parts in compare(OLD, OLD) for part in parts} == {"same"}


def test_words_that_were_replaced_together_are_one_run():
    assert compare("In totaal is 63.000 euro uitgegeven.", "Na een jaar weten we het.") == [
        [Part("gone", "In totaal is 63.000 euro uitgegeven."), Part("new", "Na een jaar weten we het.")]
    ]
    assert compare("Het kost veel geld.", "Het kost weinig geld.") == [
        [Part("same", "Het kost"), Part("gone", "veel"), Part("new", "weinig"), Part("same", "geld.")]
    ]

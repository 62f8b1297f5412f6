"""Tables that become a list of blocks on a phone."""

from django.template import engines

TABLE = """{% table caption="Wie" stacked=stacked %}
<thead><tr><th scope="col">Naam</th><th scope="col" class="numeric">Aan <b>"ons"</b></th></tr></thead>
<tbody><tr class="x"><th scope="row"><a href="/">Ede &amp; co</a></th><td class="numeric"> 3 </td></tr>
<tr><td>Epe</td><td>
</td></tr></tbody>{% endtable %}"""


def shown(stacked):
    return engines["django"].from_string(TABLE).render({"stacked": stacked})


def test_each_cell_says_under_which_heading_it_stands():
    html = shown(True)
    label = 'data-label="Aan &quot;ons&quot;"'
    assert (
        '<tr role="row" class="x"><th role="rowheader" data-label="Naam" scope="row"><a href="/">Ede &amp; co'
        in html
    )
    assert f'<td role="cell" {label} class="numeric"> 3 </td>' in html
    assert (
        f'<tr role="row"><td role="cell" data-label="Naam">Epe</td><td role="cell" {label} data-empty>'
        in html
    )


def test_headings_keep_their_role_when_they_are_laid_out_otherwise():
    html = shown(True)
    assert '<table class="utrecht-table utrecht-table--html-table table-stacked" role="table">' in html
    assert html.count('role="columnheader"') == 2
    assert (html.count('role="rowgroup"'), html.count('role="row"')) == (2, 3)


def test_other_tables_are_as_they_were_written():
    html = shown(False)
    assert ("data-label" in html, 'role="row"' in html, "table-stacked" in html) == (False, False, False)

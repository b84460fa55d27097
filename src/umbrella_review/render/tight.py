"""Pages without what pandoc writes for its own sake: thousands of times it is most of a page."""

from __future__ import annotations

import re

# Classes that have told pandoc what it had to know.
_SPENT = ("level3 unnumbered unlisted ", ' class="unnumbered unlisted"')
# No element of these can stand in preformatted text, where line breaks count.
_BREAKS = re.compile(
    r"(?<=</dt>)\n(?=<dd>)|(?<=<dd>)\n|\n(?=</dd>)|(?<=</t[dh]>)\n(?=<t[dh]|</tr>)|(?<=<tr>)\n"
)
# A definition of one paragraph is that paragraph.
_ONLY_PARAGRAPH = re.compile(r"<dd><p>((?:(?!</?p>|<dd>).)*)</p></dd>", re.DOTALL)
# HTML ends a term and a definition where the next begins, and with their list.
_OPTIONAL = re.compile(r"</d[td]>(?=\s*(?:<d[td]>|</dl>))")
# Each line of coloured code has an identifier and an empty link to itself that nobody sees.
_CODE_LINE = re.compile(
    r'^((?:<div[^>]*><pre[^>]*><code[^>]*>)?)<span id="cb\d+-\d+">'
    r'<a href="#cb\d+-\d+" aria-hidden="true" tabindex="-1"></a>(.*)</span>'
    r"((?:</code></pre></div>)?)$",
    re.MULTILINE,
)


def tighten(page: str, *, entries: bool = False) -> str:
    """Return a page as pandoc writes it with less markup, the same to see and to read aloud.

    Parameters
    ----------
    page : str
        HTML.
    entries : bool, optional
        Whether it is a page of the thousands of values or rows, where ends of definitions that
        HTML does not ask for are left out too.

    Returns
    -------
    str
        HTML of the same elements, without the identifiers of the lines of code.
    """
    for spent in _SPENT:
        page = page.replace(spent, "")
    page = _CODE_LINE.sub(r"\1\2\3", page)
    page = _ONLY_PARAGRAPH.sub(r"<dd>\1</dd>", _BREAKS.sub("", page))
    return _OPTIONAL.sub("", page) if entries else page

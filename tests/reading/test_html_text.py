from __future__ import annotations

from sincerely.reading.html_text import read_html


def test_words_are_read_and_scripts_are_not() -> None:
    page = b"<title>t</title><style>p{}</style><script>alert(1)</script><p>Jo &amp; Co</p>"
    assert read_html(page).text.split() == ["Jo", "&", "Co"]


def test_blocks_begin_a_line_and_points_a_bullet() -> None:
    text = read_html(b"<h1>Skills</h1><ul><li>Grill<li>Soup</ul>").text
    assert [line for line in text.splitlines() if line] == ["Skills", "• Grill", "• Soup"]


def test_a_declared_charset_is_used_and_a_wrong_one_is_not() -> None:
    declared = '<meta charset="windows-1250"><p>Żółć'.encode("cp1250")
    assert read_html(declared).text.strip() == "Żółć"
    assert read_html("<meta charset=no-such><p>Zoë".encode()).text.strip() == "Zoë"


def test_links_to_the_web_are_kept() -> None:
    page = b'<a href="https://jo.example">me</a><a href="javascript:x()">no</a><a>none</a>'
    assert read_html(page).links == ["https://jo.example"]


def test_an_end_without_a_beginning_hides_nothing() -> None:
    assert read_html(b"</script><p>Jo</p></style>").text.strip() == "Jo"

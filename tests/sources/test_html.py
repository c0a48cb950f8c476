"""HTML of a message becomes the text that a person would read."""

from __future__ import annotations

import pytest

from deskbook.sources.html import plain_text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>Hi Ann,</p><p>it is <b>late</b>.</p>", "Hi Ann,\n\nit is late."),
        ("one<br>two<br/>three", "one\ntwo\nthree"),
        ("<ul><li>red</li><li>blue</li></ul>", "- red\n- blue"),
        ("<p>a\n   b&nbsp;c &amp; d &lt;e&gt; &euro;5</p>", "a b c & d <e> €5"),
        ("<div>one<div>two</div></div><div>three</div>", "one\ntwo\nthree"),
        ('see <a href="https://evil.example">the guide</a>', "see the guide"),
        ('<p><img src="x.png" alt="a chart"></p>', "a chart"),
        ("<style>p {color: red}</style><script>alert(1)</script><p>Hello</p>", "Hello"),
        ("<html><head><title>Mail</title></head><body>Hello</body></html>", "Hello"),
        ("<pre>one\n  two</pre>after", "one\n  two\n\nafter"),
        ("<table><tr><td>Order</td><td>42</td></tr><tr><td>Total</td><td>7</td></tr></table>", "Order 42\nTotal 7"),
        ("<h2>Title</h2>text<hr>more", "Title\n\ntext\nmore"),
        ("<blockquote>they said</blockquote><p>I say</p>", "they said\n\nI say"),
        ("<!-- hidden --><p>seen</p>", "seen"),
    ],
)
def test_a_body_reads_as_its_page_would(body: str, text: str) -> None:
    assert plain_text(body) == text


@pytest.mark.parametrize("text", ["2 < 3 and 5 > 4", "I <3 it", "line one\n\n  line two", "AT&T", "a <b"])
def test_text_that_is_no_html_is_left_as_it_is(text: str) -> None:
    assert plain_text(text) == text


@pytest.mark.parametrize("body", [None, "", "<p></p>", "<p>&nbsp;</p>", "<br><br>"])
def test_what_says_nothing_is_nothing(body: str | None) -> None:
    assert plain_text(body) is None


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>open <b>ended", "open ended"),
        ("</p></div>text<br", "text<br"),
        ("<p>x</b></i></p>y", "x\n\ny"),
        ("<li>alone", "- alone"),
        ("<p>a<p>b", "a\n\nb"),
        ("<br>2 < 3", "2 < 3"),
    ],
)
def test_broken_html_loses_no_word(body: str, text: str) -> None:
    assert plain_text(body) == text


def test_a_body_nested_a_hundred_thousand_deep_is_read() -> None:
    assert plain_text("<div>" * 100_000 + "deep" + "</div>" * 100_000) == "deep"

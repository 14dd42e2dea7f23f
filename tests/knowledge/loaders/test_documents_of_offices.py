"""Word, LibreOffice, RTF, PowerPoint: headings, lists, tables, links, and nothing the author took back."""

from __future__ import annotations

from tests.knowledge.loaders.making import (
    WORD,
    body,
    codes,
    docx,
    fields,
    odt,
    paragraph,
    pptx,
    sample,
    shape,
    style,
)

STYLES = (
    style("Titre", "Title")
    + style("Titre1", "heading 1")
    + style("Own", "Question", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>')
)


def test_headings_of_a_french_word_and_of_own_styles():
    inner = (
        paragraph("Nos retours", "Titre")
        + paragraph("En boutique", "Titre1")
        + paragraph("Texte un.")
        + paragraph("Sans ticket ?", "Own")
        + paragraph("Texte deux.")
    )
    (only,) = fields("a.docx", docx(inner, styles=STYLES))
    assert only["title"] == "Nos retours"
    assert only["body"] == "## En boutique\n\nTexte un.\n\n### Sans ticket ?\n\nTexte deux."


def test_bold_lines_are_headings_where_no_style_says_so():
    inner = paragraph("Opening hours :", look="<w:b/>") + paragraph("From eight to six.")
    (only,) = fields("a.docx", docx(paragraph("About us.") + inner))
    assert only["body"] == "About us.\n\n## Opening hours\n\nFrom eight to six."


def test_what_was_deleted_hidden_or_commented_is_not_there():
    inner = (
        "<w:p><w:r><w:t>Kept </w:t></w:r><w:del><w:r><w:delText>deleted</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>added</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t> shown</w:t></w:r>'
        '<w:r><w:commentReference w:id="0"/></w:r></w:p>'
    )
    comments = f'<w:comments {WORD}><w:comment w:id="0">{paragraph("a comment")}</w:comment></w:comments>'
    assert body("a.docx", docx(inner, parts={"word/comments.xml": comments})) == "Kept added shown"


def test_a_table_has_its_first_row_as_heads():
    cells = [["Country", "Price"], ["France", "5 €"]]
    rows = "".join(
        "<w:tr>" + "".join(f"<w:tc>{paragraph(c)}</w:tc>" for c in row) + "</w:tr>" for row in cells
    )
    found = body("a.docx", docx(f"<w:tbl>{rows}</w:tbl>"))
    assert found == "| Country | Price |\n| --- | --- |\n| France | 5 € |"


def test_contents_and_links_within_the_document_go():
    styles = style("TM1", "toc 1")
    link = '<w:p><w:hyperlink w:anchor="_Toc1"><w:r><w:t>Returns</w:t></w:r></w:hyperlink>'
    link += "<w:r><w:t> below</w:t></w:r></w:p>"
    assert body("a.docx", docx(paragraph("Returns 3", "TM1") + link, styles=styles)) == "Returns below"


def test_the_samples_of_word():
    (only,) = fields("test.docx", sample("test.docx"))
    assert only["title"] == "AutoGen: Enabling Next-Gen LLM Applications via Multi-Agent Conversation"
    assert (
        "## Abstract" in only["body"] and "| 13 | 14 | 49e168b7-d2ae-407f-a055-2167576f39a1 |" in only["body"]
    )
    assert "base64" not in only["body"]
    assert body("rlink.docx", sample("rlink.docx")) == "Testing Linked Images"


def test_a_document_of_libreoffice():
    inner = (
        '<text:h text:outline-level="1">Retours</text:h>'
        '<text:p>Sous<text:s text:c="2"/>trente jours.</text:p>'
        "<text:list><text:list-item><text:p>Un</text:p><text:list><text:list-item><text:p>Deux</text:p></text:list-item>"
        "</text:list></text:list-item></text:list>"
        '<text:p>Voir <text:a xlink:href="https://x.fr">ici</text:a>.</text:p>'
        "<table:table><table:table-row><table:table-cell><text:p>A</text:p></table:table-cell></table:table-row>"
        "<table:table-row><table:table-cell><text:p>1</text:p></table:table-cell></table:table-row></table:table>"
        "<office:annotation><text:p>a comment</text:p></office:annotation>"
    )
    (only,) = fields("a.odt", odt(inner))
    assert only["title"] == "Retours"
    assert (
        only["body"]
        == "Sous trente jours.\n\n- Un\n  - Deux\n\nVoir [ici](https://x.fr).\n\n| A |\n| --- |\n| 1 |"
    )


def test_rtf_is_its_visible_text():
    source = (
        rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\info{\title Our warranty}}"
        rb"\pard Valid in \'e9t\'e9.\par {\v hidden}\v gone\v0 Two years.{\pict\pngblip 89504e47}\par}"
    )
    (only,) = fields("a.rtf", source)
    assert only["title"] == "Our warranty"
    assert only["body"].split() == ["Valid", "in", "été.", "Two", "years."]


def test_slides_are_sections_with_their_points_tables_and_notes():
    cells = "".join(
        f"<a:tc><a:txBody><a:p><a:r><a:t>{c}</a:t></a:r></a:p></a:txBody></a:tc>" for c in ("Plan", "Price")
    )
    rows = f"<a:tbl><a:tr>{cells}</a:tr><a:tr>{cells}</a:tr></a:tbl>"
    table = f"<p:graphicFrame><a:graphic><a:graphicData>{rows}</a:graphicData></a:graphic></p:graphicFrame>"
    first = shape("Our plans", kind="title") + shape("Basic", "Full") + table + shape("12", kind="sldNum")
    (only,) = fields(
        "a.pptx",
        pptx(
            first, shape("Secret", kind="title"), shape("Contact", kind="title"), notes="Say hello.", hidden=2
        ),
    )
    assert only["title"] == "Our plans"
    assert only["body"] == (
        "- Basic\n- Full\n\n| Plan | Price |\n| --- | --- |\n| Plan | Price |\n\nSay hello.\n\n## Contact"
    )


def test_documents_without_a_word_say_so():
    assert codes("a.docx", docx("")) == ["no_text"]
    assert codes("a.odt", odt("")) == ["no_text"]
    assert codes("a.pptx", pptx("")) == ["no_text"]
    assert codes("a.rtf", b"{\\rtf1 }") == ["no_text"]

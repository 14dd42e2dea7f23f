"""What editors do in the admin site, through its own forms."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from knowledge import publishing
from knowledge.models import Category, Chunk, Document, Job, SearchRow
from tests.knowledge.articles import DELIVERY, RETURNS, ada, indexed, publish, run_waiting_jobs, searchable

pytestmark = pytest.mark.django_db

ADD = "/admin/knowledge/document/add/"


@pytest.fixture
def editor(client):
    client.force_login(ada())
    return client


def change(document: Document) -> str:
    return reverse("admin:knowledge_document_change", args=[document.pk])


def fields(**changed) -> dict[str, str]:
    return {"title": "Returns", "body": RETURNS, "language": "en", "audience": "everyone", **changed}


def test_an_article_is_written_published_and_found(editor):
    answer = editor.post(ADD, fields(keywords="refund, money  back, refund", _publish="1"), follow=True)
    document = Document.objects.get()
    assert answer.redirect_chain[-1][0] == change(document)
    assert document.status == "published" and document.keywords == ["refund", "money back"]
    assert document.revisions.get().author == ada()
    run_waiting_jobs()
    page = editor.get(change(document)).content.decode()
    assert "index-state--ready" in page and "How to send it back" in page
    assert editor.get(document.get_absolute_url()).status_code == 200


def test_saving_a_draft_publishes_nothing(editor):
    editor.post(ADD, fields(_save="1"))
    assert Document.objects.get().status == "draft" and not Job.objects.exists()


def test_unpublishing_takes_it_from_search_at_once(editor):
    document = indexed()
    editor.post(change(document), fields(_unpublish="1", seen_revision=1))
    document.refresh_from_db()
    assert document.status == "draft" and not SearchRow.objects.exists()


def test_a_translation_stands_beside_its_original_and_only_once(editor):
    original = publish()
    page = editor.get(f"{ADD}?translation_of={original.pk}&language=fr").content.decode()
    assert "You can return what you bought" in page
    french = fields(title="Retours", language="fr", translation_of=original.pk, _publish="1")
    editor.post(ADD, french)
    translation = Document.objects.get(language="fr")
    assert (translation.source, translation.external_id) == (original.source, original.external_id)
    assert "exists already" in editor.post(ADD, french).content.decode()
    assert change(translation) in editor.get(change(original)).content.decode()


def test_two_editors_do_not_overwrite_each_other_unseen(editor):
    document = publish()
    document.body = "By somebody else."
    publishing.save_document(document, author=ada())
    answer = editor.post(change(document), fields(body="Mine.", seen_revision=1, _save="1")).content.decode()
    assert "while you were writing" in answer and "Mine." in answer
    document.refresh_from_db()
    assert document.body == "By somebody else."


def test_revisions_are_compared_and_brought_back(editor):
    document = publish()
    editor.post(change(document), fields(body=RETURNS.replace("thirty", "sixty"), seen_revision=1, _save="1"))
    page = editor.get(reverse("admin:knowledge_document_compare", args=[document.pk, 2])).content.decode()
    assert "<del>thirty</del>" in page and "<ins>sixty</ins>" in page
    editor.post(reverse("admin:knowledge_document_restore", args=[document.pk, 1]))
    document.refresh_from_db()
    assert document.body == RETURNS and document.revisions.count() == 3
    assert (
        editor.get(reverse("admin:knowledge_document_history", args=[document.pk]), follow=True).status_code
        == 200
    )


def test_the_preview_is_sanitised(editor):
    answer = editor.post(
        reverse("admin:knowledge_document_preview"), {"title": "T", "body": "# T\n\n**b** <script>x</script>"}
    )
    assert answer.content.decode() == "<p><strong>b</strong> &lt;script&gt;x&lt;/script&gt;</p>\n"


@pytest.mark.parametrize("key", ["9" * 19, "9" * 5000, "-1", "x", "²"])
def test_a_nonsensical_key_is_no_key(editor, key):
    preview = reverse("admin:knowledge_document_preview")
    assert editor.post(preview, {"body": "b", "document": key}).status_code == 200
    assert editor.get(ADD, {"translation_of": key, "language": "fr"}).status_code == 200
    answer = editor.post(ADD, fields(translation_of=key, seen_revision=key, _save="1"))
    assert answer.status_code in (200, 302)


def test_the_index_state_can_be_watched_and_started_again(editor):
    document = publish()
    watch = reverse("admin:knowledge_document_index", args=[document.pk])
    assert "every 1500ms" in editor.get(watch).content.decode()
    run_waiting_jobs()
    assert "every 1500ms" not in editor.get(watch).content.decode()
    Document.objects.update(index_state="failed", index_error="the model is away")
    assert "the model is away" in editor.get(watch).content.decode()
    editor.post(reverse("admin:knowledge_document_index_again", args=[document.pk]))
    run_waiting_jobs()
    document.refresh_from_db()
    assert document.index_state == "ready"


def found_by(editor, document: Document, question: str) -> str:
    place = reverse("admin:knowledge_document_found", args=[document.pk])
    return editor.get(place, {"q": question}).content.decode()


def test_what_a_question_finds_is_shown_beside_the_article_with_scores(editor):
    indexed("Delivery", DELIVERY)
    document = searchable("Returns", RETURNS)
    assert "What a question finds" in editor.get(change(document)).content.decode()
    page = found_by(editor, document, "When is the money refunded?")
    assert "This article would answer." in page and "When the money arrives" in page
    assert re.search(r"<td>0\.\d{3}", page) and "doc-found__here" in page
    assert "Another article would answer." in found_by(editor, document, "How long does delivery take?")
    assert "This one comes at place" in found_by(editor, document, "How long does delivery take?")
    assert "would not answer" in found_by(editor, document, "Who won the elections in Brazil?")
    assert found_by(editor, document, " \x00 ").strip() == ""


def test_what_is_for_staff_is_looked_for_as_staff(editor):
    document = searchable("Returns", RETURNS, audience="staff")
    assert "This article would answer." in found_by(editor, document, "When is the money refunded?")


def test_a_source_is_deleted_with_all_that_stands_in_it(editor):
    source = indexed().source
    chosen = {"_selected_action": [source.pk], "action": "delete_selected", "post": "yes"}
    editor.post("/admin/knowledge/source/", chosen)
    assert not Document.objects.exists() and not SearchRow.objects.exists()


def counted(page: str) -> dict[str, int]:
    """What a page says of each kind of row that it would delete."""
    words = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    return {
        name.lower(): int(number)
        for name, number in re.findall(r"(Sources|Articles|Revisions):? (\d+)", words)
    }


def test_it_is_said_how_much_would_be_deleted_without_loading_it(editor, django_assert_max_num_queries):
    document = indexed()
    document.body = DELIVERY
    publishing.save_document(document, author=None)
    address = "/admin/knowledge/{}/delete/"
    with django_assert_max_num_queries(8):
        page = editor.get(address.format(f"source/{document.source.pk}")).content.decode()
    assert counted(page) == {"sources": 1, "articles": 1, "revisions": 2}
    page = editor.get(address.format(f"document/{document.pk}")).content.decode()
    assert counted(page) == {"articles": 1, "revisions": 2}


def test_an_article_has_an_owner_and_a_category_of_its_language(editor):
    english = Category.objects.create(name="After buying", language="en")
    french = Category.objects.create(name="Après l'achat", language="fr")
    assert f'<option value="{ada().pk}" selected>' in editor.get(ADD).content.decode()
    wrong = editor.post(ADD, fields(category=french.pk, owner=ada().pk, _save="1")).content.decode()
    assert "belongs to another language" in wrong
    editor.post(ADD, fields(category=english.pk, owner=ada().pk, _save="1"))
    document = Document.objects.get()
    assert (document.category, document.owner) == (english, ada())
    listed = editor.get("/admin/knowledge/document/", {"owner__id__exact": ada().pk}).content.decode()
    assert "After buying" in listed and document.title in listed
    form = editor.get(change(document)).content.decode()
    assert "After buying" in form and "Après" not in form


def test_actions_work_on_several_articles(editor):
    documents = [indexed("One", "1 one."), indexed("Two", "2 two.")]
    chosen = {"_selected_action": [document.pk for document in documents]}
    where = "/admin/knowledge/document/"
    editor.post(where, {"action": "unpublish_chosen", **chosen})
    assert not SearchRow.objects.exists()
    editor.post(where, {"action": "publish_chosen", **chosen})
    run_waiting_jobs()
    assert SearchRow.objects.count() == 2
    editor.post(where, {"action": "delete_selected", "post": "yes", **chosen})
    assert not Document.objects.exists() and not Chunk.objects.exists()


@pytest.mark.parametrize("place", ["document", "source", "category", "job"])
def test_every_list_opens_for_editors_and_not_for_agents(editor, place):
    indexed()
    assert editor.get(f"/admin/knowledge/{place}/").status_code == 200
    editor.force_login(get_user_model().objects.create(username="bo", role="agent"))
    assert editor.get(f"/admin/knowledge/{place}/").status_code == 302


def test_an_agent_can_neither_preview_nor_restore(client):
    document = publish()
    client.force_login(get_user_model().objects.create(username="bo", role="agent"))
    for name, args in [("preview", []), ("restore", [document.pk, 1]), ("index_again", [document.pk])]:
        answer = client.post(reverse(f"admin:knowledge_document_{name}", args=args))
        assert answer.status_code == 302 and "/login/" in answer.url


def test_only_the_admin_site_may_evaluate_expressions(editor):
    document = publish()
    assert "unsafe-eval" in editor.get(change(document)).headers["Content-Security-Policy"]
    assert "unsafe" not in editor.get(document.get_absolute_url()).headers["Content-Security-Policy"]

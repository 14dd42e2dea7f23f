"""The pages of flows, under /staff/flows/. A key holds no hyphen: no other page hides a flow."""

from django.urls import path

from flows import (
    coverage_views,
    draft_views,
    import_pages,
    kept_views,
    page_views,
    removing_views,
    standard_word_views,
    text_views,
    trial_views,
    trouble_views,
    trying_views,
    version_views,
    yaml_views,
)
from flows.pictures import views as picture_views

app_name = "flows"

urlpatterns = [
    path("card-pictures/", picture_views.upload, name="card-pictures"),
    path("import-flows/", import_pages.ask, name="import"),
    path("import-flows/<int:pk>/", import_pages.review, name="import_review"),
    path("import-flows/<int:pk>/examples/", import_pages.examples, name="import-examples"),
    path("everyday-troubles/", trouble_views.trouble_list, name="troubles"),
    path("everyday-troubles/<slug:name>/open/", trouble_views.open_trouble, name="trouble-open"),
    path("everyday-troubles/<slug:name>/delivered/", trouble_views.put_back, name="trouble-delivered"),
    path("standard-words/", standard_word_views.standard_words, name="words"),
    path("", page_views.flow_list, name="list"),
    path("new-flow/", page_views.new_flow, name="new"),
    path("new-flow/from-yaml/", yaml_views.new_from_yaml, name="new-yaml"),
    path("<slug:key>/", page_views.editor, name="editor"),
    path("<slug:key>/draft/", draft_views.draft, name="draft"),
    path("<slug:key>/examples/", draft_views.examples, name="examples"),
    path("<slug:key>/publish/", version_views.publish, name="publish"),
    path("<slug:key>/versions/", version_views.versions, name="versions"),
    path("<slug:key>/versions/<int:number>/", version_views.version, name="version"),
    path("<slug:key>/compare/", version_views.compare, name="compare"),
    path("<slug:key>/kept/<int:number>/bring-back/", kept_views.bring_draft_back, name="kept-bring-back"),
    path("<slug:key>/trial/publish/", trial_views.publish_trial, name="trial-publish"),
    path("<slug:key>/trial/share/", trial_views.change_share, name="trial-share"),
    path("<slug:key>/trial/end/", trial_views.end_trial, name="trial-end"),
    path("<slug:key>/customers/", coverage_views.customers, name="customers"),
    path("<slug:key>/remove/", removing_views.remove, name="remove"),
    path("<slug:key>/bring-back/", removing_views.bring_back, name="bring-back"),
    path("<slug:key>/yaml/", text_views.as_yaml, name="yaml"),
    path("<slug:key>/yaml/read/", text_views.read_yaml, name="yaml-read"),
    path("<slug:key>/export.yaml", text_views.download_yaml, name="export-yaml"),
    path("<slug:key>/export.mmd", text_views.download_mermaid, name="export-mermaid"),
    path("<slug:key>/export.rasa.yaml", text_views.download_rasa, name="export-rasa"),
    path("<slug:key>/try/", trying_views.try_out_view, name="try"),
]

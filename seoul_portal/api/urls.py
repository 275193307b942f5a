"""The API addresses of the roof, under /api/v1/."""

from django.urls import path

from seoul_portal.api.description import SchemaDocument
from seoul_portal.api.search import SearchResults, Suggestions

urlpatterns = [
    path("search/", SearchResults.as_view(), name="api-search"),
    path("search/suggest/", Suggestions.as_view(), name="api-suggest"),
    path("schema/", SchemaDocument.as_view(), name="api-schema"),
]

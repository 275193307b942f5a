"""The API addresses of the roof, under /api/v1/."""

from django.urls import path

from seoul_portal.api.description import SchemaDocument
from seoul_portal.api.kpi import KpiDetail, KpiList
from seoul_portal.api.search import SearchResults, Suggestions

urlpatterns = [
    path("kpi/", KpiList.as_view(), name="api-kpi"),
    path("kpi/<slug:slug>/", KpiDetail.as_view(), name="api-kpi-detail"),
    path("search/", SearchResults.as_view(), name="api-search"),
    path("search/suggest/", Suggestions.as_view(), name="api-suggest"),
    path("schema/", SchemaDocument.as_view(), name="api-schema"),
]

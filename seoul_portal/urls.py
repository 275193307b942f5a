"""Every address of the portal: composed from the areas, Korean at /, English at /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from core.areas import open_areas
from core.web import public_computer
from core.web import views as web_views
from seoul_portal import (
    erasures,
    indicators,
    notice_doors,
    operations,
    places,
    reasons,
    searching,
    sitemaps,
    tracking,
    views,
)
from seoul_portal.api import docs

area_landings = [
    path(f"{area.path}/", views.area_landing, {"slug": area.slug}, name=f"area-{area.slug}")
    for area in open_areas()
]
area_pages = [path(f"{area.path}/", include(area.urls)) for area in open_areas() if area.urls]
area_apis = [path("", include(area.api_urls)) for area in open_areas() if area.api_urls]

urlpatterns = [
    path("healthz", operations.healthz, name="healthz"),
    path("readyz", operations.readyz, name="readyz"),
    path("metrics", operations.metrics, name="metrics"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("robots.txt", operations.robots_txt, name="robots"),
    path("sitemap.xml", sitemaps.sitemap_index, name="sitemap"),
    path("sitemap-<slug:name>-<int:number>.xml", sitemaps.sitemap_file, name="sitemap-file"),
    path(".well-known/security.txt", operations.security_txt, name="security-txt"),
    path("admin/why/", reasons.why, name="why"),
    path("admin/", admin.site.urls),
    path("api/v1/", include(area_apis)),
    path("api/v1/", include("seoul_portal.api.urls")),
    path("notices/bounces/", notice_doors.notice_bounces, name="notice-bounces"),
    path("preferences.css", web_views.preferences_css, name="preferences-css"),
    *i18n_patterns(
        path("", views.home, name="home"),
        path("about/", views.about, name="about"),
        path("about/privacy/", views.about_privacy, name="about-privacy"),
        path("search/", searching.site_search, name="site-search"),
        path("kpi/", indicators.kpi_list, name="kpi-list"),
        path("kpi/<slug:slug>/", indicators.kpi_detail, name="kpi-detail"),
        path("kpi/<slug:slug>/download.csv", indicators.kpi_csv, name="kpi-csv"),
        path("accessibility/", web_views.accessibility, name="accessibility"),
        path("preferences/", web_views.preferences, name="preferences"),
        path("api/v1/docs/", docs.api_docs, name="api-docs"),
        path("api/v1/docs/try/", docs.try_out, name="api-try"),
        path("components/", web_views.component_gallery, name="component-gallery"),
        path("accounts/stay/", public_computer.stay, name="public-computer-stay"),
        path("accounts/ended/", public_computer.ended, name="public-computer-ended"),
        path("accounts/", include("accounts.urls")),
        path("accounts/", include("allauth.urls")),
        path("my/", include("seoul_portal.my.urls")),
        path("requests/track/", tracking.request_track, name="request-track"),
        path("erasure/<slug:code>/", erasures.erasure_receipt, name="erasure-receipt"),
        path("notices/stop/<str:token>/", notice_doors.notice_stop, name="notice-stop"),
        path("s/<str:token>/", notice_doors.notice_stop, name="notice-stop-short"),
        path("p/<str:code>", places.place, name="place"),
        *area_landings,
        *area_pages,
        prefix_default_language=False,
    ),
]

handler400 = "core.web.errors.bad_request"
handler403 = "core.web.errors.permission_denied"
handler404 = "core.web.errors.page_not_found"
handler429 = "core.web.errors.too_many_requests"  # asked for by allauth, not by Django
handler500 = "core.web.errors.server_error"

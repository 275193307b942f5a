"""The addresses of welfare."""

from django.urls import path

from welfare import views

app_name = "welfare"

urlpatterns = [
    path("counsel/", views.counsel, name="counsel"),
    path("care/", views.care, name="care"),
    path("check/", views.check, name="check"),
    path("check/mine/", views.check_mine, name="check-mine"),
    path("check/resume/", views.check_resume, name="check-resume"),
    path("timeline/", views.life_line, name="timeline"),
    path("urgent/", views.urgent, name="urgent"),
    path("life-events/", views.life_event_list, name="life-events"),
    path("life-events/<slug:slug>/", views.life_event, name="life-event"),
    path("received/<int:number>/", views.benefit_outcome, name="benefit-outcome"),
    path("benefits/", views.benefit_list, name="benefit-list"),
    path("benefits/download.csv", views.benefit_csv, name="benefit-csv"),
    path("benefits/<str:code>/ask/", views.benefit_ask, name="benefit-ask"),
    path("benefits/<str:code>/", views.benefit_detail, name="benefit-detail"),
    path("facilities/", views.facility_list, name="facility-list"),
    path("facilities/download.csv", views.facility_csv, name="facility-csv"),
    path("facilities/download.geojson", views.facility_geojson, name="facility-geojson"),
    path("facilities/kinds/<path:name>/", views.facility_kind, name="facility-kind"),
    path("facilities/<str:code>/", views.facility_detail, name="facility-detail"),
    path("facilities/<str:code>/sheet/", views.facility_sheet, name="facility-sheet"),
    path("reports/<str:receipt>/", views.facility_report_receipt, name="facility-report-receipt"),
    path("facilities/<str:code>/report/", views.facility_report, name="facility-report"),
    path(
        "facilities/<str:code>/report/thanks/",
        views.facility_report_thanks,
        name="facility-report-thanks",
    ),
]

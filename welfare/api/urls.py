"""The welfare area's API addresses; composed under /api/v1/ by the roof."""

from django.urls import path

from welfare.api.facilities import FacilityDetail, FacilityList

app_name = "welfare-api"
urlpatterns = [
    path("facilities/", FacilityList.as_view(), name="facility-list"),
    path("facilities/<str:code>/", FacilityDetail.as_view(), name="facility-detail"),
]

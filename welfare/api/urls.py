"""The welfare area's API addresses; composed under /api/v1/ by the roof."""

from django.urls import path

from welfare.api.benefits import BenefitDetail, BenefitList
from welfare.api.facilities import FacilityDetail, FacilityList
from welfare.api.hsds import views as hsds
from welfare.api.matching import BenefitMatch

app_name = "welfare-api"
urlpatterns = [
    path("benefits/", BenefitList.as_view(), name="benefit-list"),
    path("benefits/match/", BenefitMatch.as_view(), name="benefit-match"),
    path("benefits/<str:code>/", BenefitDetail.as_view(), name="benefit-detail"),
    path("facilities/", FacilityList.as_view(), name="facility-list"),
    path("facilities/<str:code>/", FacilityDetail.as_view(), name="facility-detail"),
    path("hsds/", hsds.About.as_view(), name="hsds"),
    # HSDS writes its addresses without a slash at the end.
    path("hsds/services", hsds.ServiceList.as_view(), name="hsds-services"),
    path("hsds/services/<uuid:id>", hsds.ServiceDetail.as_view(), name="hsds-service"),
    path("hsds/organizations", hsds.OrganizationList.as_view(), name="hsds-organizations"),
    path(
        "hsds/organizations/<uuid:id>", hsds.OrganizationDetail.as_view(), name="hsds-organization"
    ),
    path("hsds/service_at_locations", hsds.ServiceAtLocationList.as_view(), name="hsds-places"),
    path(
        "hsds/service_at_locations/<uuid:id>",
        hsds.ServiceAtLocationDetail.as_view(),
        name="hsds-place",
    ),
]

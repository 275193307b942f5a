"""Addresses below `/my/`: never public, never kept by anybody."""

from django.urls import path

from seoul_portal.my import (
    access,
    data,
    delegation,
    home,
    invitations,
    notice_settings,
    notices,
    profile,
    requests,
)

urlpatterns = [
    path("", home.my_home, name="my-home"),
    path("helpers/", delegation.my_helpers, name="my-helpers"),
    path("helpers/add/", delegation.my_helpers_add, name="my-helpers-add"),
    path("helpers/accept/", delegation.my_helpers_accept, name="my-helpers-accept"),
    path(
        "helpers/accept/<str:token>/",
        delegation.my_helpers_accept_link,
        name="my-helpers-accept-link",
    ),
    path("helpers/<int:pk>/", delegation.my_helper, name="my-helper"),
    path("helpers/<int:pk>/end/", delegation.my_helper_end, name="my-helper-end"),
    path("helpers/<int:pk>/renew/", delegation.my_helper_renew, name="my-helper-renew"),
    path("invitations/", invitations.my_invitations, name="my-invitations"),
    path("invitations/<int:pk>/", invitations.my_invitation_answer, name="my-invitation-answer"),
    path("profile/", profile.my_profile, name="my-profile"),
    path(
        "profile/withdraw/<str:purpose>/", profile.my_profile_withdraw, name="my-profile-withdraw"
    ),
    path("profile/name/", profile.my_profile_name, name="my-profile-name"),
    path("profile/<slug:group>/", profile.my_profile_group, name="my-profile-group"),
    path("profile/<slug:group>/forget/", profile.my_profile_forget, name="my-profile-forget"),
    path("requests/", requests.my_requests, name="my-requests"),
    path("requests/<int:number>/", requests.my_request, name="my-request"),
    path(
        "requests/<int:number>/files/<int:file>/",
        requests.my_request_file,
        name="my-request-download",
    ),
    path("access/", access.my_access, name="my-access"),
    path("data/", data.my_data, name="my-data"),
    path("data/download/", data.my_data_download, name="my-data-download"),
    path("data/erase/", data.my_data_erase, name="my-data-erase"),
    path("data/keep/", data.my_data_keep, name="my-data-keep"),
    path("notices/", notices.notice_list, name="my-notices"),
    path("notices/<int:number>/open/", notices.notice_open, name="my-notice-open"),
    path("notices/settings/", notice_settings.notice_settings, name="my-notice-settings"),
    path("notices/settings/phone/", notice_settings.notice_phone, name="my-notice-phone"),
    path("notices/settings/browser/", notice_settings.notice_browser, name="my-notice-browser"),
    path("notices/settings/again/", notice_settings.forgive, name="my-notice-forgive"),
]

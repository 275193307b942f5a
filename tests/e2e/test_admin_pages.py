"""The staff's pages in a browser: what waits, and one facility."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import Permission

from tests.e2e.look import NARROW, WIDE, Look
from tests.welfare import samples
from tests.welfare.factories import NOW, make_run
from welfare.models import Facility, FacilityReport

SERIOUS = ("serious", "critical")


@pytest.fixture
def at_work(signed_in_as, officer) -> dict[str, str]:
    """Cookies of an officer who keeps welfare's facilities, with something to do."""
    officer.user_permissions.set(
        Permission.objects.filter(
            content_type__app_label__in=("welfare", "feeds"), codename__regex="^(view|change)_"
        )
    )
    samples.facility()
    make_run()
    FacilityReport.objects.create(
        facility=Facility.objects.get(), topic="PHONE", proposed="02-1", created_at=NOW
    )
    return signed_in_as(officer)


def serious_faults(page) -> list[str]:
    found = Axe().run(page, options={"preload": False, "resultTypes": ["violations"]})
    return [
        f"{one['id']}: {node['target']}"
        for one in found.response["violations"]
        if one["impact"] in SERIOUS
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("path", ["/admin/", "/admin/welfare/facility/A1/change/"])
def test_page_has_no_serious_fault(look_at, at_work, path):
    for look in (Look(NARROW), Look(WIDE)):
        page = look_at(path, look, cookies=at_work)
        page.wait_for_load_state("networkidle")
        assert not serious_faults(page), look


def test_what_waits_leads_to_its_list(look_at, at_work):
    page = look_at("/admin/", cookies=at_work)
    page.locator(".desk-work", has_text="1").first.click()

    assert page.url.partition("?")[0].endswith("/admin/welfare/facilityreport/")

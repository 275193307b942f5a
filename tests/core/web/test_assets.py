"""The built assets: complete, ours to serve, hashed; and pages that survive their absence."""

import re

import pytest
from django.conf import settings
from django.contrib.staticfiles.finders import FileSystemFinder
from django.core.files.storage import FileSystemStorage

from core.web.assets import AssetStorage

DIST = settings.BASE_DIR / "static" / "dist"


@pytest.fixture(scope="module")
def built():
    if not (DIST / "portal.css").exists():
        pytest.skip("the assets are not built (`make assets`)")
    return {path.name: path.read_text(encoding="utf-8") for path in DIST.glob("*.*s")}


class TestBuild:
    def test_makes_what_the_frame_names(self, built):
        named = {
            found
            for path in (settings.BASE_DIR / "templates").rglob("*.html")
            for found in re.findall(r"static \"dist/([\w.]+)\"", path.read_text(encoding="utf-8"))
        }

        assert len(named) >= 4
        assert named <= built.keys()

    def test_declares_every_value_it_uses(self, built):
        declared = set(re.findall(r"(--[\w-]+)\s*:", built["portal.css"]))
        ours = [path.read_text() for path in (settings.BASE_DIR / "assets" / "css").glob("*.css")]
        used = set(re.findall(r"var\((--[\w-]+)\)", "".join(ours)))

        assert len(used) > 40
        assert not used - declared

    def test_gives_every_colour_a_value_of_high_contrast(self, built):
        colours = set(re.findall(r"(--krds-light-color-[\w-]+):", built["portal.css"]))
        contrast = set(re.findall(r"(--krds-light-color-[\w-]+):", built["contrast.css"]))

        assert len(colours) > 40
        assert colours == contrast

    def test_reaches_no_other_origin(self, built):
        for name, text in built.items():
            addresses = re.findall(r"url\(\s*[\"']?(https?:)?//", text)
            assert not addresses, name

    def test_keeps_the_licences_of_what_it_bundles(self, built):
        licences = {path.name for path in (DIST / "licenses").iterdir()}

        assert {"htmx.txt", "leaflet.txt", "pretendard-gov.txt"} <= licences

    def test_can_be_collected_and_hashed(self, built, tmp_path):
        storage = AssetStorage(location=tmp_path, base_url="/static/")
        found = {
            name: (source, name)
            for name, source in FileSystemFinder().list([])
            if name.startswith(("dist/", "img/"))
        }
        for name, (source, _) in found.items():
            with source.open(name) as content:
                FileSystemStorage(location=tmp_path).save(name, content)
        faults = [done for _, _, done in storage.post_process(found) if isinstance(done, Exception)]

        assert not faults
        assert re.fullmatch(r"/static/dist/portal\.\w{12}\.css", storage.url("dist/portal.css"))


class TestAssetStorage:
    def test_names_a_file_that_was_not_collected_as_it_is(self, tmp_path, settings, caplog):
        settings.DEBUG = False
        storage = AssetStorage(location=tmp_path, base_url="/static/")

        assert storage.url("dist/portal.css") == "/static/dist/portal.css"
        assert "was not collected" in caplog.text

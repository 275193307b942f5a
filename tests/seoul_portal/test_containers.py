"""Dockerfile and docker-compose.yml, parsed: no engine runs here, so they are held against rules.

Their commands are compared with those that the launcher's tests execute.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from core.areas import declared_feeds
from core.sandbox import commands
from tests.seoul_portal.test_operations_doc import settings_in_table

ROOT = Path(__file__).resolve().parents[2]
ONCE = ("roles", "migrate", "rules")
PORTAL = (*ONCE, "web", "worker", "sync-worker", "beat")
IMAGE = re.compile(r"^(?P<name>[a-z0-9-]+):(?P<tag>[\w.${}:-]+)$")


def instructions() -> list[tuple[str, str]]:
    text = re.sub(r"^#.*\n", "", (ROOT / "Dockerfile").read_text(), flags=re.M)
    lines = text.replace("\\\n", " ").splitlines()
    return [(line.split()[0], " ".join(line.split()[1:])) for line in lines if line.strip()]


def of_kind(kind: str) -> list[str]:
    return [rest for name, rest in instructions() if name == kind]


def compose() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


def services() -> dict[str, dict[str, Any]]:
    return compose()["services"]


class TestDockerfile:
    def test_pins_its_bases_by_tag_and_names_no_registry(self):
        bases = [rest.split()[0] for rest in of_kind("FROM")]

        assert len(bases) == 2
        for base in bases:
            found = IMAGE.match(base)
            assert found, base
            assert found["tag"] != "latest"
        for name in ("Dockerfile", "docker-compose.yml"):
            text = (ROOT / name).read_text()
            assert "://" not in re.sub(r"https://portal\.example|redis://redis:6379", "", text)

    def test_ends_as_a_user_that_is_not_root(self):
        last_stage = [name for name, _ in instructions()]
        last_from = len(last_stage) - 1 - last_stage[::-1].index("FROM")
        kinds = last_stage[last_from:]

        assert of_kind("USER") == ["10001:10001"]
        assert kinds.index("USER") < kinds.index("CMD")
        assert "RUN" not in kinds[kinds.index("USER") :]

    def test_leaves_nothing_of_apt_behind(self):
        installs = [rest for rest in of_kind("RUN") if "apt-get install" in rest]

        assert len(installs) == 1
        for rest in installs:
            assert rest.startswith("apt-get update &&")
            assert "--no-install-recommends" in rest
            assert rest.endswith("rm -rf /var/lib/apt/lists/*")

    def test_uses_nothing_that_fetches_or_hides(self):
        kinds = {name for name, _ in instructions()}
        text = (ROOT / "Dockerfile").read_text()

        assert kinds <= {
            *("FROM", "RUN", "WORKDIR", "COPY", "ENV", "USER", "EXPOSE", "HEALTHCHECK", "CMD"),
        }
        assert not re.search(r"\b(curl|wget|sudo|chmod 777)\b", text)
        assert not re.search(r"(KEY|SECRET|PASSWORD|TOKEN)=", text)

    def test_copies_only_from_stages_that_it_has(self):
        stages = set(re.findall(r" AS (\w+)", " ".join(of_kind("FROM"))))
        used = re.findall(r"--from=(\w+)", " ".join(of_kind("COPY")))

        assert used
        assert set(used) <= stages

    def test_builds_with_what_make_run_builds_with(self):
        recipe = (ROOT / "Makefile").read_text().partition("\nrun:")[2].partition("##")[0].split()
        wanted = [name.replace("$(VENV)", ".venv") for name in recipe]
        built = [rest.split()[1:] for rest in of_kind("RUN") if rest.startswith("make ")]

        assert built[-1] == wanted
        dry = subprocess.run(
            ["make", "--dry-run", *built[-1]], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert dry.returncode == 0, dry.stderr

    def test_runs_what_make_run_runs(self):
        collect = [rest for rest in of_kind("RUN") if "collectstatic" in rest]
        health = of_kind("HEALTHCHECK")[0].partition("CMD ")[2]

        assert tuple(json.loads(of_kind("CMD")[0])) == commands.WEB
        assert tuple(json.loads(collect[0]))[1:] == commands.COLLECT_STATIC[1:]
        assert tuple(json.loads(health)) == commands.PROBE

    def test_is_not_sent_what_must_not_get_in(self):
        kept_out = set((ROOT / ".dockerignore").read_text().split())

        assert {".git", ".venv", "node_modules", "var", "secrets"} <= kept_out


class TestCompose:
    def test_has_a_service_for_each_process(self):
        assert services().keys() == {"postgres", "redis", *PORTAL}

    @pytest.mark.parametrize(
        ("service", "command"),
        [
            ("roles", commands.ROLES),
            ("migrate", commands.MIGRATE),
            ("rules", commands.RULES),
            ("web", commands.WEB),
            ("worker", commands.WORKER),
            ("sync-worker", commands.SYNC_WORKER),
            ("beat", commands.BEAT),
        ],
    )
    def test_runs_what_make_run_runs(self, service, command):
        assert tuple(services()[service]["command"]) == command

    def test_asks_after_health_with_commands_that_tests_execute(self):
        assert tuple(services()["web"]["healthcheck"]["test"]) == ("CMD", *commands.PROBE)
        assert tuple(services()["worker"]["healthcheck"]["test"]) == ("CMD", *commands.WORKER_PROBE)

    @pytest.mark.parametrize("name", ["postgres", "redis", *PORTAL])
    def test_takes_every_right_away(self, name):
        service = services()[name]

        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert service["user"] not in ("root", "0")
        assert "/tmp" in str(service["tmpfs"])
        assert not {"privileged", "pid", "network_mode", "cap_add"} & service.keys()
        assert service["restart"] == ("no" if name in ONCE else "unless-stopped")
        assert IMAGE.match(service["image"])
        assert not service["image"].endswith(":latest")

    def test_holds_secrets_in_files_alone(self):
        declared = compose()["secrets"]
        for name, service in services().items():
            assert set(service.get("secrets", [])) <= declared.keys(), name
            for setting, value in service.get("environment", {}).items():
                if re.search(r"SECRET|PASSWORD|_KEY|(DATABASE|OWNER|ADMIN|EMAIL)_URL", setting):
                    assert setting.endswith("_FILE"), f"{name}: {setting}"
                    assert value.removeprefix("/run/secrets/") in service["secrets"], name
        assert all(secret["file"].startswith("./secrets/") for secret in declared.values())
        ignored = subprocess.run(
            ["git", "check-ignore", "-q", "secrets/secret_key"], cwd=ROOT, check=False
        )
        assert ignored.returncode == 0

    def test_opens_the_web_server_alone_and_to_this_machine_alone(self):
        assert {name for name, service in services().items() if "ports" in service} == {"web"}
        assert all(port.startswith("127.0.0.1:") for port in services()["web"]["ports"])
        assert compose()["networks"]["engines"] == {"internal": True}
        assert services()["postgres"]["networks"] == services()["redis"]["networks"] == ["engines"]

    def test_waits_for_the_engines_the_migration_and_the_rules(self):
        for name in ("web", "worker", "beat"):
            waits = {k: v["condition"] for k, v in services()[name]["depends_on"].items()}
            assert waits == {
                "rules": "service_completed_successfully",
                "postgres": "service_healthy",
                "redis": "service_healthy",
            }
        for name, before in (("rules", "migrate"), ("migrate", "roles")):
            condition = services()[name]["depends_on"][before]["condition"]
            assert condition == "service_completed_successfully"
        for name in ("postgres", "redis"):
            assert services()[name]["healthcheck"]["test"][0] == "CMD"

    def test_declares_every_volume_that_it_mounts(self):
        mounted = {
            volume.partition(":")[0]
            for service in services().values()
            for volume in service.get("volumes", [])
        }

        assert (
            mounted == compose()["volumes"].keys() == {"postgres", "redis", "beat", "attachments"}
        )

    @pytest.mark.parametrize("name", PORTAL)
    def test_hands_on_every_setting_that_is_documented(self, name):
        handed = {each.removesuffix("_FILE") for each in services()[name]["environment"]}

        feeds = [feed.setting_prefix for feed in declared_feeds().values()]
        of_feeds = {f"{prefix}_{what}" for prefix in feeds for what in ("URL", "KEY")}

        assert len(settings_in_table()) > 20
        # A deployment shows nobody its traces; who owns the tables is told where they are changed.
        apart = {"DEBUG", "DATABASE_OWNER_URL", "DATABASE_ADMIN_URL"}
        assert (settings_in_table() | of_feeds) - handed == apart - handed

    def test_tells_the_owner_and_the_administrator_to_nobody_else(self):
        for setting, known in (
            ("database_owner_url", {"roles", "migrate"}),
            ("database_admin_url", {"roles"}),
        ):
            told = {
                name
                for name, service in services().items()
                if setting in service.get("secrets", ())
                or f"/run/secrets/{setting}" in service.get("environment", {}).values()
            }
            assert told == known

    def test_sets_what_the_settings_read(self, tmp_path):
        environment = {}
        for name, value in services()["web"]["environment"].items():
            filled = re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", value)
            environment[name] = filled.replace("/run/secrets", str(tmp_path))
        environment |= {"SITE_URL": "https://portal.example", "ALLOWED_HOSTS": "portal.example"}
        for secret in services()["web"]["secrets"]:
            (tmp_path / secret).write_text("" if secret.endswith("_client_secret") else "k" * 60)
        (tmp_path / "field_keys").write_text(f"first:{'k' * 43}\n")
        (tmp_path / "email_url").write_text("smtp://portal:pw@mail.example")
        (tmp_path / "database_url").write_text("postgresql://portal:pw@postgres:5432/portal\n")

        read = subprocess.run(
            [sys.executable, *commands.READ_SETTINGS[1:]],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "SANDBOX_DIR": str(tmp_path / "var"), **environment},
            capture_output=True,
            text=True,
            check=False,
        )

        assert read.returncode == 0, read.stderr
        assert not (tmp_path / "var" / "secret_key").exists()  # it brings its own

    def test_is_accepted_by_docker_itself(self):
        docker = shutil.which("docker")
        if docker is None:
            pytest.skip("no docker client on this machine")
        version = subprocess.run([docker, "compose", "version"], capture_output=True, check=False)
        if version.returncode != 0:
            pytest.skip("the docker client here has no compose plugin")
        config = subprocess.run(
            [docker, "compose", "config", "--quiet"],
            cwd=ROOT,
            env=os.environ | {"SITE_URL": "https://portal.example", "ALLOWED_HOSTS": "x"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert config.returncode == 0, config.stderr

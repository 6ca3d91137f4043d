"""The topology of production; `make faults` starts it."""

import re

import pytest
import yaml

from deploy.stack import ROOT, Stack, StackError, filled, program


def test_only_what_is_ours_is_filled_in():
    template = "listen ${LISTEN}; set $a $request_uri; ~^/(${LANGUAGES})(/|$) $1;"
    assert (
        filled(template, {"LISTEN": "8080", "LANGUAGES": "en|fr"})
        == "listen 8080; set $a $request_uri; ~^/(en|fr)(/|$) $1;"
    )
    with pytest.raises(KeyError):
        filled("${UNKNOWN}", {})


def test_a_program_that_is_missing_is_named_with_its_package(monkeypatch):
    monkeypatch.setattr("deploy.stack.shutil.which", lambda name, path: None)
    with pytest.raises(StackError, match=r"nginx was not found: install it \(Debian: apt install nginx-light\)"):
        program("nginx")


def test_compose_fills_in_all_that_the_template_wants():
    services = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
    wanted = set(re.findall(r"\$\{([A-Z_]+)\}", (ROOT / "deploy/nginx/site.conf.template").read_text()))
    assert wanted <= services["nginx"]["environment"].keys()


def test_what_is_closed_is_told_by_the_site_and_asked_for_by_no_name():
    """nginx refuses by itself; the application hears only that somebody is to be told, in their language, that nothing is there."""
    template = (ROOT / "deploy/nginx/site.conf.template").read_text()
    blocks = dict(re.findall(r"^  location (.+?) \{(.*?)(?:^  \}| \})$", template, re.MULTILINE | re.DOTALL))
    said = {name: " ".join(body.split()) for name, body in blocks.items()}
    assert said["/media/"] == "error_page 404 = @nothing; return 404;"
    assert said["@nothing"].startswith("rewrite ^ /media/? break; proxy_cache off;")
    assert "allow 127.0.0.1; allow ${METRICS_FROM}; deny all; error_page 403 = @nothing;" in said["= /metrics"]
    services = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
    assert services["nginx"]["environment"]["METRICS_FROM"] == "${METRICS_FROM:-172.16.0.0/12}"


def test_another_application_is_asked_where_one_dies_but_never_for_a_form_that_it_may_have_taken():
    template = (ROOT / "deploy/nginx/site.conf.template").read_text()
    orders = re.findall(r"^ +proxy_next_upstream (.+);$", template, re.MULTILINE)
    assert orders == ["error timeout", "error timeout http_404"]  # the second for files alone, of another version
    assert "http_404" in template.partition("location ^~ /static/ {")[2].partition("}")[0]
    assert "proxy_next_upstream_timeout 10s;" in template


def test_one_application_is_alone_and_others_are_named_beside_it():
    template = (ROOT / "deploy/nginx/site.conf.template").read_text()
    assert "  server ${APPLICATION} max_fails=3 fail_timeout=2s;\n  ${OTHER_APPLICATIONS}\n" in template
    services = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
    assert services["nginx"]["environment"]["OTHER_APPLICATIONS"] == "${NGINX_OTHER_APPLICATIONS:-}"
    # gunicorn hangs up later than nginx: a form that is sent at that moment would be lost.
    kept = int(re.search(r"keepalive_timeout (\d+)s; #", template)[1])
    assert kept < int(re.search(r"^keepalive = (\d+)$", (ROOT / "gunicorn.conf.py").read_text(), re.MULTILINE)[1])


def test_nothing_is_written_down_of_who_asks_for_what():
    template = (ROOT / "deploy/nginx/site.conf.template").read_text()
    servers = template.split("\nserver {\n")[1:]
    assert len(servers) == 2
    for server in servers:
        assert "  access_log off;\n  error_log stderr crit;\n" in server
    assert "ACCESS_LOG" not in (ROOT / "Dockerfile").read_text()


def test_exports_are_few_at_once_and_only_below_what_anybody_may_read():
    """The first location that fits is nginx's: an editor's list that ends like an export isn't kept."""
    template = (ROOT / "deploy/nginx/site.conf.template").read_text()
    order = re.findall(r"^  location ~ (\S+)", template, re.MULTILINE)
    assert order[:2] == [
        "^/(${ADMIN}|documents|desk|readyz)(/|$)",
        r"(/export\.[a-z.]+|/feed\.atom|^/api/v1/[a-z]+\.csv)$",
    ]
    said = " ".join(template.partition(order[1])[2].partition("}")[0].split())
    assert said.startswith("{ limit_conn exports 2; limit_req zone=asking burst=200 nodelay; limit_req zone=searching ")
    assert "proxy_cache_bypass $own $http_authorization $args;" in said
    assert "proxy_no_cache $own $http_authorization $varies $args;" in said


@pytest.mark.parametrize(
    ("address", "household"),
    [
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2:"),
        ("2001:db8:1:2::1", "2001:db8:1:2:"),
        ("2001:db8::1:2:3:4", "2001:db8:"),
        ("192.0.2.7", None),
        ("::ffff:192.0.2.7", None),
    ],
)
def test_limits_are_for_a_household(address, household):
    template = (ROOT / "deploy/nginx/site.conf.template").read_text()
    found = re.match(
        re.search(r'map \$remote_addr \$household \{ "~(.+?)" ', template)[1].replace("?<", "?P<"), address
    )
    assert (found and found["network"]) == household


def test_every_setting_reaches_the_site_and_backups_the_machine():
    services = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
    for name in ("prepare", "application", "worker"):
        assert services[name]["env_file"] == ".env", name
        assert "${BACKUPS:-./backups}:/backups" in services[name]["volumes"], name
        assert services[name]["environment"]["BACKUP_FOLDER"] == "/backups", name
        assert services[name]["environment"]["NIGHTLY_AT"] == "${NIGHTLY_AT-03:15}", name


def test_every_service_has_its_limits_and_no_way_to_more_rights():
    services = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
    for name, service in services.items():
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert {"mem_limit", "pids_limit"} <= service.keys(), name
        assert service["logging"]["options"] == {"max-size": "10m", "max-file": "5"}, name
        assert (service["restart"] == "no") == (name == "prepare"), name
        if name != "database":  # its image gives its folder to its own user, as root
            assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"]), name
    # The image has a health check of its own, which asks a server.
    assert [name for name, service in services.items() if service.get("healthcheck") == {"disable": True}] == [
        "prepare"
    ]
    # Its own looks at the file that it writes each minute.
    alive = services["worker"]["command"][services["worker"]["command"].index("--alive") + 1]
    assert f"$(find {alive} -mmin -15)" in services["worker"]["healthcheck"]["test"][1]
    assert alive.startswith(f"{services['worker']['tmpfs'][0]}/")


def test_without_a_word_limits_are_counted_in_the_redis_beside_and_an_empty_word_is_none():
    services = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
    for name in ("prepare", "application", "worker"):
        assert services[name]["environment"]["REDIS_URL"] == "${REDIS_URL-redis://redis:6379/0}", name
        # It may be away: nobody waits for it to be there.
        assert "redis" not in services[name]["depends_on"], name
        assert services[name]["networks"] == ["default", "limits"], name
    assert "ports" not in services["redis"]
    assert (services["redis"]["networks"], services["redis"]["tmpfs"]) == (["limits"], ["/data"])


def test_a_stack_without_redis_names_none(tmp_path):
    assert Stack(tmp_path).environment["REDIS_URL"].startswith("redis://127.0.0.1:")
    assert Stack(tmp_path, parts=("postgresql", "application")).environment["REDIS_URL"] == ""

"""`tadamun check` says what is wrong, in a sentence, and what to do."""

import socket
import time

from tests.operating.instances import Instance

SOUND = {
    "TADAMUN_ENV": "production",
    "SITE_URL": "https://help.example.org",
    "ALLOWED_HOSTS": "help.example.org",
    "BEHIND_PROXY": "1",
}


def found(report, name):
    return {one["status"] for one in report["findings"] if one["name"] == name}


def test_finds_a_sound_instance_sound(instance):
    report = instance.run("check", **SOUND)

    assert report["sound"]
    for name in ("folder", "addresses", "production", "database", "migrations", "key", "clock"):
        assert found(report, name) == {"ok"}, name
    assert found(report, "worker") == {"warning"}


def test_names_everything_that_is_wrong_at_once(instance):
    instance.home.chmod(0o755)
    (instance.home / "keys" / "session.key").chmod(0o644)
    (instance.home / "keys" / "sealing.key").write_text("of another instance, and so of no use here")
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]

    report = instance.run(
        "check", code=1, EMAIL_HOST="127.0.0.1", EMAIL_PORT=str(port),
        **SOUND | {"ALLOWED_HOSTS": "other.example.org", "BEHIND_PROXY": "0"},
    )  # fmt: skip

    assert not report["sound"]
    for name in ("keys", "addresses", "proxy", "key", "e-mail"):
        assert found(report, name) == {"error"}, name
    assert found(report, "folder") == {"warning"}
    assert all(one["remedy"] for one in report["findings"] if one["status"] != "ok")


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        return nobody.getsockname()[1]


def test_looks_at_the_port_that_the_site_was_started_with(instance):
    port, told = free_port(), ("serve", "--web-only", "--workers", "1", "--port")
    site = instance.start("-m", "tadamun.cli.main", *told, str(port), silent=True)
    for _ in range(300):
        report = instance.run("check", code=0)
        if found(report, "web") == {"ok"}:
            break
        time.sleep(0.2)

    said = {one["name"]: one["message"] for one in report["findings"]}
    assert f"port {port}" in said["web"]
    assert f":{port}," in said["addresses"]
    elsewhere = instance.run("check", PORT="1")
    assert found(elsewhere, "web") == {"warning"}
    site.terminate()
    site.wait(timeout=30)
    assert not (instance.home / "listening").exists()


def test_explains_settings_that_keep_it_from_starting(tmp_path):
    (tmp_path / "home").mkdir()
    here = Instance(home=tmp_path / "home")

    report = here.run("check", code=1, TADAMUN_ENV="production", TADAMUN_DEMO="1")

    (only,) = report["findings"]
    assert (only["name"], only["status"]) == ("settings", "error")
    assert "TADAMUN_DEMO" in only["message"]


def test_makes_nothing_where_nothing_is(tmp_path):
    here = Instance(home=tmp_path / "home")

    report = here.run("check", code=1)

    assert report["findings"][0]["name"] == "folder"
    assert not here.home.exists()

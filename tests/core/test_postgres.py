"""The embedded PostgreSQL, tried as it is used: by processes that come, go and are killed."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import dj_database_url
import psycopg
import pytest

from smartsociety.core import postgres

CLIENT = """
import sys, time
from pathlib import Path
from smartsociety.core import postgres
postgres.GRACE_SECONDS = 0.1
print(postgres.embedded_database_url(Path(sys.argv[1]), database="trial", durable=False), flush=True)
time.sleep(float(sys.argv[2]))
"""


@pytest.fixture
def folder():
    """Not in tmp_path: as root, the server's own user could not reach it."""
    parent = Path(tempfile.mkdtemp(prefix="postgres-"))
    parent.chmod(0o755)
    yield parent / "cluster"
    postgres.stop(parent / "cluster")
    shutil.rmtree(parent)


@pytest.fixture(autouse=True)
def forget_our_own_use(monkeypatch):
    in_use = {}
    monkeypatch.setattr(postgres, "_in_use", in_use)
    monkeypatch.setattr(postgres, "GRACE_SECONDS", 0.1)
    yield
    for descriptor in in_use.values():
        os.close(descriptor)


@pytest.fixture
def client(folder):
    """Starts processes that ask for the address and stay until they are ended."""
    processes = []

    def start(seconds=60):
        command = [sys.executable, "-c", CLIENT, folder, str(seconds)]
        processes.append(subprocess.Popen(command, cwd=postgres.ROOT, stdout=subprocess.PIPE, text=True))
        return processes[-1]

    yield start
    for process in processes:
        process.kill()
        process.communicate()


def address(folder, **options):
    return postgres.embedded_database_url(folder, database="trial", **{"durable": False} | options)


def ask(url, question):
    with psycopg.connect(url) as connection:
        return connection.execute(question).fetchone()[0]


def server_pid(folder):
    return int((folder / "data" / "postmaster.pid").read_text().split()[0])


def stops_soon(folder):
    deadline = time.monotonic() + 30
    while postgres.Cluster(folder).is_alive and time.monotonic() < deadline:
        time.sleep(0.05)
    return not postgres.Cluster(folder).is_alive


def test_address_leads_to_a_database_in_utf8(folder):
    url = address(folder)
    assert ask(url, "SELECT current_database()") == "trial"
    assert ask(url, "SHOW server_encoding") == "UTF8"
    assert ask(url, "SELECT upper('één straße')") == "ÉÉN STRASSE"
    assert dj_database_url.parse(url)["OPTIONS"]["host"] == f"{folder}/data"


def test_only_the_test_cluster_may_lose_data(folder):
    assert ask(address(folder), "SHOW fsync") == "off"
    postgres.stop(folder)
    assert ask(address(folder, durable=True), "SHOW fsync") == "on"


@pytest.mark.parametrize("name", ["x" * 110, "comma, and space"])
def test_folder_that_a_socket_cannot_have_gets_another(folder, name):
    url = address(folder / name)
    socket_folder = postgres.Cluster(folder / name).socket_folder
    assert ask(url, "SELECT current_database()") == "trial"
    assert socket_folder.parent == Path("/tmp")
    postgres.stop(folder / name)
    socket_folder.rmdir()


def test_processes_that_start_at_once_share_one_server(client):
    urls = {process.stdout.readline() for process in [client(), client(), client()]}
    assert len(urls) == 1
    assert ask(urls.pop().strip(), "SELECT current_database()") == "trial"


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_server_stops_after_its_last_user_however_that_ends(folder, client, ending):
    process = client()
    process.stdout.readline()
    process.send_signal(ending)
    assert stops_soon(folder)


def test_server_stays_while_somebody_uses_it(folder, client):
    first, second = client(), client()
    url = first.stdout.readline().strip()
    second.stdout.readline()
    first.kill()
    time.sleep(0.5)
    assert ask(url, "SELECT current_database()") == "trial"


def test_server_that_was_killed_starts_again_although_its_pid_is_now_another_programs(folder):
    with psycopg.connect(address(folder, durable=True)) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 'here' AS word")
    os.kill(server_pid(folder), signal.SIGKILL)
    assert stops_soon(folder)
    pid_file = folder / "data" / "postmaster.pid"
    pid_file.write_text(pid_file.read_text().replace(str(server_pid(folder)), str(os.getpid()), 1))
    assert ask(address(folder), "SELECT word FROM kept") == "here"


def test_interrupted_creation_leaves_nothing_in_the_way(folder):
    (folder / "data.new").mkdir(parents=True)
    (folder / "data.new" / "PG_VERSION").write_text("18")
    assert ask(address(folder), "SELECT 1") == 1


def test_stop_says_whether_there_was_something_to_stop(folder):
    assert not postgres.stop(folder)
    address(folder)
    assert postgres.stop(folder)
    assert not postgres.stop(folder)


def test_cluster_of_another_version_is_refused_with_its_version(folder):
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "PG_VERSION").write_text("16\n")
    with pytest.raises(postgres.EmbeddedPostgresError, match="is of PostgreSQL 16; this is PostgreSQL 18"):
        address(folder)


def test_server_that_does_not_start_shows_its_log(folder):
    address(folder)
    postgres.stop(folder)
    (folder / "data" / "postgresql.conf").write_text("no_such_setting = 1\n")
    with pytest.raises(
        postgres.EmbeddedPostgresError, match='unrecognized configuration parameter "no_such_setting"'
    ):
        address(folder)


def test_folder_that_cannot_be_used_is_named(folder):
    folder.write_text("a file where the folder should be")
    with pytest.raises(postgres.EmbeddedPostgresError, match=f"cannot use {folder}"):
        address(folder)
    folder.unlink()


def test_missing_package_is_named(folder, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(postgres, "find_spec", lambda name: None)
        with pytest.raises(postgres.EmbeddedPostgresError, match="is not installed"):
            address(folder)


def test_socket_folder_of_somebody_else_is_refused(folder):
    deep = folder / ("x" * 110)
    deep.mkdir(parents=True)
    stranger = postgres.Cluster(deep).socket_folder
    stranger.mkdir()
    stranger.chmod(0o777)
    with pytest.raises(postgres.EmbeddedPostgresError, match="belongs to somebody else"):
        address(deep)
    stranger.rmdir()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as somebody else")
def test_root_is_told_which_folder_is_closed(folder):
    folder.parent.chmod(0o700)
    with pytest.raises(postgres.EmbeddedPostgresError, match=f"chmod o\\+x {folder.parent}`"):
        address(folder)

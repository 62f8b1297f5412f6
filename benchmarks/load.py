"""A load generator without dependencies: a few connections, each asking again as soon as it has its answer."""

import re
import selectors
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack

CONNECTIONS = 4
PATIENCE_SECONDS = 30
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class LoadError(Exception):
    """The server gave another answer than a page."""


class Connection:
    """One connection, at most one question at a time."""

    def __init__(self, port: int, questions: Iterator[bytes]) -> None:
        self.questions = questions
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.setblocking(False)

    def ask(self) -> None:
        self.answer, self.size = b"", None
        self.socket.sendall(next(self.questions))  # a few hundred bytes always fit

    def receive(self) -> bool:
        """Read what came; whether the answer is complete."""
        part = self.socket.recv(262_144)
        if not part:
            raise LoadError("The server closed the connection.")
        self.answer += part
        if self.size is None and (end := self.answer.find(b"\r\n\r\n")) >= 0:
            self.size = self._whole_size(self.answer[:end], end)
        return self.size is not None and len(self.answer) >= self.size

    def _whole_size(self, head: bytes, end: int) -> int:
        length = LENGTH.search(head)
        if head.startswith(b"HTTP/1.1 304 "):
            return end + 4
        if not head.startswith(b"HTTP/1.1 200 ") or not length:
            raise LoadError(f"Not a page:\n{head.decode(errors='replace')}")
        return end + 4 + int(length[1])


def question_for(path: str, headers: dict[str, str]) -> bytes:
    """A GET request as it goes over the line."""
    lines = [f"GET {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode()


def requests_per_second(port: int, questions: Iterator[bytes], *, seconds: float) -> float:
    """How many answers the server on `port` gives per second, from the first question to the last answer."""
    with ExitStack() as stack:
        connections = [Connection(port, questions) for _number in range(CONNECTIONS)]
        for connection in connections:
            stack.enter_context(connection.socket)
        selector = stack.enter_context(selectors.DefaultSelector())
        for connection in connections:
            selector.register(connection.socket, selectors.EVENT_READ, connection)
        started = time.perf_counter()
        answers = _keep_asking(selector, connections, until=started + seconds)
        return answers / (time.perf_counter() - started)


def seconds_for_one(port: int, question: bytes) -> float:
    """How long one answer takes when nobody else asks."""
    connection = Connection(port, iter([question]))
    with connection.socket, selectors.DefaultSelector() as selector:
        selector.register(connection.socket, selectors.EVENT_READ, connection)
        started = time.perf_counter()
        _keep_asking(selector, [connection], until=started)
        return time.perf_counter() - started


def _keep_asking(selector: selectors.BaseSelector, connections: list[Connection], *, until: float) -> int:
    for connection in connections:
        connection.ask()
    answers, waiting = 0, len(connections)
    while waiting:
        ready = selector.select(PATIENCE_SECONDS)
        if not ready:
            raise LoadError(f"No answer in {PATIENCE_SECONDS} seconds.")
        answered = [key.data for key, _event in ready if key.data.receive()]
        answers += len(answered)
        go_on = time.perf_counter() < until
        for connection in answered:
            if go_on:
                connection.ask()
        waiting -= 0 if go_on else len(answered)
    return answers

"""A small HTTP server on loopback that answers as a test tells it to, however badly.

It speaks HTTP by hand: what a library would refuse to send is just what is wanted here.
"""

import contextlib
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import BinaryIO

_REASONS = {200: "OK", 304: "Not Modified", 404: "Not Found"}


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it came: header names in lower case, and when (monotonic)."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    at: float


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer of good form."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)

    def rendered(self) -> bytes:
        """The bytes of the answer; a length that the headers name (falsely) stands."""
        lines = [f"HTTP/1.1 {self.status} {_REASONS.get(self.status, 'Reply')}"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        if self.status != 304 and not {"content-length", "transfer-encoding"} & {
            name.lower() for name in self.headers
        }:
            lines.append(f"content-length: {len(self.body)}")
        return "\r\n".join([*lines, "", ""]).encode("utf-8") + self.body


class Connection:
    """What an answer of bad form does its worst with."""

    def __init__(self, server: "Server", sock: socket.socket) -> None:
        self.server = server
        self.socket = sock
        self.sent = 0

    def send(self, data: bytes) -> None:
        """Send *data* as it is."""
        self.socket.sendall(data)
        self.sent += len(data)

    def wait(self, seconds: float) -> None:
        """Wait, but no longer than the server lives."""
        self.server.stopped.wait(seconds)

    def reset(self) -> None:
        """Cut the connection with RST."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()


Answer = Reply | Callable[[Request, Connection], None]


def drip(seconds: float, head: bytes = b"HTTP/1.1 200 OK\r\n\r\n") -> Answer:
    """*head* at once, then a byte every *seconds*, for ever."""

    def answer(_: Request, connection: Connection) -> None:
        connection.send(head)
        while not connection.server.stopped.wait(seconds):
            connection.send(b"x")

    return answer


def hang(_: Request, connection: Connection) -> None:
    """Never answer."""
    connection.wait(60)


def reset(_: Request, connection: Connection) -> None:
    """Cut the connection instead of answering."""
    connection.reset()


def garbage(_: Request, connection: Connection) -> None:
    """Answer with what is no HTTP."""
    connection.send(b"\x00\xff\x00 220 mail.example ESMTP\r\n\r\n")


def endless(piece: bytes, headers: str = "") -> Answer:
    """A chunked body of *piece* over and over."""

    def answer(_: Request, connection: Connection) -> None:
        head = f"HTTP/1.1 200 OK\r\n{headers}transfer-encoding: chunked\r\n\r\n"
        connection.send(head.encode())
        while not connection.server.stopped.is_set():
            connection.send(b"%x\r\n%b\r\n" % (len(piece), piece))

    return answer


@dataclass(slots=True)
class Server:
    """A running server: what it was asked, and what it will answer.

    A path's answers are given in turn, and the last one for ever; an unknown path is 404.
    """

    port: int
    scheme: str = "http"
    requests: list[Request] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)
    connections: int = 0
    in_flight: int = 0
    most_in_flight: int = 0
    _answers: dict[str, list[Answer]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def place(self) -> str:
        """Host and port."""
        return f"127.0.0.1:{self.port}"

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        """The address of *path* here."""
        return f"{self.scheme}://{host}:{self.port}{path}"

    def on(self, path: str, *answers: Answer) -> str:
        """Answer requests for *path* with *answers* in turn; returns its address."""
        self._answers[path] = list(answers)
        return self.url(path)

    def asked(self, path: str) -> list[Request]:
        """The requests for *path* so far."""
        return [request for request in self.requests if request.path == path]

    def take(self, request: Request) -> Answer:
        """Note *request*; the answer that it gets."""
        with self._lock:
            self.requests.append(request)
            self.in_flight += 1
            self.most_in_flight = max(self.most_in_flight, self.in_flight)
            answers = self._answers.get(request.path) or [Reply(404)]
            return answers[0] if len(answers) == 1 else answers.pop(0)

    def left(self) -> None:
        """Note that a request was answered, or given up."""
        with self._lock:
            self.in_flight -= 1


@contextmanager
def serve(context: ssl.SSLContext | None = None) -> Iterator[Server]:
    """A server on a free port of loopback, with TLS by *context*."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = Server(listener.getsockname()[1], "https" if context else "http")
        threads: list[threading.Thread] = []
        sockets: list[socket.socket] = []
        acceptor = threading.Thread(
            target=_accept, args=(server, listener, context, threads, sockets), daemon=True
        )
        acceptor.start()
        try:
            yield server
        finally:
            server.stopped.set()
            listener.shutdown(socket.SHUT_RDWR)
            acceptor.join()
            for sock in sockets:
                with contextlib.suppress(OSError):
                    sock.shutdown(socket.SHUT_RDWR)
            for thread in threads:
                thread.join(5)
            for sock in sockets:
                sock.close()


def _accept(
    server: Server,
    listener: socket.socket,
    context: ssl.SSLContext | None,
    threads: list[threading.Thread],
    sockets: list[socket.socket],
) -> None:
    while not server.stopped.is_set():
        try:
            sock, _ = listener.accept()
        except OSError:
            return
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        server.connections += 1
        sockets.append(sock)
        thread = threading.Thread(target=_talk, args=(server, sock, context), daemon=True)
        threads.append(thread)
        thread.start()


def _talk(server: Server, sock: socket.socket, context: ssl.SSLContext | None) -> None:
    """Answer the requests of one connection."""
    try:
        with context.wrap_socket(sock, server_side=True) if context else sock as talking:
            connection = Connection(server, talking)
            with talking.makefile("rb") as incoming:
                while not server.stopped.is_set():
                    request = _read(incoming)
                    if request is None or not _answer(server, connection, request):
                        return
    except (OSError, ValueError):
        # The client went away, which many a test is about.
        return


def _answer(server: Server, connection: Connection, request: Request) -> bool:
    """Answer one request; whether the connection goes on."""
    answer = server.take(request)
    try:
        if isinstance(answer, Reply):
            connection.send(answer.rendered())
            declared = answer.headers.get("content-length")
            return declared is None or int(declared) == len(answer.body)
        answer(request, connection)
        return False
    finally:
        server.left()


def _read(reader: BinaryIO) -> Request | None:
    line = reader.readline()
    if not line:
        return None
    method, path, _ = line.decode("latin-1").split(" ", 2)
    headers: dict[str, str] = {}
    while (line := reader.readline()) not in {b"\r\n", b""}:
        name, _, value = line.decode("latin-1").partition(":")
        headers[name.strip().lower()] = value.strip()
    length = int(headers.get("content-length", 0))
    body = reader.read(length) if length else b""
    return Request(method, path, headers, body, time.monotonic())

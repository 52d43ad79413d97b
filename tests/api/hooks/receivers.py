"""A real receiver of webhooks on loopback, which answers as it is told and remembers what it was sent."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import sleep


@dataclass
class Receiver:
    """What it answers next, and what came: paths, headers in lower case, bodies."""

    status: int = 204
    location: str | None = None
    body: bytes = b""
    seconds_between_bytes: float = 0
    port: int = 0
    came: list[tuple[str, dict[str, str], str]] = field(default_factory=list)

    @property
    def host(self) -> str:
        """What an operator would name."""
        return f"127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://{self.host}/hook"


@contextmanager
def receiving(context: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    """A receiver that listens meanwhile, with TLS where it has a context of it."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["content-length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            receiver.came.append((self.path, headers, content.decode()))
            self.send_response(receiver.status)
            if receiver.location:
                self.send_header("Location", receiver.location)
            self.send_header("Content-Length", str(len(receiver.body)))
            self.end_headers()
            for byte in receiver.body if receiver.seconds_between_bytes else ():
                self.wfile.write(bytes([byte]))
                sleep(receiver.seconds_between_bytes)
            if not receiver.seconds_between_bytes:
                self.wfile.write(receiver.body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def handle(self) -> None:
            try:
                super().handle()
            except OSError:  # the sender had read enough
                return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    receiver.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

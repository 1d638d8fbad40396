"""A mail server that counts letters, and can keep a sender waiting for its word."""

from __future__ import annotations

import re
import socketserver
import threading
from typing import Any


class MailServer:
    """Takes letters on a free port: `ids` holds their Message-IDs; `hold()` keeps the next sender in suspense."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.held = threading.Event()
        self._answering = threading.Event()
        self._answering.set()
        outer = self

        class Session(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                outer._talk(self)

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def hold(self) -> None:
        """Take the next letter and say nothing of it."""
        self.held.clear()
        self._answering.clear()

    def go_on(self) -> None:
        """Answer again."""
        self._answering.set()

    def close(self) -> None:
        """Listen no more."""
        self._answering.set()
        self._server.shutdown()
        self._server.server_close()

    def _talk(self, session: Any) -> None:
        def say(line: str) -> None:
            session.wfile.write(line.encode() + b"\r\n")

        say("220 letters")
        while line := session.rfile.readline():
            word = line[:4].upper()
            if word == b"DATA":
                say("354 go on")
                letter = b""
                while (part := session.rfile.readline()) not in {b".\r\n", b""}:
                    letter += part
                self.ids += re.findall(r"(?mi)^Message-ID: <(\w+)@", letter.decode(errors="replace"))
                self.held.set()
                self._answering.wait(30)
                say("250 taken")
            elif word == b"QUIT":
                say("221 bye")
                return
            else:
                say("250 yes")

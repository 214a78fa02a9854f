"""A client of language servers, which talks to a server over its standard streams like an editor."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

TIMEOUT = 30


class Client:
    """A running server and the diagnostics that it has published."""

    def __init__(self, line: list[str], root: Path, **initial: Any) -> None:
        self.process = subprocess.Popen(
            line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=root
        )
        self.root, self.number = root, 0
        self.published: dict[str, Any] = {}
        self._messages: queue.Queue[Any] = queue.Queue()
        self._threads = [threading.Thread(target=target, daemon=True) for target in (self._listen, self._read_errors)]
        self.errors = b""
        for thread in self._threads:
            thread.start()
        self.can = self.ask("initialize", processId=None, rootUri=root.as_uri(), **{"capabilities": {}, **initial})
        self.tell("initialized")

    def tell(self, method: str, **params: Any) -> None:
        self._send({"method": method, "params": params})

    def ask(self, method: str, **params: Any) -> Any:
        self.number += 1
        number = self.number
        self._send({"id": number, "method": method, "params": params})
        while True:
            message = self._next()
            if message.get("id") == number and "method" not in message:
                assert "error" not in message, message
                return message["result"]
            self._handle(message)

    def open(self, path: Path, text: str) -> str:
        """Open a document and return its URI."""
        uri = path.as_uri()
        self.tell("textDocument/didOpen", textDocument={"uri": uri, "languageId": "yaml", "version": 1, "text": text})
        return uri

    def change(self, uri: str, text: str, version: int) -> None:
        changed = {"uri": uri, "version": version}
        self.tell("textDocument/didChange", textDocument=changed, contentChanges=[{"text": text}])

    def found(self, uri: str, enough: Callable[[Any], bool] = lambda _: True) -> list[Any]:
        """Return the diagnostics of a document as soon as `enough` accepts them."""
        while uri not in self.published or not enough(self.published[uri]):
            self._handle(self._next())
        return self.published[uri]["diagnostics"]

    def close(self) -> int:
        """Shut the server down as the protocol requires, and return its exit code."""
        self.ask("shutdown")
        self._send({"method": "exit"})
        code = self.process.wait(TIMEOUT)
        self.kill()
        return code

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        for thread in self._threads:
            thread.join(TIMEOUT)
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            stream.close()

    def _handle(self, message: Any) -> None:
        """Store published diagnostics; answer requests of the server with null."""
        if message.get("method") == "textDocument/publishDiagnostics":
            self.published[message["params"]["uri"]] = message["params"]
        elif "id" in message and "method" in message:
            self._send({"id": message["id"], "result": [None] if "onfiguration" in message["method"] else None})

    def _next(self) -> Any:
        try:
            message = self._messages.get(timeout=TIMEOUT)
        except queue.Empty:
            raise AssertionError(
                f"no message of the server within {TIMEOUT} s: {self.errors.decode()} {self.published}"
            ) from None
        assert message is not None, f"the server has exited: {self.errors.decode()}"
        return message

    def _send(self, message: dict[str, Any]) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        self.process.stdin.flush()

    def _listen(self) -> None:
        while line := self.process.stdout.readline():
            size = 0
            while line.strip():
                size = int(line.split(b":")[1]) if line.lower().startswith(b"content-length") else size
                line = self.process.stdout.readline()
            self._messages.put(json.loads(self.process.stdout.read(size)))
        self._messages.put(None)

    def _read_errors(self) -> None:
        while line := self.process.stderr.readline():
            self.errors += line

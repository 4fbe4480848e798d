"""Downloads, from a hub of our own on this machine."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COMMIT = "a" * 40

PROGRAM = """
import sys
from satzpaar.translate.errors import ModelError
from satzpaar.translate.models import find_model

try:
    model = find_model(sys.argv[1])
except ModelError as error:
    print("error:", error)
else:
    print(*sorted(path.name for path in model.folder.iterdir()))
"""


class Hub(ThreadingHTTPServer):
    """As much of the hub's protocol as a download of ``owner/name`` needs."""

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), HubHandler)
        self.folder = folder
        self.asked: list[str] = []


class HubHandler(BaseHTTPRequestHandler):
    """Answers what huggingface_hub asks."""

    server: Hub

    def do_HEAD(self) -> None:
        """Answer without the content."""
        self.do_GET()

    def do_GET(self) -> None:
        """Answer a listing, a file, or that there is no such model."""
        path = self.path.partition("?")[0]
        self.server.asked.append(path)
        headers = {}
        if path.startswith("/api/models/owner/name/tree/"):
            data = json.dumps([self.entry(file) for file in self.files()]).encode()
        elif path.startswith("/api/models/owner/name"):
            siblings = [{"rfilename": file.name} for file in self.files()]
            content = {"id": "owner/name", "sha": COMMIT, "siblings": siblings}
            data = json.dumps(content).encode()
        elif path.startswith(f"/owner/name/resolve/{COMMIT}/"):
            data = (self.server.folder / path.rpartition("/")[2]).read_bytes()
            headers["X-Repo-Commit"] = COMMIT
            headers["ETag"] = f'"{hashlib.sha1(data).hexdigest()}"'
        else:
            data = b""
            headers["X-Error-Code"] = "RepoNotFound"
        self.send_response(404 if "X-Error-Code" in headers else 200)
        headers["Content-Length"] = str(len(data))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(data)

    def files(self) -> list[Path]:
        """Return the files of the one model."""
        return sorted(self.server.folder.iterdir())

    @staticmethod
    def entry(file: Path) -> dict[str, object]:
        """Describe a file as the hub's listing does."""
        digest = hashlib.sha1(file.read_bytes()).hexdigest()
        size = file.stat().st_size
        return {"type": "file", "path": file.name, "size": size, "oid": digest}

    def log_message(self, *arguments: object) -> None:
        """Keep stderr clean."""


@pytest.fixture
def hub(tiny_copy: Path) -> Iterator[Hub]:
    """Serve the tiny checkpoint, with files beside it that nobody needs."""
    (tiny_copy / "tf_model.h5").write_bytes(b"large")
    (tiny_copy / "README.md").write_text("A card.")
    with Hub(tiny_copy) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def find(name: str, hub: Hub, cache: Path, **environment: str) -> str:
    """Find a model in a process of its own: the library reads its settings once."""
    settings = {
        "HF_ENDPOINT": f"http://127.0.0.1:{hub.server_port}",
        "HF_HOME": str(cache),
        "HF_HUB_OFFLINE": "0",
    }
    done = subprocess.run(
        [sys.executable, "-P", "-c", PROGRAM, name],
        env=os.environ | settings | environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_fetches_what_is_needed(hub: Hub, tmp_path: Path) -> None:
    """Neither other frameworks' weights nor pickles nor the card."""
    found = find("owner/name", hub, tmp_path / "home")

    assert found.split() == [
        "config.json",
        "generation_config.json",
        "model.safetensors",
        "source.spm",
        "target.spm",
        "tokenizer_config.json",
        "vocab.json",
    ]


def test_asks_once(hub: Hub, tmp_path: Path) -> None:
    """The second time nothing goes over the network, offline or not."""
    first = find("owner/name", hub, tmp_path / "home")
    hub.asked.clear()

    second = find("owner/name", hub, tmp_path / "home")
    offline = find("owner/name", hub, tmp_path / "home", HF_HUB_OFFLINE="1")

    assert first == second == offline
    assert hub.asked == []


def test_no_such_model(hub: Hub, tmp_path: Path) -> None:
    """The hub's no is one line."""
    found = find("owner/other", hub, tmp_path / "home")

    assert found == "error: owner/other: the hub has no such model"


def test_only_pickled_weights(hub: Hub, tmp_path: Path) -> None:
    """A pickle is neither fetched nor opened; the line says what to do."""
    weights = hub.folder / "model.safetensors"
    weights.rename(hub.folder / "pytorch_model.bin")

    found = find("owner/name", hub, tmp_path / "home")

    assert "model.safetensors: missing" in found
    assert "--allow-pickle" in found
    assert "refs/pr/N" in found
    assert not any(path.endswith("pytorch_model.bin") for path in hub.asked)

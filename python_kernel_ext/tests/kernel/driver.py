# SPDX-License-Identifier: BSD-3-Clause
"""Drive a real kernel: run a cell, get back everything it said."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from jupyter_client.manager import KernelManager

from ipyspecialize.payload import MIME

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class Answer:
    """What one request brought.

    messages:  IOPub messages that answer it, in order, as (type, content); no status.
    reply:     Content of the reply.
    """

    messages: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    reply: dict[str, Any] = field(default_factory=dict)

    @property
    def status(self) -> str:
        """``ok``, ``error`` or ``aborted``."""
        return str(self.reply["status"])

    @property
    def own(self) -> list[tuple[str, dict[str, Any]]]:
        """The messages of the cell itself, ours and its echo left out."""
        return [
            (kind, content)
            for kind, content in self.messages
            if kind != "execute_input" and not _is_ours(content)
        ]

    def payloads(self, kind: str = "display_data") -> list[dict[str, Any]]:
        """Return the payloads in messages of one type."""
        return [c["data"][MIME] for k, c in self.messages if k == kind and _is_ours(c)]

    def bundles(self, kind: str = "display_data") -> list[dict[str, Any]]:
        """Return the contents that hold a payload, in messages of one type."""
        return [c for k, c in self.messages if k == kind and _is_ours(c)]

    @property
    def text(self) -> str:
        """What the streams and the results say."""
        said = []
        for kind, content in self.messages:
            if kind == "stream":
                said.append(content["text"])
            elif kind == "execute_result":
                said.append(content["data"]["text/plain"])
        return "".join(said)


def _is_ours(content: dict[str, Any]) -> bool:
    return MIME in content.get("data", {})


class Kernel:
    """A real ipykernel of this environment."""

    def __init__(self, environment: dict[str, str] | None = None) -> None:
        self.manager = KernelManager(kernel_name="python3")
        options = {} if environment is None else {"env": environment}
        self.manager.start_kernel(**options)
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=60)

    def stop(self) -> None:
        """End the kernel."""
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)

    def send(self, code: str, cell_id: str | None = None, **options: Any) -> str:  # noqa: ANN401
        """Ask for *code* to be run; return the id of the request."""
        content = {
            "code": code,
            "silent": False,
            "store_history": True,
            "user_expressions": {},
            "allow_stdin": False,
            "stop_on_error": False,
            **options,
        }
        metadata = {} if cell_id is None else {"cellId": cell_id}
        message = self.client.session.msg("execute_request", content, metadata=metadata)
        self.client.shell_channel.send(message)
        return str(message["header"]["msg_id"])

    def run(
        self,
        code: str,
        cell_id: str | None = None,
        interrupt_after: float | None = None,
        **options: Any,  # noqa: ANN401
    ) -> Answer:
        """Run *code* and return what it brought.

        interrupt_after:  Seconds after which the kernel is interrupted.
        """
        request = self.send(code, cell_id, **options)
        if interrupt_after is not None:
            time.sleep(interrupt_after)
            self.manager.interrupt_kernel()
        return self.wait(request)

    def wait(self, request: str) -> Answer:
        """Return what the answer to *request* brought, once it is complete."""
        answer = Answer()
        for message in self._iopub(request):
            kind, content = message["msg_type"], message["content"]
            if kind != "status":
                answer.messages.append((kind, content))
            elif content["execution_state"] == "idle":
                break
        while True:
            reply = self.client.get_shell_msg(timeout=30)
            if reply["parent_header"].get("msg_id") == request:
                answer.reply = reply["content"]
                return answer

    def _iopub(self, request: str) -> Iterator[dict[str, Any]]:
        while True:
            message = self.client.get_iopub_msg(timeout=30)
            if message["parent_header"].get("msg_id") == request:
                yield message

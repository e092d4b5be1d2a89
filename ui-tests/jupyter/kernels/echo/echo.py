# SPDX-License-Identifier: BSD-3-Clause
"""A kernel of another language: it prints what it is asked to run, and `asked` prints all of that.

Quiet requests are noted as any other, so that a test can see what a front end sends behind the
user's back.
"""

from __future__ import annotations

from typing import Any

from ipykernel.kernelapp import IPKernelApp
from ipykernel.kernelbase import Kernel


class Echo(Kernel):
    """See https://jupyter-client.readthedocs.io/en/stable/wrapperkernels.html."""

    implementation = "echo"
    implementation_version = language_version = "1"
    language = "echo"
    language_info = {  # noqa: RUF012 - as the base class has it
        "name": "echo",
        "mimetype": "text/plain",
        "file_extension": ".txt",
    }
    banner = "Echo"

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - whatever the base class takes
        super().__init__(**options)
        self._asked: list[str] = []

    async def do_execute(self, code: str, silent: bool, *_: object, **__: object) -> dict[str, Any]:  # noqa: FBT001 - the base class calls it so
        """Print *code*, or everything before it."""
        if not silent:
            text = repr(self._asked) if code == "asked" else code
            self.send_response(self.iopub_socket, "stream", {"name": "stdout", "text": text})
        self._asked.append(code)
        count = self.execution_count
        return {"status": "ok", "execution_count": count, "payload": [], "user_expressions": {}}


if __name__ == "__main__":
    IPKernelApp.launch_instance(kernel_class=Echo)

# SPDX-License-Identifier: BSD-3-Clause
"""What ``--json`` prints is what its schema says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from command.running import specialize, write
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

SCHEMAS = Path(__file__).parents[3] / "payload"


def schema(name: str) -> dict[str, Any]:
    return dict(json.loads((SCHEMAS / f"{name}.v1.schema.json").read_text("utf-8")))


def test_the_document_satisfies_its_schema(tmp_path: Path) -> None:
    payload = schema("payload")
    registry = Registry().with_resource(payload["$id"], Resource.from_contents(payload))
    validator = Draft202012Validator(schema("report"), registry=registry)
    program = "import os\nos.system('exit 0')\nfor i in range(99): i + 1\n"
    write(tmp_path, {"prog.py": program, "idle.py": "x = 1\n"})

    ran = specialize(tmp_path, "-t", "*.py", "prog.py")

    assert [] == [error.message for error in validator.iter_errors(ran.document)]
    assert 1 == (ran.document or {})["children"]
    broken = {**(ran.document or {}), "targets": [{"path": 1, "text": None, "payload": {}}]}
    assert not validator.is_valid(broken)

#!/usr/bin/env python3
"""The reader that stands alone reads the export vector, and sees a changed word."""

import pathlib
import subprocess
import sys
import tempfile

here = pathlib.Path(__file__).resolve().parent
reader = here.parent.parent / "script" / "read-export"
vector = here / "export_v1.json"


def read(path):
    return subprocess.run([sys.executable, str(reader), str(path)], capture_output=True, text=True)


whole = read(vector)
assert whole.returncode == 0 and "1 notes, 1 with a matching hash" in whole.stdout, whole.stdout + whole.stderr
text = vector.read_text(encoding="utf-8")
for old, new in [("had eased", "had grown"), ('"denied"', '"stated"'), ("1795426200000", "1795426200001"), ("0.875", "0.876")]:
    assert old in text, old
    with tempfile.TemporaryDirectory() as folder:
        changed = pathlib.Path(folder) / "changed.json"
        changed.write_text(text.replace(old, new), encoding="utf-8")
        assert read(changed).returncode == 1, f"a changed {old} was not seen"
print("export vector: read, and four changes seen")

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sizes that keep the code readable: no function over 80 lines outside class_init, no C file over
1,000, no interface file over 300, the JSON scanner within 350."""

import pathlib
import re
import statistics
import sys

MAX_FUNCTION, MAX_FILE, MAX_UI, MAX_SCANNER = 80, 1000, 300, 350
NAME = re.compile(r"^([A-Za-z_]\w*) \(")


def functions(lines):
    """Yields (name, first line, length); the code style puts braces of functions at column 0."""
    name, start = "", 0
    for number, line in enumerate(lines, 1):
        match = NAME.match(line)
        if match:
            name = match.group(1)
        if line.startswith("{"):
            start = number
        elif line.startswith("}") and start:
            if not line.startswith("};"):
                yield name, start, number - start + 1
            start = 0


def main():
    problems, lengths, files = [], [], []
    for path in sorted(pathlib.Path("src").rglob("*.c")):
        lines = path.read_text(encoding="utf-8").splitlines()
        files.append(len(lines))
        if len(lines) > MAX_FILE:
            problems.append(f"{path}: {len(lines)} lines")
        if path.name == "scim-json-scan.c" and len(lines) > MAX_SCANNER:
            problems.append(f"{path}: the scanner has {len(lines)} lines")
        for name, start, length in functions(lines):
            lengths.append(length)
            if length > MAX_FUNCTION and not name.endswith("_class_init"):
                problems.append(f"{path}:{start}: {name} has {length} lines")
    for path in sorted(pathlib.Path("ui").rglob("*.ui")):
        length = len(path.read_text(encoding="utf-8").splitlines())
        if length > MAX_UI:
            problems.append(f"{path}: {length} lines")
    print("\n".join(problems))
    if lengths and not problems:
        lengths.sort()
        print(f"{len(lengths)} functions: median {statistics.median(lengths):.0f}, "
              f"p95 {lengths[int(len(lengths) * 0.95)]}, longest {lengths[-1]} lines; "
              f"{len(files)} files: median {statistics.median(files):.0f}, "
              f"longest {max(files)} lines")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the libFuzzer targets of a build, two side by side, and sums up what they did.

Usage: run.py BUILD-DIRECTORY SECONDS [TARGET…]

What is found goes to BUILD-DIRECTORY/fuzz/: corpus/TARGET grows from run to run, findings/ holds the
inputs that end a target, TARGET.log its output. A target that has reached nothing new for ten
minutes ends early. The exit status is 1 when something was found."""

import concurrent.futures
import os
import pathlib
import re
import signal
import subprocess
import sys
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
QUIET_SECONDS = 600
INTERRUPTED = 72  # the status of a target that SIGINT ended
STATUS = re.compile(r"^#(\d+)\s+(\w+)\s+cov: (\d+)")
EDGES = re.compile(r"\((\d+) inline 8-bit counters\)")
OPTIONS = ["-timeout=10", "-rss_limit_mb=2048", "-max_len=4096", "-print_final_stats=1"]
ENVIRONMENT = {
    "G_DEBUG": "fatal-criticals",
    "G_SLICE": "always-malloc",
    "UBSAN_OPTIONS": "print_stacktrace=1:halt_on_error=1",
    "LC_ALL": "C.UTF-8",
}


class Run:
    """One target: what its output said so far."""

    def __init__(self, name):
        self.name = name
        self.executions = self.covered = self.edges = 0
        self.last_new = self.seconds = 0.0
        self.status = None
        self.findings = []

    def read(self, line, seconds):
        if match := EDGES.search(line):
            self.edges = int(match.group(1))
        elif match := STATUS.match(line):
            self.executions = int(match.group(1))
            if int(match.group(3)) > self.covered:
                self.covered, self.last_new = int(match.group(3)), seconds

    def row(self):
        result = "none" if self.status == 0 else f"{len(self.findings)} (status {self.status})"
        return (f"{self.name:10} {self.executions:12,} {self.covered:6} of {self.edges:<6} "
                f"{self.last_new:8.0f} s of {self.seconds:5.0f} s   {result}")


def follow(run, process, log, start):
    for line in process.stderr:
        log.write(line)
        run.read(line, time.monotonic() - start)


def wait(run, process, start):
    """TRUE when the target was ended because it reached nothing new any more."""
    while process.poll() is None:
        time.sleep(0.5)
        if time.monotonic() - start - run.last_new > QUIET_SECONDS:
            process.send_signal(signal.SIGINT)  # it sums up and ends
            return process.wait() == INTERRUPTED
    return False


def fuzz(build, seconds, name):
    run = Run(name)
    place = build / "fuzz"
    corpus, findings = place / "corpus" / name, place / "findings"
    for directory in (corpus, findings):
        directory.mkdir(parents=True, exist_ok=True)
    before = set(findings.iterdir())
    command = [build / "tests" / "fuzz" / f"fuzz-{name}", f"-max_total_time={seconds}", *OPTIONS,
               f"-dict={HERE / f'{name}.dict'}", f"-artifact_prefix={findings}/{name}-", corpus,
               HERE / "corpus" / name]
    start = time.monotonic()
    with open(place / f"{name}.log", "w", encoding="utf-8") as log, \
         subprocess.Popen(command, env=os.environ | ENVIRONMENT, stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE, text=True, errors="replace") as process:
        reader = threading.Thread(target=follow, args=(run, process, log, start))
        reader.start()
        ended_early = wait(run, process, start)
        reader.join()
    run.seconds = time.monotonic() - start
    run.findings = sorted(path for path in set(findings.iterdir()) - before
                          if path.name.startswith(f"{name}-"))
    run.status = 0 if ended_early else process.returncode
    return run


def main(build, seconds, names):
    known = sorted(path.stem.removeprefix("fuzz-") for path in HERE.glob("fuzz-*.c"))
    known.remove("main")
    if unknown := [name for name in names if name not in known]:
        print(f"There is no target {', '.join(unknown)}; there are {', '.join(known)}", file=sys.stderr)
        return 2
    with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
        runs = list(pool.map(lambda name: fuzz(build, seconds, name), names or known))
    print(f"{'target':10} {'executions':>12} {'edges covered':16} {'last new edge':19}   findings")
    for run in runs:
        print(run.row())
    for run in runs:
        for path in run.findings:
            print(f"\n{run.name}: {path}\n  again: {build}/tests/fuzz/fuzz-{run.name} {path}"
                  f"\n  output: {build}/fuzz/{run.name}.log")
    return 1 if any(run.status != 0 for run in runs) else 0


if __name__ == "__main__":
    if len(sys.argv) < 3 or not sys.argv[2].isdigit():
        sys.exit(__doc__)
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve(), int(sys.argv[2]), sys.argv[3:]))

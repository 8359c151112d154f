#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs Roster on a virtual screen, opens the first profile and saves a picture of the window.

Only what a person has: the keyboard and what the screen shows. Whatever was asked for, it ends."""

import argparse
import hashlib
import os
import subprocess
import sys
import time

WINDOW_WITHIN = 60 * float(os.environ.get("ROSTER_TIMEOUT_FACTOR", "1"))
OPEN_WITHIN = 5 * float(os.environ.get("ROSTER_TIMEOUT_FACTOR", "1"))
STILL_WITHIN = 20
# So many pictures in a row without a difference: nothing turns, nothing arrives. A text cursor
# stays as it is for longer than that.
STILL_PICTURES = 3
BETWEEN_PICTURES = 0.15


def ask(*command):
    done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""


def find_window(process):
    """The id of the window; None when the program ended without one."""
    end = time.monotonic() + WINDOW_WITHIN
    while time.monotonic() < end and process.poll() is None:
        found = ask("xdotool", "search", "--onlyvisible", "--name", "^Roster").split()
        if found:
            return found[-1]
        time.sleep(0.1)
    return None


def wait_until_still(window):
    end = time.monotonic() + STILL_WITHIN
    last, equal = None, 0
    while equal < STILL_PICTURES and time.monotonic() < end:
        pixels = subprocess.run(["import", "-window", window, "rgb:-"], capture_output=True,
                                timeout=20, check=True).stdout
        now = hashlib.sha256(pixels).digest()
        equal = equal + 1 if now == last else 0
        last = now
        time.sleep(BETWEEN_PICTURES)


def wait_for_directory(window):
    """Its name is in the title once there is one; nobody presses keys on the first page."""
    end = time.monotonic() + OPEN_WITHIN
    while time.monotonic() < end:
        if "—" in ask("xdotool", "getwindowname", window):
            return True
        time.sleep(0.1)
    return False


def open_first_profile(window):
    for command in (["windowfocus", "--sync", window], ["key", "--clearmodifiers", "ctrl+f"],
                    ["key", "--clearmodifiers", "Return"]):
        ask("xdotool", *command)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--roster", required=True)
    parser.add_argument("--output", required=True)
    parser.add_argument("arguments", nargs="*")
    arguments = parser.parse_args()
    # Nobody listens, and looking for who does takes its time.
    environment = dict(os.environ, GTK_A11Y="none")
    process = subprocess.Popen([arguments.roster, *arguments.arguments], env=environment)
    try:
        window = find_window(process)
        if window is None:
            if process.poll() is not None:
                return process.returncode
            print("Roster did not show a window", file=sys.stderr)
            return 1
        opened = wait_for_directory(window)
        if opened:
            wait_until_still(window)
            open_first_profile(window)
        elif any(argument.startswith("--demo") for argument in arguments.arguments):
            print("The demo directory did not open", file=sys.stderr)
            return 1
        wait_until_still(window)
        subprocess.run(["import", "-window", window, arguments.output], timeout=20, check=True)
        print(f"A picture of the window is in {arguments.output}", file=sys.stderr)
        return 0
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()


if __name__ == "__main__":
    sys.exit(main())

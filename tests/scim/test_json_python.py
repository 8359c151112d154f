#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The scanner against Python's json, on generated, damaged and hand-picked documents: it accepts and
refuses the same and reads the same values, in the same order. Where the two differ is listed in
`expectation` alone, and each difference has a test of its own.

Usage: test_json_python.py PROGRAM [--seed N] [--count N]"""

import argparse
import json
import random
import struct
import subprocess
import sys

MAX_DEPTH, MAX_BYTES, MAX_TOKENS = 64, 32 * 1024 * 1024, 4_000_000


class Number(str):
    """A number's own text."""


def refuse(word):
    raise ValueError(word)


def load(data):
    """What Python makes of it: numbers stay text, objects are lists of pairs in tuples."""
    return json.loads(data.decode("utf-8"), parse_int=Number, parse_float=Number,
                      parse_constant=refuse, object_pairs_hook=lambda pairs: tuple(pairs))


def dump(value):
    """The form that scim-json-dump prints."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, str):
        return f'"{value.encode("utf-8").hex()}"'
    if isinstance(value, list):
        return "[" + "".join(dump(item) + "," for item in value) + "]"
    return "{" + "".join(f"{dump(key)}:{dump(item)}," for key, item in value) + "}"


def measure(value):
    """Depth, and whether some object repeats a key."""
    if isinstance(value, str) or not isinstance(value, (list, tuple)):
        return 0, False
    keys = [key for key, _ in value] if isinstance(value, tuple) else []
    inner = [measure(item[1] if isinstance(value, tuple) else item) for item in value]
    return (1 + max((depth for depth, _ in inner), default=0),
            len(set(keys)) < len(keys) or any(repeats for _, repeats in inner))


def expectation(data):
    """What the scanner must say, and by which rule."""
    try:
        value = load(data)
    except RecursionError:
        return "-", "too deep"
    except ValueError:
        return "-", "refused"
    depth, repeats = measure(value)
    if depth > MAX_DEPTH:
        return "-", "too deep"
    try:
        text = dump(value)
    except UnicodeEncodeError:
        return "-", "lone surrogate"
    # A repeated key is kept by both: each of its values, in order.
    return ("*" if repeats else "+") + text, "repeated key" if repeats else "accepted"


def scan(program, documents):
    data = b"".join(struct.pack(">I", len(document)) + document for document in documents)
    output = subprocess.run([program], input=data, stdout=subprocess.PIPE, check=True).stdout
    return output.decode("ascii").splitlines()


def compare(program, documents):
    """Returns how many fell under which rule; raises at the first difference."""
    counts = {}
    answers = scan(program, documents)
    assert len(answers) == len(documents), f"{len(answers)} answers to {len(documents)} documents"
    for document, answer in zip(documents, answers):
        expected, rule = expectation(document)
        assert answer == expected, f"{document!r}: {answer[:200]} instead of {expected[:200]}"
        counts[rule] = counts.get(rule, 0) + 1
    return counts


# ------------------------------------------------------------------ documents

STRINGS = ["", "a", "userName", "é", "漢字", "😀", "\u0000", "\u001f", "\u007f", "\u0080", "\u2028",
           "\ufeff", "\uffff", "\U0010ffff", '"', "\\", "/", "\b\f\n\r\t", "\\u0041", "x" * 40]
NUMBERS = ["0", "-0", "1", "-1", "1.10", "0.0", "-0.0e-0", "1e5", "1E+05", "2e-7", "123456789012345678",
           "9223372036854775808", "-9223372036854775809", "1" * 60, "0." + "0" * 30 + "1", "1e999"]
SPACES = ["", "", "", " ", "\n", "\t", "\r\n", "  \t "]


def write_string(rng, text):
    out = []
    for char in text:
        code = ord(char)
        short = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r",
                 "\t": "\\t", "/": "\\/"}.get(char)
        if short and (code < 0x20 or char in '"\\' or rng.random() < 0.3):
            out.append(short if rng.random() < 0.7 else f"\\u{code:04x}")
        elif code < 0x20 or rng.random() < 0.15:
            units = char.encode("utf-16-be")
            out += [rng.choice(["\\u%04x", "\\u%04X"]) % unit
                    for unit in struct.unpack(f">{len(units) // 2}H", units)]
        else:
            out.append(char)
    return '"' + "".join(out) + '"'


def write_value(rng, depth):
    kind = rng.random()
    space = lambda: rng.choice(SPACES)  # noqa: E731
    if depth > 0 and kind < 0.25:
        items = [space() + write_value(rng, depth - 1) + space() for _ in range(rng.randrange(5))]
        return "[" + (",".join(items) or space()) + "]"
    if depth > 0 and kind < 0.55:
        items = [space() + write_string(rng, rng.choice(STRINGS)) + space() + ":" + space() +
                 write_value(rng, depth - 1) + space() for _ in range(rng.randrange(6))]
        return "{" + (",".join(items) or space()) + "}"
    if kind < 0.75:
        return write_string(rng, "".join(rng.choice(STRINGS) for _ in range(rng.randrange(3))))
    if kind < 0.9:
        return rng.choice(NUMBERS)
    return rng.choice(["true", "false", "null"])


def generate(rng):
    if rng.random() < 0.02:  # around the deepest that is accepted
        depth = rng.randrange(MAX_DEPTH - 3, MAX_DEPTH + 4)
        opening = [rng.choice(["[", '{"a":']) for _ in range(depth)]
        closing = ["]" if part == "[" else "}" for part in reversed(opening)]
        return ("".join(opening) + "1" + "".join(closing)).encode()
    text = rng.choice(SPACES) + write_value(rng, rng.randrange(6)) + rng.choice(SPACES)
    return text.encode("utf-8")


PIECES = [b'"', b"\\", b",", b":", b"[", b"]", b"{", b"}", b"0", b"-", b"+", b".", b"e", b"E", b" ",
          b"\n", b"\0", b"\x0b", b"\x0c", b"\x1f", b"\x7f", b"\xa0", b"\xc2\xa0", b"\xef\xbb\xbf",
          b"\xe2\x80\xa8", b"\x80", b"\xc0\x80", b"\xed\xa0\x80", b"\xf0\x80\x80\x80",
          b"\xf4\x90\x80\x80", b"\xff", b"\\u", b"\\u00e9", b"\\ud83d\\ude00", b"\\ud800", b"\\udc00",
          b"\\ud800\\u0041", b"\\u12", b"\\x41", b"\\'", b"'a'", b"NaN", b"Infinity", b"-Infinity",
          b"nul", b"True", b"01", b"1.", b".5", b"1e", b"0x10", b"1_0", b"//c\n", b"/*c*/", b"null",
          b"true", "１".encode(), "٣".encode(), b'"a":1', b",]", b",}", b"[]", b"{}", b'""']


def damage(rng, document):
    data = bytearray(document)
    for _ in range(rng.randrange(1, 4)):
        place = rng.randrange(len(data) + 1)
        kind = rng.randrange(6)
        if kind == 0 and place < len(data):
            data[place] = rng.randrange(256)
        elif kind == 1:
            del data[place:place + rng.randrange(1, 4)]
        elif kind == 2:
            del data[place:]
        elif kind == 3 and place < len(data):
            data[place] ^= 1 << rng.randrange(8)
        elif kind == 4:
            end = min(len(data), place + rng.randrange(1, 12))
            data[place:place] = data[place:end]
        else:
            data[place:place] = rng.choice(PIECES)
    return bytes(data)


HAND_PICKED = [
    b"", b" ", b"\0", b"{", b"}", b"[", b"]", b"[]]", b"[}", b"{]", b"[,]", b"[1,]", b"[,1]", b"[1 2]",
    b"[1,,2]", b"{,}", b'{"a"}', b'{"a":}', b'{"a":1,}', b'{"a" 1}', b'{"a"::1}', b"{1:2}", b"{a:1}",
    b"{'a':1}", b'{"a":1 "b":2}', b'{null:1}', b'{"a":1}{"b":2}', b"1 2", b"[] []", b"null null", b"nul",
    b"nulll", b"NULL", b"Null", b"tru", b"truee", b"TRUE", b"fals", b"undefined", b"NaN", b"-NaN",
    b"Infinity", b"-Infinity", b"[NaN]", b"+1", b"-", b"--1", b"- 1", b"01", b"-01", b"00", b"-00", b"1.",
    b".1", b"-.1", b"1.e1", b"1e", b"1e+", b"1E-", b"1e1.5", b"0x10", b"0b1", b"1_000", b"1,000", b"0e",
    b"1f", b"1L", b"-0", b"0e0", b"0E+0", b"1e00005", b"-0.0", b"1.0.0", b"1e5e5", "１".encode(),
    "1٣".encode(), "−1".encode(), b'"', b'"a', b"a\"", b"'a'", b'"\n"', b'"\t"', b'"\0"', b'"\x1f"',
    b'"\x7f"', b'"\\', b'"\\"', b'"\\\\"', b'"\\x41"', b'"\\a"', b'"\\0"', b'"\\\'"', b'"\\\n"',
    b'"\\u"', b'"\\u1"', b'"\\u12"', b'"\\u123"', b'"\\u123g"', b'"\\u+123"', b'"\\u 123"', b'"\\u-123"',
    b'"\\u0x41"', b'"\\U0041"', b'"\\u00e9"', b'"\\u00E9"', b'"\\u0000"', b'"\\ud83d\\ude00"',
    b'"\\uD83D\\uDE00"', b'"\\ud83d\\n"', b'"\\uFFFF"', b'"\\ufeff"', b'"\xc3\xa9"', b'"\xe9"', b'"\x80"',
    b'"\xc0\xaf"', b'"\xe0\x80\xaf"', b'"\xf0\x80\x80\xaf"', b'"\xed\xa0\x80"', b'"\xed\xbf\xbf"',
    b'"\xed\xa0\xbd\xed\xb8\x80"', b'"\xf4\x8f\xbf\xbf"', b'"\xf4\x90\x80\x80"', b'"\xf5\x80\x80\x80"',
    b'"\xfe\xff"', b'"\xc3"', b'"\xe2\x82"', b'"\xf0\x9f\x98"', b'"\xef\xbf\xbe"', b"\xef\xbb\xbf", b"\xef\xbb",
    b"\xef\xbb\xbf[]", b"[\xef\xbb\xbf]", b"\xff\xfe[\0]\0", b"\0[\0]", b"[\xc2\xa0]", b"[\xe2\x80\x83]", b"[\x0b]",
    b"[\x0c]", b"[\x85]", b"[\xc2\x85]", b"[\xe2\x80\xa8]", b"\x0c1", b"1\x00", b"[1]\x00", b"[1]\x1a", b"//\n1",
    b"/*a*/1", b"1//a", b"#\n1", b"[1]/**/", b"[1,#\n2]", b"<html>", b"<!-- -->", b")]}',\n{}", b"callback({})",
    b"for(;;);{}", b'{"a":1,"a":2}', b'{"a":1,"\\u0061":2}', b'{"":1,"":2}', b'{"a":{"b":1,"b":1}}',
    b'{"a\\u0000b":1,"a":2}', b'{"a":1,"A":2}', b'{"__proto__":1,"toString":2}', b" [ ] ", b"\t{\r\n}\n", b"[[[]]]",
    b"[" * 5 + b"]" * 4, b"[" * 70, b'{"a":' * 70, b"[" * 64 + b"]" * 64, b'["\\ud800"', b"[1.0,1.00,1.000]",
]


def tests(arguments):
    rng = random.Random(arguments.seed)
    generated = [generate(rng) for _ in range(arguments.count)]
    damaged = [damage(rng, rng.choice(generated)) for _ in range(arguments.count)]
    program = arguments.program

    def hand_picked():
        return compare(program, HAND_PICKED)

    def on_generated():
        counts = compare(program, generated)
        assert counts["accepted"] > len(generated) / 3, counts
        return counts

    def on_damaged():
        counts = compare(program, damaged)
        assert min(counts["accepted"], counts["refused"]) > len(damaged) / 20, counts
        return counts

    def lone_surrogates():
        documents = [template.replace(b"X", unit) for unit in
                     (b"\\ud800", b"\\udbff", b"\\udc00", b"\\udfff", b"\\uDC00\\uD800", b"\\ud800\\ud800",
                      b"\\ud800x", b"\\ud800\\u0041", b"\\ud800\\\\udc00", b"\\ude00\\ud83d")
                     for template in (b'"X"', b'["a","Xb"]', b'{"X":1}', b'{"a":{"b":["X"]}}')]
        for document in documents:
            load(document)  # Python takes them
        assert set(scan(program, documents)) == {"-"}

    def depth():
        deepest = [b"[" * MAX_DEPTH + b"]" * MAX_DEPTH, b'{"a":' * MAX_DEPTH + b"1" + b"}" * MAX_DEPTH]
        deeper = [b"[" + document + b"]" for document in deepest]
        assert all(load(document) for document in deeper)  # Python takes them
        assert [answer[0] for answer in scan(program, deepest)] == ["+", "+"]
        assert scan(program, deeper + [b"[" * 100_000 + b"]" * 100_000]) == ["-"] * 3

    def size():
        fits = b'"' + b"a" * (MAX_BYTES - 2) + b'"'
        assert [answer[0] for answer in scan(program, [fits, fits + b" "])] == ["+", "-"]

    def tokens():
        fits = b"[" + b"0," * (MAX_TOKENS - 2) + b"0]"
        assert [answer[0] for answer in scan(program, [fits, b"[0," + fits[1:]])] == ["+", "-"]

    def repeated_keys():
        """Every value is kept; Python's dict would hold the last one alone."""
        document = b'{"a":1,"b":{"c":2,"\\u0063":3},"a":4}'
        assert scan(program, [document]) == ['*{"61":1,"62":{"63":2,"63":3,},"61":4,}']

    return [hand_picked, on_generated, on_damaged, lone_surrogates, depth, size, tokens, repeated_keys]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=12_000)
    arguments = parser.parse_args()
    todo = tests(arguments)
    print(f"1..{len(todo)}\n# seed {arguments.seed}, {arguments.count} generated and as many damaged")
    failed = 0
    for number, test in enumerate(todo, 1):
        name = test.__name__.replace("_", "-")
        try:
            counts = test()
        except (AssertionError, subprocess.CalledProcessError, ValueError) as error:
            failed += 1
            print(f"not ok {number} /scim/json-python/{name}\n# {error}")
            continue
        print(f"ok {number} /scim/json-python/{name}")
        if counts:
            print("# " + ", ".join(f"{n} {rule}" for rule, n in sorted(counts.items())))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

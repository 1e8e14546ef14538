#!/usr/bin/env python3
"""Runs a linter on sources, several at a time, and remembers which were clean.

    lint.py --linter PROGRAM --build FOLDER --memory FOLDER FILE...

A file is read again when anything has changed that its findings hang on: itself, what it includes of
the project (and what that includes), its compile command, the configuration or the linter's version.
Findings are never remembered. Exit code 1 where there are any.
"""

import argparse
import concurrent.futures
import functools
import hashlib
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import time

INCLUDE = re.compile(rb'^\s*#\s*include\s*"([^"\n]+)"', re.MULTILINE)
CHATTER = re.compile(r"warnings? generated|Suppressed|Use -header-filter|Processing file")
KEPT_FOR = 30 * 24 * 3600  # seconds since it was last of use


@functools.lru_cache(maxsize=None)
def contents(file):
    return file.read_bytes()


@functools.lru_cache(maxsize=None)
def direct_includes(file, folders):
    """What it includes with quotes, as far as that is the project's own."""
    found = []
    for name in INCLUDE.findall(contents(file)):
        for folder in (file.parent, *folders):
            path = pathlib.Path(os.path.normpath(folder / os.fsdecode(name)))
            if path.is_file():
                found.append(path)
                break
    return tuple(found)


def with_includes(file, folders):
    seen, waiting = {file}, [file]
    while waiting:
        for path in direct_includes(waiting.pop(), folders):
            if path not in seen:
                seen.add(path)
                waiting.append(path)
    return sorted(seen)


def command_of(entry):
    return entry.get("arguments") or shlex.split(entry["command"])


def own_folders(command, root):
    named = [word[2:] for word in command if word.startswith("-I")]
    return tuple(pathlib.Path(name) for name in named if pathlib.Path(name).is_relative_to(root))


def key_of(file, command, root, linter):
    """Equal for equal work, in any checkout."""
    parts = [linter, "\0".join(command).replace(str(root), "")]
    digest = hashlib.sha256("\n".join(parts).encode())
    for path in (root / ".clang-tidy", *with_includes(file, own_folders(command, root))):
        text = contents(path)
        digest.update(f"\n{path.relative_to(root)} {len(text)}\n".encode())
        digest.update(text)
    return digest.hexdigest()


def forget_old(memory):
    for mark in memory.iterdir():
        if time.time() - mark.stat().st_mtime > KEPT_FOR:
            mark.unlink(missing_ok=True)


def lint(file, mark, options):
    """Whether it is clean; it is marked only then."""
    ended = subprocess.run([options.linter, "-p", options.build, "--quiet", str(file)],
                           stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    lines = [line for line in ended.stdout.splitlines() if not CHATTER.search(line)]
    if lines:
        print("\n".join(lines), flush=True)
    if ended.returncode == 0 and not lines:
        mark.touch()
    elif ended.returncode != 0:
        print(f"lint: {file}: {options.linter} ended with {ended.returncode}", flush=True)
    return ended.returncode == 0


def main():
    reader = argparse.ArgumentParser()
    for name in ("linter", "build", "memory"):
        reader.add_argument("--" + name, required=True)
    reader.add_argument("files", nargs="+")
    options = reader.parse_args()

    root = pathlib.Path.cwd().resolve()
    memory = pathlib.Path(options.memory)
    memory.mkdir(parents=True, exist_ok=True)
    forget_old(memory)
    version = subprocess.run([options.linter, "--version"], stdout=subprocess.PIPE, text=True,
                             check=True).stdout
    database = json.loads((pathlib.Path(options.build) / "compile_commands.json").read_text())
    commands = {pathlib.Path(entry["directory"], entry["file"]): command_of(entry)
                for entry in database}

    unread = []
    for file in (root / name for name in options.files):
        mark = memory / key_of(file, commands.get(file, []), root, version)
        if mark.exists():
            mark.touch()
        else:
            unread.append((file.relative_to(root), mark))
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        clean = list(pool.map(lambda work: lint(*work, options), unread))
    if not all(clean):
        return 1
    print(f"lint: {options.linter} read {len(unread)} files, no finding; "
          f"{len(options.files) - len(unread)} were known to have none")
    return 0


sys.exit(main())

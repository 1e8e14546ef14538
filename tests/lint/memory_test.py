#!/usr/bin/env python3
"""What tests/lint/lint.py remembers, and what makes it read a file again."""

import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

LINT = pathlib.Path(__file__).resolve().parent / "lint.py"
# Finds the word BAD in a file or in harness/b.h, and notes what it was asked to read.
LINTER = """#!/bin/sh
if [ "$1" = --version ]; then cat version; exit; fi
for file; do :; done
echo "$file" >>read
! grep -H BAD "$file" harness/b.h
"""


class Memory(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.root = pathlib.Path(self.folder.name).resolve()
        self.fill(self.root)

    def fill(self, root):
        (root / "harness/sub").mkdir(parents=True)
        (root / "build").mkdir()
        self.write("linter", LINTER, root).chmod(0o755)
        self.write("version", "1.0", root)
        self.write(".clang-tidy", "Checks: '*'", root)
        self.write("harness/a.cpp", '#include "sub/a.h"\n#include <vector>\n', root)
        self.write("harness/c.cpp", '#include "c.h"\n', root)
        self.write("harness/sub/a.h", '#include "b.h"\n', root)
        self.write("harness/b.h", "int b();\n", root)
        self.write("harness/c.h", "int c();\n", root)
        self.say_command("-O1", root)

    def write(self, name, text, root=None):
        file = (root or self.root) / name
        file.write_text(text)
        return file

    def say_command(self, option, root=None):
        root = root or self.root
        entries = [{"directory": str(root), "file": f"harness/{name}.cpp",
                    "command": f"c++ {option} -I{root}/harness -c harness/{name}.cpp"}
                   for name in "ac"]
        self.write("build/compile_commands.json", json.dumps(entries), root)

    def lint(self, root=None, memory="memory"):
        """The exit code, and the files that were read."""
        root = root or self.root
        (root / "read").unlink(missing_ok=True)
        ended = subprocess.run(
            [sys.executable, LINT, "--linter", "./linter", "--build", "build", "--memory",
             self.root / memory, "harness/a.cpp", "harness/c.cpp"],
            cwd=root, stdout=subprocess.PIPE, check=False)
        asked = (root / "read").read_text().split() if (root / "read").exists() else []
        return ended.returncode, sorted(asked)

    def test_a_clean_file_is_read_once(self):
        self.assertEqual(self.lint(), (0, ["harness/a.cpp", "harness/c.cpp"]))
        self.assertEqual(self.lint(), (0, []))

    def test_an_included_header_that_changed_makes_its_includers_read_again(self):
        self.lint()
        self.write("harness/b.h", "int b(int);\n")  # by way of sub/a.h
        self.assertEqual(self.lint(), (0, ["harness/a.cpp"]))

    def test_a_header_that_now_comes_first_makes_its_includers_read_again(self):
        self.lint()
        self.write("harness/sub/b.h", "int b(int);\n")
        self.assertEqual(self.lint(), (0, ["harness/a.cpp"]))

    def test_a_finding_in_a_header_is_told_again_and_again(self):
        self.lint()
        self.write("harness/b.h", "int BAD();\n")
        self.assertEqual(self.lint(), (1, ["harness/a.cpp"]))
        self.assertEqual(self.lint(), (1, ["harness/a.cpp"]))

    def test_configuration_command_and_version_count(self):
        both = (0, ["harness/a.cpp", "harness/c.cpp"])
        self.lint()
        self.write(".clang-tidy", "Checks: '-*'")
        self.assertEqual(self.lint(), both)
        self.say_command("-O2")
        self.assertEqual(self.lint(), both)
        self.write("version", "1.1")
        self.assertEqual(self.lint(), both)
        self.assertEqual(self.lint(), (0, []))

    def test_another_checkout_of_the_same_sources_is_known(self):
        self.lint()
        other = self.root / "elsewhere"
        self.fill(other)
        self.assertEqual(self.lint(other), (0, []))


unittest.main()

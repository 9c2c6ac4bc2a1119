"""The manual, sockspec(1): written from --help when sockspec is built (ci/package/manual.cmake)."""

import re
import shutil
import subprocess
import unittest

from support import help
from support.sockspec import ROOT, SOCKSPEC, Case

VERSION = subprocess.run([SOCKSPEC, "--version"], stdout=subprocess.PIPE, text=True, check=True).stdout.split()[1]


class Manual(Case):
    def setUp(self):
        super().setUp()
        if not shutil.which("cmake"):
            self.skipTest("there is no cmake here")
        self.page = self.folder / "sockspec.1"
        subprocess.run(
            ["cmake", f"-DSOCKSPEC={SOCKSPEC}", f"-DVERSION={VERSION}", f"-DTEMPLATE={ROOT}/ci/package/sockspec.1.in",
             f"-DOUTPUT={self.page}", "-P", f"{ROOT}/ci/package/manual.cmake"], check=True)

    def roff(self, *options):
        if not shutil.which("groff"):
            self.skipTest("there is no groff here (groff-base)")
        return subprocess.run(["groff", "-man", "-k", "-Tutf8", "-ww", "-rLL=100n", "-P-c", "-P-b", "-P-u", *options, self.page],
                              capture_output=True, text=True, check=True)

    def text(self):
        """The page as it is read; what roff has hyphenated is whole again, and minus signs are those of a keyboard."""
        return self.roff().stdout.replace("\u2010\n", "").replace("\u2212", "-")

    def section_of(self, text, command):
        return re.search(rf"^   sockspec {command}\n(.*?)(?=^   sockspec |^\S)", text, re.DOTALL | re.MULTILINE)[1]

    def test_roff_has_nothing_to_complain_about(self):
        self.assertEqual(self.roff("-z").stderr, "")

    def test_every_command_and_every_option_is_explained_in_the_words_of_help(self):
        text = self.text()
        self.assertGreater(len(help.commands()), 8)
        for command in help.commands():
            section = self.section_of(text, command)
            self.assertGreater(len(help.options(command)), 0, command)
            words = "".join(section.split())
            for option, (value, about) in help.options(command).items():
                head = option + (f" {value}" if value else "")
                self.assertRegex(section, rf"(?m)^ +{re.escape(head)}( |$)")
                self.assertIn("".join(about.split()), words, f"{command} {option}")

    def test_examples_keep_their_lines(self):
        text = self.text()
        self.assertRegex(text, r"(?m)^ +sockspec check tcp-uppercase-once --port 12000 -- python3 TCPServer\.py$")
        self.assertRegex(text, r"--threshold 'response\.p99 < 5ms' \\\n +--target 127\.0\.0\.1:7\n")
        self.assertRegex(text, r"sockspec selftest \[--fault PATTERN\] \[--profile NAME\]\n")

    def test_exit_codes_are_those_of_the_readme(self):
        text = self.text()
        for code, meaning in re.findall(r"^\| ([0-9, ]+) \| (.*) \|$", (ROOT / "README.md").read_text(), re.MULTILINE):
            self.assertRegex(" ".join(text.split()), rf"{code} {re.escape(meaning)}")

    def test_it_has_a_name_that_whatis_can_read_and_the_version(self):
        text = self.page.read_text()
        self.assertIn("\n.SH NAME\nsockspec \\- conformance test suite", text)
        self.assertIn(f'"sockspec {VERSION}"', text.splitlines()[0])


if __name__ == "__main__":
    unittest.main()

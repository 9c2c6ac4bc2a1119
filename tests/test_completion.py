"""Completion in bash and zsh: commands, options, and the names that sockspec itself can list."""

import json
import os
import pathlib
import pty
import re
import select
import shlex
import shutil
import signal
import subprocess
import tempfile
import time
import unittest

from support import help
from support.sockspec import ROOT, SOCKSPEC, Case

PACKAGE = ROOT / "ci/package"
# What an option takes where --help does not write it as a|b.
CHOICES = {"--level": {"must", "should", "may"}, "--color": {"auto", "always", "never"}, "--churn": {"fin", "rst"},
           "--arrivals": {"constant", "poisson", "ramp", "steps", "burst", "sine"}, "--pace": {"hybrid", "spin", "sleep"}}


def setUpModule():
    global PLACE
    # The shells find sockspec as users do; what is completed must not come from the folder they are in.
    PLACE = pathlib.Path(tempfile.mkdtemp(prefix="sockspec-completion-"))
    unittest.addModuleCleanup(shutil.rmtree, PLACE, ignore_errors=True)
    (PLACE / "bin").mkdir()
    (PLACE / "bin/sockspec").symlink_to(SOCKSPEC)
    (PLACE / "here/folder").mkdir(parents=True)
    (PLACE / "here/own.json").touch()
    (PLACE / "here/notes.txt").touch()


def environment():
    return {"PATH": f"{PLACE}/bin:/usr/bin:/bin", "HOME": str(PLACE), "ZDOTDIR": str(PLACE), "LC_ALL": "C.UTF-8", "TERM": "dumb"}


class Bash:
    """Calls the completion as bash does when Tab is pressed at the end of a line."""

    # Bash cuts words at "=" too.
    SCRIPT = """
        set -u
        source "$1"
        COMP_WORDS=("${@:2}") COMP_CWORD=$(($# - 2))
        _sockspec "$2" "${!#}" "${COMP_WORDS[COMP_CWORD - 1]}"
        printf '%s\\n' "${COMPREPLY[@]}"
    """

    def complete(self, line):
        words = [part for word in line.split(" ") for part in re.findall(r"=|[^=]+|^$", word)]
        if line.endswith("="):
            words.append("")
        done = subprocess.run(["bash", "--norc", "-c", self.SCRIPT, "bash", PACKAGE / "sockspec.bash", *words],
                              cwd=PLACE / "here", env=environment(), capture_output=True, text=True, timeout=60, check=False)
        # compopt works only in a shell that is really completing.
        errors = [error for error in done.stderr.splitlines() if "compopt" not in error]
        if errors:
            raise AssertionError(f"{line!r}: {errors}")
        return [word for word in done.stdout.splitlines() if word]


class Zsh:
    """An interactive zsh on a terminal of its own, which inserts all matches at once where a user sees a list."""

    SETUP = """
        PS1= PS2=; unsetopt zle_bracketed_paste prompt_cr prompt_sp
        fpath=({package} $fpath); autoload -Uz compinit; compinit -D -u
        zstyle ':completion:*' list false
        zstyle ':completion:*' insert true
        zstyle ':completion:all::::' completer _all_matches _complete
        zle -C all complete-word _generic; bindkey '^Xa' all
        show() {{ print -r -- "<<<$BUFFER>>>"; BUFFER=; zle redisplay }}; zle -N show; bindkey '^Xs' show
        cd {here}; print READY-$((1 + 1))\n"""

    def __init__(self):
        self.pid, self._terminal = pty.fork()
        if self.pid == 0:
            os.execve(shutil.which("zsh"), ["zsh", "-f", "-i"], environment())
        self._output = ""
        self._send(self.SETUP.format(package=shlex.quote(str(PACKAGE)), here=shlex.quote(str(PLACE / "here"))))
        self._read_until(r"READY-2")

    def end(self):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._terminal)

    def _send(self, text):
        os.write(self._terminal, text.encode())

    def _read_until(self, pattern, limit=60):
        end = time.monotonic() + limit
        while not (found := re.search(pattern, self._output, re.DOTALL)):
            if time.monotonic() > end:
                raise AssertionError(f"waited in vain for {pattern}: {self._output!r}")
            if select.select([self._terminal], [], [], 0.1)[0]:
                self._output += os.read(self._terminal, 1 << 16).decode(errors="replace")
        self._output = self._output[found.end():]
        return found

    def complete(self, line):
        self._send(f"{line}\x18a\x18s")
        typed = self._read_until(r"<<<(.*?)>>>")[1]
        stem = line.rpartition(" ")[0] + " "
        if not typed.startswith(stem):
            raise AssertionError(f"{line!r} became {typed!r}")
        # Of "--only=x" the shell shows each match with its option.
        found = [word.rpartition("=")[2] for word in typed[len(stem):].split()]
        return [] if typed == line else found


class Completing:
    """What holds in both shells; `self.shell.complete(line)` gives the words that fit."""

    def fits(self, line):
        return set(self.shell.complete(line))

    def listed(self, *words):
        return {entry["id"] for entry in json.loads(self.run_sockspec("list", *words, "--json").out)}

    def test_commands(self):
        self.assertEqual(self.fits("sockspec "), {*help.commands(), "--help", "--version"})
        self.assertEqual(self.fits("sockspec sel"), {"selftest"})

    def test_no_option_of_any_command_is_missing(self):
        for command in help.commands():
            self.assertEqual(self.fits(f"sockspec {command} -"), {*help.options(command), "--help"}, command)

    def test_a_profile_where_usage_says_so(self):
        profiles = self.listed("profiles")
        asked = [command for command in help.commands() if help.first_operand(command) == "PROFILE"]
        self.assertLessEqual({"check", "load", "serve"}, set(asked))
        for command in asked:
            self.assertLessEqual(profiles, self.fits(f"sockspec {command} "), command)
        self.assertEqual(self.fits("sockspec check udp-e"), {"udp-echo"})

    def test_a_profile_may_be_a_file(self):
        found = {name.rstrip("/") for name in self.fits("sockspec check ")}
        self.assertEqual(found - self.listed("profiles"), {"own.json", "folder"})

    def test_whatever_can_be_shown_or_listed(self):
        everything = self.listed("profiles") | self.listed("scenarios") | self.listed("faults")
        self.assertEqual({name.rstrip("/") for name in self.fits("sockspec show ")}, everything | {"own.json", "folder"})
        self.assertEqual(self.fits("sockspec list "), {"profiles", "scenarios", "faults"})

    def test_scenarios_are_those_of_the_profile(self):
        self.assertEqual(self.fits("sockspec check udp-echo --only "), self.listed("scenarios", "--profile", "udp-echo"))
        self.assertEqual(self.fits("sockspec check --skip "), self.listed("scenarios"))
        self.assertEqual(self.fits("sockspec check tcp-echo --only stream/ba"), {"stream/basic"})

    def test_faults_are_those_of_the_profile(self):
        self.assertEqual(self.fits("sockspec serve udp-echo --fault "), self.listed("faults", "--profile", "udp-echo"))
        self.assertEqual(self.fits("sockspec selftest --fault trim"), {"trims"})

    def test_an_option_with_a_few_values_offers_them_and_help_names_them(self):
        tried = set()
        for command in help.commands():
            for option, (value, about) in help.options(command).items():
                choices = set(value.split("|")) if "|" in value else CHOICES.get(option)
                if not choices or option in tried:
                    continue
                tried.add(option)
                self.assertEqual(self.fits(f"sockspec {command} tcp-echo {option} "), choices, f"{command} {option}")
                self.assertLessEqual(choices, set(re.findall(r"\w+", f"{value} {about}")), f"{command} {option}")
        self.assertLessEqual({"--lang", *CHOICES}, tried)

    def test_a_value_after_an_equals_sign(self):
        self.assertEqual(self.fits("sockspec check tcp-echo --level=s"), {"should"})
        self.assertEqual(self.fits("sockspec check tcp-echo --lang="), {"en", "ko"})

    def test_files_and_folders(self):
        self.assertEqual(self.fits("sockspec check tcp-echo --json no"), {"notes.txt"})
        self.assertEqual({name.rstrip("/") for name in self.fits("sockspec check tcp-echo --snippets ")}, {"folder"})
        self.assertEqual(self.fits("sockspec merge o"), {"own.json"})

    def test_after_two_dashes_comes_the_command_of_a_server(self):
        self.assertIn("bash", self.fits("sockspec check tcp-echo -- bas"))
        self.assertEqual(self.fits("sockspec check tcp-echo -- cat no"), {"notes.txt"})

    def test_nothing_where_nothing_is_known(self):
        self.assertEqual(self.fits("sockspec nosuch x"), set())
        self.assertEqual(self.fits("sockspec check tcp-echo --seed "), set())


class InBash(Completing, Case):
    shell = Bash()

    def test_the_placeholders_of_a_server_command(self):
        self.assertEqual(self.fits("sockspec check tcp-echo -- ./server {p"), {"{port}"})

    def test_it_is_what_bash_calls_for_sockspec(self):
        done = subprocess.run(["bash", "--norc", "-c", f"source {PACKAGE}/sockspec.bash; complete -p sockspec"],
                              stdout=subprocess.PIPE, text=True, check=True)
        self.assertEqual(done.stdout, "complete -F _sockspec sockspec\n")


class InZsh(Completing, Case):
    @classmethod
    def setUpClass(cls):
        if not shutil.which("zsh"):
            raise unittest.SkipTest("there is no zsh here")
        cls.shell = Zsh()
        cls.addClassCleanup(cls.shell.end)

    def setUp(self):
        super().setUp()
        self._kept.add(self.shell.pid)


if __name__ == "__main__":
    unittest.main()

"""What --help says, as data."""

import functools
import re
import subprocess

from support.sockspec import SOCKSPEC


def _help_of(*words):
    return subprocess.run([SOCKSPEC, *words, "--help"], stdout=subprocess.PIPE, text=True, check=True, timeout=60).stdout


@functools.cache
def commands():
    """The names of all commands."""
    listed = re.search(r"^Commands .*?\n(.*?)\n\n", _help_of(), re.DOTALL | re.MULTILINE)[1]
    return re.findall(r"^  (\S+)", listed, re.MULTILINE)


@functools.cache
def options(command):
    """{option: (what it takes or "", what --help says of it)}"""
    text = _help_of(command).partition("\nOptions:\n")[2]
    found = re.findall(r"^  (--?\S+)(?: (\S+))?  +((?:.*\n)(?: {26}.*\n)*)", text, re.MULTILINE)
    return {name: (value, about) for name, value, about in found}


@functools.cache
def first_operand(command):
    """The first word after the command in its usage; "" if that is an option."""
    line = re.search(rf"^  sockspec {command}(.*)", _help_of(command), re.MULTILINE)[1].strip()
    return re.match(r"(?![\[-])\S*|", line)[0]

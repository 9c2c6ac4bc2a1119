"""Can submissions be kept apart on this machine? A sandbox is asked for by making one."""

import pathlib
import subprocess

from support.sockspec import SOCKSPEC

WORDS = pathlib.Path(SOCKSPEC).parent / "sandbox_words_for_test"


def words(*arguments):
    """What sandbox_words_for_test prints: the words of a room or a cell, and what one sees of them."""
    finished = subprocess.run([WORDS, *map(str, arguments)], check=True, capture_output=True, text=True)
    return finished.stdout.splitlines()


def why_no_sandbox():
    """"" where there is one; else what a skipped test says."""
    if not WORDS.exists():
        return f"{WORDS} was not built"
    answer = " ".join(words("probe"))
    return answer and f"no sandbox: {answer}"

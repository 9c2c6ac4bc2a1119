"""What a person reads, word for word: golden/*.txt. SOCKSPEC_UPDATE_GOLDEN=1 writes them anew."""

import json
import os
import re
import unittest

from support.sockspec import PYTHON, SERVERS, TESTS, Case, server

GOLDEN = TESTS / "golden"


def normalized(text):
    """Without what differs from run to run and from machine to machine."""
    text = text.replace(" ".join(PYTHON), "python3").replace(f"{SERVERS}/", "")
    text = re.sub(r" +\d+\.\d ms  ", "      TIME ms  ", text)
    text = re.sub(r"\b\d+ ms\b", "TIME ms", text)
    text = re.sub(r"\b\d+ms\b", "TIMEms", text)
    text = re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:PORT", text)
    # Whether the server was seen to sleep in time, or was asked again, depends on how busy the machine is.
    text = re.sub(r"  (2 of 2 runs failed|2번 중 2번 실패)\n", "", text)
    # Whether the end of the process or of its connections is seen first is chance.
    text = re.sub(r"      TIME ms  -  (the server|서버가) [^\n]*\n", "", text)
    return re.sub(r"(    \|   File \"[^\"]+\", line )\d+", r"\1LINE", text)


class Golden(Case):
    def assert_golden(self, name, text):
        path = GOLDEN / f"{name}.txt"
        if os.environ.get("SOCKSPEC_UPDATE_GOLDEN"):
            path.write_text(normalized(text))
        self.assertEqual(normalized(text), path.read_text(), f"{path.name}; SOCKSPEC_UPDATE_GOLDEN=1 writes it anew")

    def check_both_languages(self, name, profile, *options, command=None):
        options = ("--seed", "1", "--timeout-scale", "1", "--jobs", "1", *options)
        for lang in ("en", "ko"):
            with self.subTest(lang):
                finished = self.check(profile, *options, "--lang", lang, command=command, json=False)
                self.assert_golden(f"{name}.{lang}", finished.out)
                widest = max(finished.out.split("\n\n")[0].splitlines(), key=len)
                self.assertLessEqual(len(widest), 200)

    def test_a_server_that_holds_its_contract(self):
        self.check_both_languages("holds", "tcp-greeting")

    def test_a_newline_too_much(self):
        self.check_both_languages("adds-newline", "tcp-echo", command=server("wrong_tcp.py", "adds-newline", "{port}"))

    def test_a_silent_server(self):
        self.check_both_languages("silent", "tcp-echo", command=server("wrong_tcp.py", "silent", "{port}"))

    def test_a_byte_that_differs(self):
        self.check_both_languages("swapped-case", "tcp-uppercase", "--only", "transform/ascii-exact",
                                  command=server("wrong_tcp.py", "swapped-case", "{port}"))

    def test_a_datagram_that_was_cut(self):
        self.check_both_languages("truncates", "udp-echo", "--only", "datagram/max-size",
                                  command=server("wrong_udp.py", "truncates", "{port}"))

    def test_a_server_that_crashed(self):
        self.check_both_languages("crashed", "tcp-echo", command=server("hostile.py", "dies-at-byte-crashed", "{port}", 3))

    def test_a_server_that_died_with_last_words(self):
        self.check_both_languages("last-words", "udp-echo", "--only", "datagram/empty-datagram",
                                  command=server("wrong_udp.py", "stops-at-an-empty-datagram", "{port}"))

    def test_a_warning(self):
        self.check_both_languages("warning", "tcp-echo", "--only", "close/half-close",
                                  command=server("wrong_tcp.py", "resets-at-half-close", "{port}"))


class FirstLines(Case):
    def test_the_first_line_of_a_failure_is_short(self):
        """At most 100 characters, in both languages, for every scenario of the suite."""
        for entry in json.loads(self.run_sockspec("list", "scenarios", "--json").out):
            for lang, word in (("en", "FAIL"), ("ko", "실패")):
                line = f"{word}  {entry['id']}  {entry['title'][lang]}  [must]"
                self.assertLessEqual(len(line), 100, line)


if __name__ == "__main__":
    unittest.main()

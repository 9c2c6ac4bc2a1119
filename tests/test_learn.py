"""sockspec learn tells every reference server by what it does, and sockspec check says what a failed server does hold."""

import json
import shutil
import socket
import subprocess
import sys
import unittest

from support.schema import problems_of_report
from support.sockspec import ROOT, SOCKSPEC, Case
from test_profiles import PROFILES

EXAMPLES = ROOT / "examples/servers"
FIELDS = ["transport", "framing", "ends", "speaks_first", "concurrency"]
DEFAULTS = {"ends": "client", "speaks_first": False, "concurrency": "concurrent"}


def python_server(*lines):
    """A TCP server in Python; `conn` is a client, and it is served in a thread of its own."""
    body = "\n".join("    " + line for line in lines)
    return [sys.executable, "-S", "-E", "-c", f"""
import socket, sys, threading
def serve(conn):
{body}
    conn.close()
server = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=128)
while True:
    threading.Thread(target=serve, args=(server.accept()[0],), daemon=True).start()
""", "{port}"]


class Learning(Case):
    def learn(self, *options, command=None, **more):
        """The run; its JSON report is read with .learnt, the proposal lies in self.proposal."""
        self.proposal = self.folder / "proposal.json"
        report_file = self.folder / "learnt.json"
        words = ["learn", "-o", self.proposal, "--json", report_file, *options]
        if command is not None:
            words += ["--", *command]
        return self.run_sockspec(*words, report_file=report_file, **more)

    def proposed(self):
        return json.loads(self.proposal.read_text())

    def assert_learnt(self, finished, profile):
        """The proposal says the same as a built-in profile, as far as it can be seen."""
        expected = json.loads((ROOT / "scenarios/profiles" / f"{profile}.json").read_text())
        proposed = self.proposed()
        for field in FIELDS:
            self.assertEqual(proposed.get(field, DEFAULTS.get(field)), expected.get(field, DEFAULTS.get(field)), finished)
        self.assertEqual(proposed["reply"], expected["reply"], finished)
        if expected["reply"]["transform"] == "uppercase":
            self.assertEqual(proposed["encoding"], "utf-8", finished)

    def assert_holds_it(self, finished):
        # On a busy machine a scenario may be inconclusive, which is not this test's business.
        self.assertIn(finished.code, (0, 5), finished)
        self.assertEqual(finished.report["verification"]["failed"], [], finished)


class ReferenceServers(Learning):
    def learn_reference_server(self, profile):
        finished = self.learn(command=[SOCKSPEC, "serve", profile, "--port", "{port}"])
        self.assert_learnt(finished, profile)
        self.assert_holds_it(finished)
        self.assertEqual(finished.report["nearest"]["profile"], profile, finished)
        fields = [finding["field"] for finding in finished.report["findings"]]
        for field in ("transport", "reply", "framing", "encoding", "concurrency"):
            self.assertIn(field, fields)
        self.assertEqual(finished.report["problems"], [])


def _add_tests():
    for profile in PROFILES:
        setattr(ReferenceServers, f"test_{profile.replace('-', '_')}",
                lambda self, profile=profile: self.learn_reference_server(profile))


_add_tests()


class OtherServers(Learning):
    def learn_example(self, *command):
        finished = self.learn(command=[*command, "{port}"])
        self.assert_learnt(finished, "tcp-echo")
        self.assert_holds_it(finished)
        self.assertIn("This is the built-in profile tcp-echo.", finished.out)

    def needed(self, program):
        found = shutil.which(program)
        if not found:
            self.skipTest(f"there is no {program} here")
        return found

    def test_the_example_in_python(self):
        self.learn_example(sys.executable, str(EXAMPLES / "echo.py"))

    def test_the_example_in_c(self):
        subprocess.run([self.needed("cc"), "-pthread", "-o", self.folder / "echo", EXAMPLES / "echo.c"], check=True)
        self.learn_example(str(self.folder / "echo"))

    def test_the_example_in_java(self):
        self.learn_example(self.needed("java"), str(EXAMPLES / "Echo.java"))

    def test_the_example_in_javascript(self):
        self.learn_example(self.needed("node"), str(EXAMPLES / "echo.js"))

    def test_seed_001_corrected_ends_at_its_message(self):
        finished = self.learn(command=[sys.executable, str(ROOT / "examples/seeds/corrected/001_echo_end.py"), "{port}"])
        self.assert_learnt(finished, "tcp-echo-end")
        self.assert_holds_it(finished)

    def test_seed_003_corrected_greets(self):
        finished = self.learn(command=[sys.executable, str(ROOT / "examples/seeds/corrected/003_tcp_greeting.py"), "{port}"])
        self.assertEqual(self.proposed()["reply"], {"transform": "text", "text": "Hello, TCP Client!"}, finished)
        self.assert_holds_it(finished)

    def test_seed_004_corrected_tells_its_limits(self):
        finished = self.learn(command=[sys.executable, str(ROOT / "examples/seeds/corrected/004_tcp_uppercase_once.py"), "{port}"])
        self.assert_learnt(finished, "tcp-uppercase-once")
        self.assertEqual(self.proposed()["max_message"], 1024, finished)
        self.assert_holds_it(finished)

    def test_seed_004_over_udp(self):
        finished = self.learn(command=[sys.executable, str(ROOT / "examples/seeds/corrected/004_udp_uppercase.py"), "{port}"])
        self.assert_learnt(finished, "udp-uppercase")
        self.assert_holds_it(finished)

    def test_a_fixed_port_and_a_server_that_text_kills(self):
        self.need_port(12000)
        finished = self.learn("--port", "12000", command=[sys.executable, str(ROOT / "examples/seeds/004_tcp_uppercase_once.py")])
        self.assertEqual(finished.code, 1, finished)
        self.assert_learnt(finished, "tcp-uppercase-once")
        self.assertIn("The server does not hold the proposal", finished.out)
        self.assertIn("close/abort-idle", finished.report["verification"]["failed"])

    def test_one_client_at_a_time(self):
        finished = self.learn(command=[SOCKSPEC, "serve", "tcp-echo", "--fault", "one-client-at-a-time", "--port", "{port}"])
        self.assertEqual(self.proposed()["concurrency"], "sequential", finished)
        self.assertIn("a second client was served only when the first had gone", finished.out)

    def test_a_server_that_runs_already(self):
        _, port = self.serve("tcp-uppercase-line")
        finished = self.learn("--target", f"127.0.0.1:{port}")
        self.assert_learnt(finished, "tcp-uppercase-line")

    def test_a_udp_server_that_runs_already(self):
        _, port = self.serve("udp-greeting")
        self.assert_learnt(self.learn("--target", f"127.0.0.1:{port}", "--transport", "udp"), "udp-greeting")


class WhatIsWritten(Learning):
    COMMAND = [SOCKSPEC, "serve", "udp-greeting", "--port", "{port}"]

    def test_the_proposal_goes_to_standard_output_and_the_rest_does_not(self):
        finished = self.run_sockspec("learn", "--name", "greeter", "--", *self.COMMAND)
        self.assertEqual(json.loads(finished.out)["profile"], "greeter", finished)
        self.assertIn("  framing      datagram    one datagram came back for one\n", finished.err)

    def test_check_takes_the_proposal(self):
        self.learn(command=self.COMMAND)
        finished = self.check(self.proposal, command=self.COMMAND)
        self.assertEqual(finished.code, 0, finished)
        self.assertEqual(problems_of_report(finished.report), [])

    def test_korean(self):
        finished = self.learn("--lang", "ko", command=self.COMMAND)
        self.assertIn("데이터그램을 받습니다(UDP)", finished.out)
        self.assertIn("내장 프로파일 udp-greeting 와(과) 같습니다.", finished.out)

    def test_json_alone_on_standard_output(self):
        finished = self.run_sockspec("learn", "--json", "-", "--", *self.COMMAND)
        report = json.loads(finished.out)
        self.assertEqual((report["schema"], report["profile"]["reply"]["text"]), ("sockspec/learn/1", "Hello, UDP Client!"))

    def test_help_teaches(self):
        finished = self.run_sockspec("learn", "--help")
        self.assertEqual(finished.code, 0)
        self.assertIn("sockspec learn -o homework.json -- python3 solution.py {port}", finished.out)
        self.assertIn("  -o FILE ", finished.out)


class Refusing(Learning):
    def assert_no_profile(self, finished, problem, words):
        self.assertEqual(finished.code, 1, finished)
        self.assertEqual([entry["id"] for entry in finished.report["problems"]], [problem], finished)
        self.assertIn(f"No profile can be proposed: {words}", finished.out)
        self.assertFalse(self.proposal.exists())

    def test_a_prefix(self):
        finished = self.learn(command=[SOCKSPEC, "serve", "tcp-echo", "--fault", "adds-prefix", "--port", "{port}"])
        self.assert_no_profile(finished, "learn.problem-prefix", '"Hello, wörld" came back as "Echo: Hello, wörld", with "Echo: " before it')

    def test_silence(self):
        finished = self.learn(command=python_server("threading.Event().wait(60)"))
        self.assert_no_profile(finished, "learn.problem-silent", '"Hello, wörld" was not answered')

    def test_nonsense(self):
        finished = self.learn(command=python_server("while data := conn.recv(4096): conn.sendall(data[::-1])"))
        self.assert_no_profile(finished, "learn.problem-nonsense", '"Hello, wörld" came back as ')

    def test_a_server_that_closes_without_a_word(self):
        finished = self.learn(command=python_server("conn.recv(4096)"))
        self.assert_no_profile(finished, "learn.problem-closed", "it closed the connection (FIN) without an answer")

    def test_a_server_that_ends_with_its_first_client(self):
        finished = self.learn(command=[SOCKSPEC, "serve", "tcp-greeting", "--fault", "exits-after-first-client", "--port", "{port}"])
        self.assert_no_profile(finished, "learn.problem-exited", "the server exited with code 0")

    def test_a_server_that_does_not_start(self):
        finished = self.learn(command=[sys.executable, "-c", "raise SystemExit('no luck')", "{port}"])
        self.assertEqual(finished.code, 3, finished)
        self.assertIn("the server exited with code 1 before it listened", finished.err)

    def test_nobody_listens(self):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
        finished = self.learn("--target", f"127.0.0.1:{port}")
        self.assertEqual(finished.code, 3, finished)
        self.assertIn(f"nobody listens on 127.0.0.1:{port} (TCP)", finished.err)

    def test_two_sockets_are_unclear(self):
        finished = self.learn(command=[sys.executable, "-c", """
import socket, sys, time
udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
udp.bind(("127.0.0.1", int(sys.argv[1])))
tcp = socket.create_server(("127.0.0.1", int(sys.argv[1])))
time.sleep(60)
""", "{port}"])
        self.assertEqual(finished.code, 2, finished)
        self.assertIn("say which one is meant: --transport tcp or --transport udp", finished.err)

    def test_a_server_has_to_be_named(self):
        self.assert_refused(self.run_sockspec("learn"), 2,
                            "name the server: -- COMMAND {port}, or --target HOST:PORT (--help shows how)")

    def test_a_transport_that_there_is_not(self):
        self.assert_refused(self.run_sockspec("learn", "--transport", "sctp", "--", "x", "{port}"), 2,
                            '--transport "sctp": write tcp or udp')


class HoldsInstead(Case):
    def checked(self, profile, fault=None, command=None):
        return self.check(profile, command=command or [SOCKSPEC, "serve", profile, "--fault", fault, "--port", "{port}"])

    def assert_holds_instead(self, finished, message, words, **fields):
        self.assertEqual(finished.code, 1, finished)
        self.assertEqual(problems_of_report(finished.report), [])
        instead = finished.report["holds_instead"]
        self.assertEqual(instead["what"]["id"], message)
        for field, value in fields.items():
            self.assertEqual(instead["profile"][field], value)
        self.assertEqual(finished.out.count(instead["what"]["text"]), 1, finished)
        self.assertIn(words, instead["what"]["text"])

    def assert_says_nothing(self, finished):
        self.assertNotIn("holds_instead", finished.report, finished)
        self.assertNotIn("The server does hold a contract", finished.out)

    def test_line_only_is_told_to_work_by_lines(self):
        finished = self.checked("tcp-echo", "line-only")
        self.assert_holds_instead(finished, "instead.lines", "it answers by lines", framing="line", ends="client")

    def test_one_client_at_a_time_is_told_as_sequential(self):
        finished = self.checked("tcp-echo", "one-client-at-a-time")
        self.assert_holds_instead(finished, "instead.sequential", "it serves one client at a time", concurrency="sequential")

    def test_one_shot_is_told_to_close_after_each_reply(self):
        finished = self.checked("tcp-uppercase", "one-shot")
        self.assert_holds_instead(finished, "instead.closes", "it closes the connection after each reply", ends="after-reply")

    def test_a_prefix_is_told_in_words(self):
        finished = self.checked("tcp-echo", "adds-prefix")
        self.assert_holds_instead(finished, "instead.prefix", 'The server puts "Echo: " before every reply')
        self.assertNotIn("profile", finished.report["holds_instead"])

    def test_a_suffix_is_told_in_words(self):
        finished = self.checked("tcp-echo", "adds-nul")
        self.assert_holds_instead(finished, "instead.suffix", r'The server puts "\0" after every reply')

    def test_a_correct_server_gets_no_such_sentence(self):
        finished = self.check("tcp-echo", command=[sys.executable, str(ROOT / "examples/servers/echo.py"), "{port}"])
        self.assertIn(finished.code, (0, 5), finished)
        self.assert_says_nothing(finished)

    def test_servers_that_are_wrong_in_another_way_get_none(self):
        for profile, fault in (("tcp-echo", "silent"), ("tcp-echo", "trims"), ("tcp-uppercase", "swaps-case"),
                               ("tcp-echo", "shared-connection"), ("udp-echo", "udp-pads")):
            with self.subTest(fault=fault):
                finished = self.checked(profile, fault)
                self.assertEqual(finished.code, 1, finished)
                self.assert_says_nothing(finished)

    def test_part_of_the_suite_says_too_little(self):
        finished = self.check("tcp-echo", "--only", "stream/no-newline",
                              command=[SOCKSPEC, "serve", "tcp-echo", "--fault", "line-only", "--port", "{port}"])
        self.assertEqual(finished.code, 1, finished)
        self.assert_says_nothing(finished)


if __name__ == "__main__":
    unittest.main()

"""Bad input gets one line that says what is wrong, where, and what would be right; a server that does not
start is told as such, soon."""

import json
import os
import re
import socket
import unittest

from support.schema import problems_of_report
from support.sockspec import SOCKSPEC, Case, server

SCENARIO = {
    "id": "own/hello",
    "version": 1,
    "title": {"en": "Hello", "ko": "안녕"},
    "level": "must",
    "requires": {"transport": "tcp"},
    "steps": [{"peer": "a", "connect": {}}, {"peer": "a", "exchange": {"text": "hello\n"}}],
}
PROFILE = {"profile": "own", "transport": "tcp", "reply": {"transform": "identity"}, "framing": "stream"}
SEE_ALL = "(sockspec list scenarios shows all)"


class Usage(Case):
    def refused(self, message, *words, code=2, **more):
        self.assert_refused(self.run_sockspec(*words, **more), code, message)


class Options(Usage):
    def test_no_command_shows_what_there_is(self):
        finished = self.run_sockspec()
        self.assertEqual((finished.code, finished.out), (2, ""))
        self.assertIn("sockspec check tcp-echo -- python3 my_server.py {port}", finished.err)

    def test_unknown_command(self):
        self.refused('there is no command "chek"; did you mean "check"? (sockspec --help shows all)', "chek")

    def test_no_profile(self):
        self.refused("PROFILE is missing (--help shows how)", "check")

    def test_one_word_too_many(self):
        self.refused('"python3" is one word too many after PROFILE; the command of a server comes after "--" '
                     "(--help shows how)", "check", "tcp-echo", "python3")

    def test_unknown_option(self):
        self.refused('there is no option "--repaet"; did you mean "--repeat"? (--help shows all)',
                     "check", "tcp-echo", "--repaet", "5")

    def test_unknown_short_option(self):
        self.refused('there is no option "-x" (--help shows all)', "check", "tcp-echo", "-x")

    def test_option_without_its_value(self):
        self.refused("--only needs a value: --only PATTERN (--help shows how)", "check", "tcp-echo", "--only")

    def test_option_in_place_of_a_value(self):
        self.refused("--only needs a value: --only PATTERN (--help shows how)", "check", "tcp-echo", "--only", "--quiet")

    def test_value_for_an_option_that_takes_none(self):
        self.refused("--strict takes no value (--help shows how)", "check", "tcp-echo", "--strict=yes")

    def test_option_given_twice(self):
        self.refused("--seed stands 2 times; give it once", "check", "tcp-echo", "--seed", "1", "--seed", "2")

    def test_set_without_a_value(self):
        self.refused('--set "reply.text": write NAME=VALUE, such as reply.text="Hello!"',
                     "check", "tcp-greeting", "--set", "reply.text")

    def test_set_of_an_unknown_field(self):
        self.refused('tcp-greeting with --set: /reply: the field "txt" is not known here; did you mean "text"? '
                     "(known: transform, case, text, at_most)", "check", "tcp-greeting", "--set", "reply.txt=Hi")

    def test_set_to_an_unknown_word(self):
        self.refused('tcp-echo with --set: /reply/transform: "upercase" is not known here; did you mean "uppercase"? '
                     "(one of: identity, uppercase, text, none, date, any-text, chargen)",
                     "check", "tcp-echo", "--set", "reply.transform=upercase")

    def test_set_out_of_range(self):
        self.refused("tcp-echo-line with --set: /max_message: 0 is out of range; write 1 to 16777216",
                     "check", "tcp-echo-line", "--set", "max_message=0")

    def test_level(self):
        self.refused('--level "musst": write must, should or may', "check", "tcp-echo", "--level", "musst")

    def test_shard(self):
        for shard in ("3/2", "0/2", "2", "1/", "a/b", "-1/2", "1/2/3"):
            with self.subTest(shard):
                self.refused(f'--shard "{shard}": write I/N with I from 1 to N, such as 2/4',
                             "check", "tcp-echo", f"--shard={shard}")

    def test_numbers(self):
        for option, value, right in (
                ("repeat", "0", "a whole number from 1 to 1000000"),
                ("repeat", "twice", "a whole number from 1 to 1000000"),
                ("seed", "-1", "a whole number from 0 to 9223372036854775807"),
                ("seed", "1.5", "a whole number from 0 to 9223372036854775807"),
                ("seed", "9223372036854775808", "a whole number from 0 to 9223372036854775807"),
                ("jobs", "0", "a whole number from 1 to 64"),
                ("jobs", "65", "a whole number from 1 to 64"),
                ("timeout-scale", "0", "a number from 0.1 to 1000"),
                ("timeout-scale", "nan", "a number from 0.1 to 1000"),
                ("timeout-scale", "slow", "a number from 0.1 to 1000")):
            with self.subTest(option=option, value=value):
                self.refused(f'--{option} "{value}": write {right}', "check", "tcp-echo", f"--{option}={value}")

    def test_duration_without_a_unit(self):
        self.refused('--start-limit: "5" has no unit; write "5ms" or "5s"', "check", "tcp-echo", "--start-limit", "5")

    def test_duration_with_an_unknown_unit(self):
        self.refused('--start-limit: "5min" has an unknown unit "min"; use us, ms, s or m',
                     "check", "tcp-echo", "--start-limit", "5min")

    def test_language(self):
        self.refused('--lang "fr": write en or ko', "check", "tcp-echo", "--lang", "fr")

    def test_color(self):
        self.refused('--color "blue": write auto, always or never', "check", "tcp-echo", "--color", "blue")

    def test_target_without_a_port(self):
        self.refused('--target "localhost" is not HOST:PORT; write 127.0.0.1:7, localhost:7 or [::1]:7',
                     "check", "tcp-echo", "--target", "localhost")

    def test_target_with_a_wrong_port(self):
        for port in ("0", "70000", "echo"):
            with self.subTest(port):
                self.refused(f'--target "localhost:{port}": "{port}" is not a port; write a number from 1 to 65535',
                             "check", "tcp-echo", "--target", f"localhost:{port}")

    def test_target_and_command(self):
        self.refused('give either --target HOST:PORT or a command after "--", not both',
                     "check", "tcp-echo", "--target", "127.0.0.1:7", "--", "cat", "{port}")

    def test_target_and_port(self):
        self.refused("--port is for a server that sockspec starts; it does not go with --target",
                     "check", "tcp-echo", "--target", "127.0.0.1:7", "--port", "7")

    def test_port(self):
        for port in ("0", "65536", "echo"):
            with self.subTest(port):
                self.refused(f'--port "{port}" is not a port; write a number from 1 to 65535',
                             "check", "tcp-echo", "--port", port)

    def test_no_command_after_the_dashes(self):
        self.refused('nothing stands after "--"; write the command of the server, such as -- python3 server.py {port}',
                     "check", "tcp-echo", "--")

    def test_command_without_port(self):
        self.refused("the command has no {port}: write {port} where the server takes its port, or give --port N if the port "
                     "is fixed in its code (if it reads the variable PORT: -- env PORT={port} ./server …)",
                     "check", "tcp-echo", "--", "./server", "7000")

    def test_list_of_something_else(self):
        self.refused('"scenarois" cannot be listed; did you mean "scenarios"? (one of: profiles, scenarios, faults)',
                     "list", "scenarois")

    def test_show_of_something_else(self):
        self.refused('there is no profile, scenario or fault "close/half-clos"; did you mean "close/half-close"? '
                     "(sockspec list profiles, list scenarios, list faults)", "show", "close/half-clos")

    def test_serve_takes_no_command(self):
        self.refused('serve takes no "--": it runs our own servers', "serve", "tcp-echo", "--", "./server")


class Selection(Usage):
    def test_pattern_that_matches_nothing_names_the_nearest(self):
        self.refused('--only "close/half-clsoe" matches no scenario of profile tcp-echo; did you mean "close/half-close"? '
                     + SEE_ALL, "check", "tcp-echo", "--only", "close/half-clsoe")

    def test_pattern_without_its_topic_names_the_nearest(self):
        self.refused('--only "byte-split" matches no scenario of profile tcp-echo; did you mean "stream/byte-split"? '
                     + SEE_ALL, "check", "tcp-echo", "--only", "byte-split")

    def test_pattern_like_nothing_names_none(self):
        self.refused(f'--skip "datagram/*" matches no scenario of profile tcp-echo {SEE_ALL}',
                     "check", "tcp-echo", "--skip", "datagram/*")

    def test_nothing_is_left(self):
        self.refused("nothing is selected: no scenario of profile tcp-echo is left after --only, --skip, --level and --shard",
                     "check", "tcp-echo", "--only", "close/half-close", "--skip", "close/*")

    def test_empty_shard(self):
        self.refused("nothing is selected: no scenario of profile tcp-echo is left after --only, --skip, --level and --shard",
                     "check", "tcp-echo", "--shard", "999/1000")


class Files(Usage):
    def profile(self, text):
        self.write("profile.json", text)
        return ("check", "profile.json", "--", "cat", "{port}")

    def scenario(self, **changes):
        self.write("suite/own/hello.json", json.dumps({**SCENARIO, **changes}))
        return ("check", "tcp-echo", "--scenarios", "suite")

    def refused(self, message, *words, **more):
        super().refused(message, *words, cwd=self.folder, **more)

    def test_unknown_profile(self):
        self.refused('there is no profile "tcp-eco"; did you mean "tcp-echo"? (sockspec list profiles shows all; a file is '
                     "named with its path or .json)", "check", "tcp-eco")

    def test_missing_profile_file(self):
        self.refused("none.json: cannot be read: No such file or directory", "check", "none.json")

    def test_folder_in_place_of_a_profile_file(self):
        self.refused("./: this is a folder; name a file", "check", "./")

    def test_unreadable_profile_file(self):
        if os.geteuid() == 0:
            self.refused("/proc/self/mem: cannot be read: Input/output error", "check", "/proc/self/mem")
            return
        self.write("secret.json", "{}").chmod(0)
        self.refused("secret.json: cannot be read: Permission denied", "check", "./secret.json")

    def test_broken_profile(self):
        self.refused("profile.json:3:17: this is not JSON: syntax error while parsing value - invalid literal; last read: "
                     "'\"transport\": tc'", *self.profile('{\n  "profile": "own",\n  "transport": tcp\n}\n'))

    def test_empty_profile(self):
        self.refused("profile.json:1:1: this is not JSON: syntax error while parsing value - unexpected end of input; expected "
                     "'[', '{', or a literal", *self.profile(""))

    def test_profile_with_a_field_twice(self):
        self.refused("profile.json: /transport: stands twice in one object; remove one",
                     *self.profile('{"transport": "tcp", "transport": "udp"}'))

    def test_profile_without_a_field(self):
        self.refused('profile.json: /: the field "framing" is missing',
                     *self.profile(json.dumps({key: PROFILE[key] for key in ("profile", "transport", "reply")})))

    def test_profile_with_an_unknown_field(self):
        self.refused('profile.json: /: the field "framming" is not known here; did you mean "framing"? (known: $schema, '
                     "profile, title, source, transport, port, reply, framing, ends, speaks_first, encoding, max_message, "
                     "concurrency, levels, exclude)", *self.profile(json.dumps({**PROFILE, "framming": "line"})))

    def test_profile_with_an_unknown_word(self):
        self.refused('profile.json: /framing: "lines" is not known here; did you mean "line"? (one of: stream, first-read, '
                     "datagram, line)", *self.profile(json.dumps({**PROFILE, "framing": "lines"})))

    def test_profile_with_another_kind_of_value(self):
        self.refused("profile.json: /speaks_first: this is a text; write true or false",
                     *self.profile(json.dumps({**PROFILE, "speaks_first": "yes"})))

    def test_profile_that_names_an_unknown_scenario(self):
        self.refused('profile own: /exclude: there is no scenario "close/half-cloes"; did you mean "close/half-close"?',
                     *self.profile(json.dumps({**PROFILE, "exclude": {"close/half-cloes": "why not"}})))

    def test_profile_that_excludes_for_no_reason(self):
        self.refused("profile.json: /exclude/close~1half-close: needs a reason; write why it is left out",
                     *self.profile(json.dumps({**PROFILE, "exclude": {"close/half-close": ""}})))

    def test_own_scenario_that_is_right_runs(self):
        finished = self.run_sockspec(*self.scenario(), cwd=self.folder)
        self.assertEqual(finished.code, 0, finished)
        self.assertIn("pass  own/hello", finished.out)

    def test_missing_scenario_folder(self):
        self.refused("nowhere: is not a folder; --scenarios names one with <topic>/<scenario>.json in it",
                     "check", "tcp-echo", "--scenarios", "nowhere")

    def test_scenario_folder_without_scenarios(self):
        self.refused(".: holds no scenario; they are files <topic>/<scenario>.json", "check", "tcp-echo", "--scenarios", ".")

    def test_broken_scenario(self):
        self.write("suite/own/hello.json", '{ "id": "own/hello",\n  "steps": [\n    { "peer": "a" "connect": {} }\n  ]\n}\n')
        finished = self.run_sockspec("check", "tcp-echo", "--scenarios", "suite", cwd=self.folder)
        self.assertEqual(finished.code, 2)
        self.assertRegex(finished.err, r"^sockspec: suite/own/hello\.json:3:2\d: this is not JSON: syntax error while parsing "
                                       r"object - unexpected string literal; .*\n$")

    def test_scenario_with_an_unknown_step(self):
        words = self.scenario(steps=[{"peer": "a", "conect": {}}])
        finished = self.run_sockspec(*words, cwd=self.folder)
        self.assertEqual(finished.code, 2)
        self.assertRegex(finished.err, r'^sockspec: suite/own/hello\.json: /steps/0: .*"conect".*; did you mean "connect"\?.*\n$')

    def test_scenario_with_an_unknown_field(self):
        finished = self.run_sockspec(*self.scenario(lvl="must"), cwd=self.folder)
        self.assertEqual(finished.code, 2)
        self.assertRegex(finished.err, r'^sockspec: suite/own/hello\.json: /: the field "lvl" is not known here; did you mean '
                                       r'"level"\? \(known: .*\)\n$')

    def test_scenario_with_a_duration_without_a_unit(self):
        words = self.scenario(steps=[{"peer": "a", "connect": {}}, {"peer": "a", "quiet": "80"}])
        self.refused('suite/own/hello.json: /steps/1/quiet: "80" has no unit; write "80ms" or "80s"', *words)

    def test_scenario_with_a_number_for_a_duration(self):
        words = self.scenario(steps=[{"peer": "a", "connect": {}}, {"peer": "a", "quiet": 80}])
        finished = self.run_sockspec(*words, cwd=self.folder)
        self.assertEqual(finished.code, 2)
        self.assertRegex(finished.err, r'^sockspec: suite/own/hello\.json: /steps/1/quiet: .*"80ms".*\n$')

    def test_scenario_in_the_wrong_file(self):
        finished = self.run_sockspec(*self.scenario(id="own/goodbye"), cwd=self.folder)
        self.assertEqual(finished.code, 2)
        self.assertRegex(finished.err, r'^sockspec: suite/own/hello\.json: .*own/goodbye.*own/hello.*\n$')


class Reports(Case):
    def test_report_that_cannot_be_written_does_not_hide_the_verdict(self):
        finished = self.run_sockspec("check", "tcp-echo", "--only", "stream/basic", "--quiet", "--json", "/nowhere/report.json")
        self.assertEqual(finished.code, 4)
        self.assertEqual(finished.out, "The server holds its contract: 1 of 1 scenario passed.\n")
        self.assertEqual(finished.err, "sockspec: /nowhere/report.json: the report could not be written: No such file or "
                                       "directory\n")

    def test_folder_in_place_of_a_report(self):
        finished = self.run_sockspec("check", "tcp-echo", "--only", "stream/basic", "--quiet", "--json", self.folder)
        self.assertEqual(finished.code, 4)
        self.assertEqual(finished.err,
                         f"sockspec: {self.folder}: the report could not be written: it is a folder; name a file\n")

    def test_full_disk(self):
        if not os.path.exists("/dev/full"):
            self.skipTest("no /dev/full here")
        finished = self.run_sockspec("check", "tcp-echo", "--only", "stream/basic", "--quiet", "--json", "/dev/full")
        self.assertEqual(finished.code, 4)
        self.assertEqual(finished.err, "sockspec: /dev/full: the report could not be written: No space left on device\n")

    def test_a_failed_write_leaves_no_file_behind(self):
        self.run_sockspec("check", "tcp-echo", "--only", "stream/basic", "--quiet", "--json", self.folder / "none" / "r.json")
        self.assertEqual(list(self.folder.iterdir()), [])


class Start(Case):
    """Why there is no server to talk to: exit code 3, soon."""

    SOON = 5  # seconds; the contract says one, on a machine that has nothing else to do

    def not_started(self, message, *words, profile="tcp-echo", time_limit=SOON):
        finished = self.check(profile, *words)
        self.assertEqual((finished.code, finished.out), (3, ""), finished)
        self.assertRegex(finished.err, f"^sockspec: {message}\n$")
        self.assertLess(finished.seconds, time_limit)
        self.assertEqual(problems_of_report(finished.report), [])
        self.assertEqual(finished.report["exit_code"], 3)
        # Of a server that runs already, what cannot be judged is skipped, reachable or not.
        self.assertEqual(set(finished.outcomes.values()) - {"skipped"}, {"not-run"})
        return finished

    def stubborn(self, message, kind, *options, **more):
        return self.not_started(message, *options, "--", *server("stubborn.py", kind, "{port}"), **more)

    def check(self, profile, *words):
        # The report's option has to stand before the command.
        report_file = self.folder / "report.json"
        return self.run_sockspec("check", profile, "--json", report_file, *words, report_file=report_file)

    def test_no_such_program(self):
        self.not_started(re.escape('the server could not be started: "./no-such-server": there is no such program; check the '
                                   "name and the path"), "--", "./no-such-server", "{port}")

    def test_not_a_program(self):
        self.not_started(re.escape(f'the server could not be started: "{self.folder}": permission denied'),
                         "--", self.folder, "{port}")

    def test_exits_at_once(self):
        self.stubborn(r"the server exited with code 7 before it listened on port \d+; it printed nothing", "exits-silently")

    def test_the_reason_is_in_the_language_of_the_run(self):
        finished = self.stubborn(r"서버가 포트 \d+에서 듣기 전에 코드 7\(으\)로 종료했습니다\. 아무것도 출력하지 않았습니다",
                                 "exits-silently", "--lang", "ko")
        invalid = finished.report["invalid"]
        self.assertEqual((invalid["id"], invalid["params"]["code"]), ("start.exited", "7"))
        self.assertEqual(finished.err, f"sockspec: {invalid['text']}\n")

    def test_exits_with_last_words(self):
        self.stubborn(r"the server exited with code 1 before it listened on port \d+; its last words:\n"
                      r"reading the settings \.\.\.\nno settings found, I give up", "exits-with-last-words")

    def test_killed_at_once(self):
        self.stubborn(r"the server was killed by signal 11 before it listened on port \d+; it printed nothing", "killed")

    def test_reads_the_keyboard(self):
        self.stubborn(r"the server exited with code 1 before it listened on port \d+; its last words:\n(.*\n)*"
                      r"EOFError: EOF when reading a line", "keyboard")

    def test_never_listens(self):
        self.stubborn(r"the server runs, but does not listen on TCP port \d+ after 1 s; does it take the port from \{port\}\? "
                      r"\(--start-limit gives it more time\); its last words:\nthinking \.\.\.",
                      "never-listens", "--start-limit", "1s")

    def test_binds_a_datagram_socket_where_connections_are_awaited(self):
        self.stubborn(r"the server runs, but does not listen on TCP port \d+ after 1 s; .*\nthinking \.\.\.",
                      "datagrams-instead", "--start-limit", "1s")

    def test_listens_where_datagrams_are_awaited(self):
        self.stubborn(r"the server runs, but has bound no UDP socket to port \d+ after 1 s; .*", "as-asked",
                      "--start-limit", "1s", profile="udp-echo")

    def test_listens_on_another_port(self):
        finished = self.stubborn(r"the server listens on port \d+, I asked for \d+; if the port is fixed in the code, give "
                                 r"--port \d+", "listens-elsewhere")
        heard, asked, advised = map(int, re.findall(r"\d{3,}", finished.err))
        self.assertEqual((heard, advised), (asked + 1, asked + 1))

    def test_listens_on_the_byte_swapped_port(self):
        finished = self.stubborn(r"the server listens on port \d+, I asked for \d+; the two bytes of the port are swapped: use "
                                 r"htons\(port\)", "swaps-the-bytes")
        heard, asked = map(int, re.findall(r"\d{2,}", finished.err))
        self.assertEqual(heard, socket.htons(asked))

    def test_port_in_use(self):
        _, port = self.serve("tcp-echo")
        finished = self.run_sockspec("check", "tcp-echo", "--port", port, "--", "cat")
        self.assertEqual(finished.code, 3)
        self.assertRegex(finished.err, rf"^sockspec: port {port} is in use by sockspec \(pid \d+\); end that program, or give "
                                       r"another --port\n$")

    def test_port_in_use_for_datagrams_only_does_not_matter_to_tcp(self):
        _, port = self.serve("udp-echo")
        finished = self.run_sockspec("check", "tcp-echo", "--port", port, "--only", "stream/basic")
        self.assertEqual(finished.code, 0, finished)

    def test_dead_port(self):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
        self.not_started(f"nobody listens on 127\\.0\\.0\\.1:{port}; is the server running, and is that its port\\?",
                         "--target", f"127.0.0.1:{port}")

    def test_dead_port_for_datagrams(self):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as bound:
            bound.bind(("127.0.0.1", 0))
            port = bound.getsockname()[1]
        self.not_started(f"nobody listens on 127\\.0\\.0\\.1:{port}; is the server running, and is that its port\\?",
                         "--target", f"127.0.0.1:{port}", profile="udp-echo")

    def test_unknown_name(self):
        finished = self.run_sockspec("check", "tcp-echo", "--target", "no-such-host.invalid:7")
        self.assertEqual(finished.code, 3)
        self.assertRegex(finished.err, r'^sockspec: the name "no-such-host\.invalid" cannot be resolved: .+\n$')

    def test_serve_on_a_port_in_use(self):
        _, port = self.serve("tcp-echo")
        finished = self.run_sockspec("serve", "tcp-echo", "--port", port)
        self.assertEqual((finished.code, finished.out), (3, ""))
        self.assertRegex(finished.err, rf"^sockspec serve: cannot listen on 127\.0\.0\.1:{port}: address already in use.*\n$")

    def test_serve_on_an_address_of_another_machine(self):
        finished = self.run_sockspec("serve", "tcp-echo", "--host", "192.0.2.1")
        self.assertEqual((finished.code, finished.out), (3, ""))
        self.assertRegex(finished.err, r"^sockspec serve: cannot listen on 192\.0\.2\.1:0: .*\n$")


if __name__ == "__main__":
    unittest.main()

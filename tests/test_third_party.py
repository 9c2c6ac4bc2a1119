"""Servers that nobody here wrote. Their verdicts and the reasons stand in third_party.md."""

import os
import pathlib
import socket
import unittest

from support.sockspec import ROOT, SERVERS, Case

THIRD_PARTY = pathlib.Path(os.environ.get("SOCKSPEC_THIRD_PARTY", ROOT / "build/third-party/root")).resolve()
TEMPLATES = SERVERS / "third_party"


class ThirdParty(Case):
    def program(self, name):
        path = THIRD_PARTY / name
        if not path.exists():
            self.skipTest(f"{path} is not there; ci/third-party-servers.sh brings it")
        return str(path)

    def assert_fails_at_least(self, finished, failed, passed):
        """For servers whose other failures depend on chance."""
        self.assertEqual(finished.code, 1, finished)
        for scenario in failed:
            self.assertEqual(finished.outcomes[scenario], "fail", finished)
        for scenario in passed:
            self.assertEqual(finished.outcomes[scenario], "pass", finished)

    def from_template(self, template, values, command):
        """A command that fills in the template for the port that it is given."""
        text = (TEMPLATES / template).read_text()
        for name, value in values.items():
            text = text.replace(name, value)
        filled = self.write(template, text)
        return [str(TEMPLATES / "run.sh"), str(filled), str(self.folder), "{port}", *command]


class Socat(ThirdParty):
    LISTEN = "TCP-LISTEN:{port},bind=127.0.0.1,reuseaddr,backlog=128"

    def test_a_cat_per_client_holds_tcp_echo(self):
        command = [self.program("usr/bin/socat"), self.LISTEN + ",fork", "EXEC:cat"]
        self.assert_holds(self.check("tcp-echo", "--strict", command=command))

    def test_without_fork_it_serves_one_client_only(self):
        command = [self.program("usr/bin/socat"), self.LISTEN, "EXEC:cat"]
        finished = self.check("tcp-echo", "--only", "session/next-client-served", command=command)
        self.assert_fails(finished, ["session/next-client-served"])
        self.assertEqual(finished.result("session/next-client-served")["server_gone"]["text"], "the server exited with code 0")

    def test_a_pipe_to_itself_echoes_what_fits_into_it(self):
        command = [self.program("usr/bin/socat"), self.LISTEN + ",fork", "PIPE"]
        finished = self.check("tcp-echo", "--only", "stream/*", "--only", "close/half-close", "--only", "close/fin-only",
                              "--skip", "stream/size-ladder", "--skip", "stream/coalesced", command=command)
        self.assertEqual(finished.code, 0, finished)

    def test_dev_null_holds_tcp_discard(self):
        command = [self.program("usr/bin/socat"), "-u", self.LISTEN + ",fork", "OPEN:/dev/null"]
        self.assert_holds(self.check("tcp-discard", "--strict", command=command))

    def test_dev_null_holds_udp_discard(self):
        command = [self.program("usr/bin/socat"), "-u", "UDP-RECV:{port},bind=127.0.0.1", "OPEN:/dev/null"]
        self.assert_holds(self.check("udp-discard", "--strict", command=command))

    def test_a_cat_per_datagram_holds_udp_echo_except_for_the_empty_one(self):
        command = [self.program("usr/bin/socat"), "-b65536", "UDP-RECVFROM:{port},bind=127.0.0.1,fork", "EXEC:cat"]
        self.assert_holds(self.check("udp-echo", command=command), warnings=["datagram/empty-datagram"])


class Ncat(ThirdParty):
    def test_it_loses_data_at_half_close(self):
        command = [self.program("usr/bin/ncat"), "-l", "127.0.0.1", "{port}", "-k", "-e", "/bin/cat"]
        # The loss is a matter of chance, so one run in many must show it.
        finished = self.check("tcp-echo", "--repeat", "40", "--only", "close/half-close", "--only", "stream/basic",
                              "--only", "stream/byte-split", "--only", "close/fin-only", command=command)
        self.assert_fails(finished, ["close/half-close"])
        self.assertEqual(finished.bad_checks("close/half-close"), {"reply": "seen.ended"})


class Busybox(ThirdParty):
    def test_nc_with_cat_holds_tcp_echo(self):
        command = [self.program("bin/busybox"), "nc", "-ll", "-p", "{port}", "-e", "/bin/cat"]
        self.assert_holds(self.check("tcp-echo", "--strict", command=command))


class Xinetd(ThirdParty):
    """SIGTERM ends it, but not the children that serve a client at that moment."""

    def check_service(self, service, protocol):
        program = self.program("usr/sbin/xinetd")
        values = {"SERVICE": service, "TYPE": "stream" if protocol == "tcp" else "dgram", "PROTOCOL": protocol,
                  "WAIT": "no" if protocol == "tcp" else "yes", "DIR": str(self.folder)}
        command = self.from_template("xinetd.conf", values, [program, "-dontfork", "-f", "CONFIG", "-pidfile",
                                                             f"{self.folder}/xinetd.pid"])
        return self.check(f"{protocol}-{service}", command=command)

    def test_echo_holds_tcp_echo(self):
        self.assert_holds(self.check_service("echo", "tcp"), warnings=["lifecycle/stops-on-sigterm"])

    def test_discard_holds_tcp_discard(self):
        self.assert_holds(self.check_service("discard", "tcp"), warnings=["lifecycle/stops-on-sigterm"])

    def test_daytime_holds_tcp_daytime_and_resets_those_who_speak(self):
        self.assert_holds(self.check_service("daytime", "tcp"), warnings=["greeting/banner-first"])

    def test_chargen_leaves_two_characters_out_of_the_ring(self):
        finished = self.check_service("chargen", "tcp")
        self.assert_fails(finished, ["greeting/pattern"])
        self.assertEqual(finished.bad_checks("greeting/pattern"), {"reply": "seen.different"})

    def test_echo_cuts_and_throws_away_datagrams(self):
        finished = self.check_service("echo", "udp")
        self.assert_fails_at_least(finished, failed=["datagram/max-size"], passed=["datagram/basic"])

    def test_discard_holds_udp_discard(self):
        self.assert_holds(self.check_service("discard", "udp"))


class InetutilsInetd(ThirdParty):
    """A daemon: the process that is started ends at once, and another one serves."""

    PORTS = {"echo": 7, "discard": 9, "daytime": 13, "chargen": 19}

    def check_service(self, service, protocol):
        program = self.program("usr/sbin/inetutils-inetd")
        port = self.PORTS[service]
        try:
            if socket.getservbyname(service, protocol) != port:
                self.skipTest(f"{service} has another port here")
        except OSError:
            self.skipTest(f"/etc/services does not know {service}")
        self.need_port(port, socket.SOCK_STREAM if protocol == "tcp" else socket.SOCK_DGRAM)
        values = {"SERVICE": service, "TYPE": "stream" if protocol == "tcp" else "dgram", "PROTOCOL": protocol,
                  "WAITING": "nowait" if protocol == "tcp" else "wait"}
        command = self.from_template("inetd.conf", values, [program, "--rate=1000000", f"--pidfile={self.folder}/inetd.pid",
                                                            "CONFIG"])
        # It sleeps for a second whenever one of its children has ended; whoever comes then waits.
        return self.check(f"{protocol}-{service}", "--port", port, "--timeout-scale", "3", command=command)

    def test_echo_holds_tcp_echo(self):
        self.assert_holds(self.check_service("echo", "tcp"))

    def test_discard_holds_tcp_discard(self):
        self.assert_holds(self.check_service("discard", "tcp"))

    def test_daytime_holds_tcp_daytime_and_resets_those_who_speak(self):
        self.assert_holds(self.check_service("daytime", "tcp"), warnings=["greeting/banner-first"])

    def test_chargen_holds_tcp_chargen(self):
        self.assert_holds(self.check_service("chargen", "tcp"))

    def test_echo_cuts_datagrams(self):
        self.assert_fails(self.check_service("echo", "udp"), ["datagram/max-size"])

    def test_discard_holds_udp_discard(self):
        self.assert_holds(self.check_service("discard", "udp"))


class Nginx(ThirdParty):
    def check_text(self, profile, text):
        program = self.program("usr/sbin/nginx")
        values = {"ROOT": str(THIRD_PARTY), "DIR": str(self.folder), "TEXT": text}
        command = self.from_template("nginx.conf", values, [program, "-p", str(self.folder), "-e", "stderr", "-c", "CONFIG"])
        return self.check(profile, command=command)

    def test_return_of_the_time_holds_tcp_daytime_and_resets_those_who_speak(self):
        self.assert_holds(self.check_text("tcp-daytime", r"$time_iso8601\r\n"), warnings=["greeting/banner-first"])

    def test_return_of_a_quote_holds_tcp_qotd_and_resets_those_who_speak(self):
        self.assert_holds(self.check_text("tcp-qotd", r"Everything should be made as simple as possible, but not simpler.\r\n"),
                          warnings=["greeting/banner-first"])


if __name__ == "__main__":
    unittest.main()

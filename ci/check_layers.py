#!/usr/bin/env python3
"""Fails when a file knows what its layer must not know, or breaks another countable rule of the house.

    ci/check_layers.py [--root DIR]     check the tree
    ci/check_layers.py --self-test      prove, on made-up trees, that each rule fires

The rules are those of docs/decisions/0007-layers.md. CMake targets alone cannot hold them: a wrong
`#include <uv.h>` compiles wherever libuv's header lies in /usr/include. Tests (*_test.cc) and fuzz
targets (*_fuzz.cc) may include what they like, but never across reference-servers/ and harness/.
"""
import argparse
import pathlib
import re
import sys
import tempfile
import typing

STANDARD = set("""
algorithm any array atomic barrier bit bitset cassert cctype cerrno cfenv cfloat charconv chrono
cinttypes climits clocale cmath codecvt compare complex concepts condition_variable coroutine
csetjmp csignal cstdarg cstddef cstdint cstdio cstdlib cstring ctime cuchar cwchar cwctype deque
exception execution filesystem format forward_list fstream functional future initializer_list
iomanip ios iosfwd iostream istream iterator latch limits list locale map memory memory_resource
mutex new numbers numeric optional ostream queue random ranges ratio regex scoped_allocator
semaphore set shared_mutex source_location span sstream stack stdexcept stop_token streambuf string
string_view strstream syncstream system_error thread tuple type_traits typeindex typeinfo
unordered_map unordered_set utility valarray variant vector version
""".split())
# Threads, files and streams are standard C++, but not for the core, which decides and does nothing.
NOT_IN_CORE = set("""
barrier condition_variable coroutine csignal filesystem fstream future iostream latch mutex
semaphore shared_mutex stop_token syncstream thread
""".split())
CLOCK = re.compile(r"\b(system_clock|steady_clock|high_resolution_clock|clock_gettime|gettimeofday|random_device)\b")
THIRD_PARTY = ("uv.h", "nlohmann/", "cxxopts.hpp", "sha2.h", "zlib.h", "mpi.h", "gtest/", "gmock/", "rapidcheck")


class Layer(typing.NamedTuple):
    ours: tuple[str, ...]           # layers it may include
    third_party: tuple[str, ...]    # third-party headers it may include
    system: bool                    # may include POSIX and Linux headers


LAYERS = {
    "core": Layer(("core",), (), False),
    "scenario": Layer(("core", "scenario"), ("nlohmann/",), False),
    "reports": Layer(("core", "scenario", "reports"), ("nlohmann/", "sha2.h", "zlib.h"), False),
    "io": Layer(("core", "io"), ("uv.h",), True),
    "supervise": Layer(("core", "io", "supervise"), ("uv.h",), True),
    "check": Layer(("core", "io", "supervise", "check"), ("uv.h",), True),
    "grade": Layer(("core", "scenario", "reports", "io", "supervise", "grade"), ("uv.h",), True),
    "selftest": Layer(("core", "io", "supervise", "selftest"), ("uv.h",), True),
    "load": Layer(("core", "io", "supervise", "load"), ("uv.h",), True),
    "mpi": Layer(("core", "io", "load", "mpi"), ("mpi.h",), True),
    "fuzz": Layer(("core", "scenario", "fuzz"), (), False),
    "cli": Layer(("core", "scenario", "reports", "io", "supervise", "check", "selftest", "load", "mpi", "grade", "cli",
                  "reference-servers"), THIRD_PARTY, True),
    "reference-servers": Layer(("reference-servers",), ("uv.h", "gtest/"), True),
}
TRY_ALLOWED = ("harness/scenario/json_reader.cc",)  # and the one file of cli/ that runs cxxopts
VAGUE = re.compile(r"manager|util|helper|misc", re.IGNORECASE)
DECLARATION = re.compile(r"^\s*(?:template\s*<[^>]*>\s*)?(?:class|struct|enum(?:\s+class)?|namespace)\s+(?:\[\[\w+\]\]\s*)?([\w:]+)")
LONGEST_FILE = 500


def without_comments(text: str) -> str:
    """The same lines, with comments and the contents of string literals blanked out."""
    def blank(match: re.Match) -> str:
        if match[0].startswith("/"):
            return re.sub(r"[^\n]", " ", match[0])
        return '""'
    return re.sub(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"', blank, text, flags=re.DOTALL)


def layer_of(path: pathlib.PurePath) -> str | None:
    """The layer of a file, by its path from the root; "" for a folder of harness/ without rules."""
    if path.parts[0] == "harness":
        name = path.parts[1]
        return name if name in LAYERS and len(path.parts) > 2 else ""
    return path.parts[0] if path.parts[0] in LAYERS else None


def wrong_include(layer: str, header: str, is_test: bool) -> str | None:
    """Why this file must not include that header, or None."""
    first = header.removeprefix("harness/").split("/")[0]
    # "load/x.h" is ours; <filesystem> or <uv.h>, without a slash, never is.
    target = first if "/" in header and first in LAYERS else None
    harness = layer != "reference-servers"
    if target is not None:
        if target == "reference-servers" and harness and layer != "cli" and not is_test:
            return "only cli may know the reference servers"
        if target != "reference-servers" and not harness:
            return "reference servers share no code with harness/ and reports/"
        if not is_test and target not in LAYERS[layer].ours:
            return f"'{layer}' may include {', '.join(LAYERS[layer].ours)}"
        return None
    if is_test:
        return None
    if header.startswith(THIRD_PARTY):
        if header.startswith(LAYERS[layer].third_party or ("\0",)):
            return None
        return f"'{layer}' may use {', '.join(LAYERS[layer].third_party) or 'the C++ library only'}"
    if header in STANDARD:
        if layer == "core" and header in NOT_IN_CORE:
            return "the core has no threads, files or streams"
        return None
    if not LAYERS[layer].system:
        return f"'{layer}' may use no system header"
    return None


def check_file(root: pathlib.Path, path: pathlib.Path, tries: list[str]) -> list[str]:
    name = path.relative_to(root)
    layer = layer_of(name)
    if layer is None:
        return []
    if layer == "":
        return [f"{name}:1: no layer is called '{name.parts[1]}'; write its rules into ci/check_layers.py"]
    text = path.read_text(encoding="utf-8")
    code = without_comments(text)
    # A test has no header of its own; server_under_test.h is the product's.
    is_test = path.stem.endswith(("_test", "_fuzz")) and not path.with_suffix(".h").exists()
    bad = []
    for number, line in enumerate(text.splitlines(), 1):
        include = re.match(r'\s*#\s*include\s*[<"]([^>"]+)[>"]', line)
        if include and (why := wrong_include(layer, include[1], is_test)):
            bad.append(f"{name}:{number}: must not include {include[1]}: {why}")
    runs_cxxopts = layer == "cli" and "#include <cxxopts.hpp>" in text
    for number, line in enumerate(code.splitlines(), 1):
        if layer == "core" and not is_test and (clock := CLOCK.search(line)):
            bad.append(f"{name}:{number}: the core knows no {clock[0]}; time and seeds are arguments")
        if re.search(r"\btry\s*($|\{|:)", line) and not is_test:
            tries.append(f"{name}:{number}")
            if str(name) not in TRY_ALLOWED and not runs_cxxopts:
                bad.append(f"{name}:{number}: 'try' belongs where a library throws: "
                           f"{TRY_ALLOWED[0]} and the file that runs cxxopts; return a Result")
        declared = DECLARATION.match(line)
        if declared and VAGUE.search(declared[1]):
            bad.append(f"{name}:{number}: '{declared[1]}' says nothing; name what it owns or does")
    for part in name.with_suffix("").parts:
        if VAGUE.search(part):
            bad.append(f"{name}:1: '{part}' says nothing; name the file for what it owns or does")
    lines = text.count("\n")
    generated = re.match(r"//.*\b[Gg]enerated\b", text)
    if name.parts[0] == "harness" and lines > LONGEST_FILE and not generated:
        bad.append(f"{name}:{lines}: longer than {LONGEST_FILE} lines; it is two files")
    return bad


def check_tree(root: pathlib.Path) -> tuple[list[str], list[str], int]:
    """All violations, the places of all `try` blocks, and the number of files looked at."""
    tries: list[str] = []
    bad: list[str] = []
    files = [path for folder in ("harness", "reports", "reference-servers")
             for path in sorted((root / folder).rglob("*"))
             if path.suffix in (".h", ".hpp", ".c", ".cc", ".cpp")]
    for path in files:
        bad += check_file(root, path, tries)
    return bad, tries, len(files)


# path, content, a piece of the message that is due ("" = none is)
CASES = [
    ("harness/core/a.cc", '#include "core/b.h"\n#include <vector>\n#include <chrono>\n', ""),
    ("harness/core/a.cc", "#include <uv.h>\n", "the C++ library only"),
    ("harness/core/a.cc", "#include <nlohmann/json.hpp>\n", "the C++ library only"),
    ("harness/core/a.cc", "#include <cxxopts.hpp>\n", "the C++ library only"),
    ("harness/core/a.cc", "  #  include <iostream>\n", "no threads, files or streams"),
    ("harness/core/a.cc", "#include <thread>\n", "no threads, files or streams"),
    ("harness/core/a.cc", "#include <mutex>\n", "no threads, files or streams"),
    ("harness/core/a.cc", "#include <filesystem>\n", "no threads, files or streams"),
    ("harness/core/a.cc", "#include <unistd.h>\n", "no system header"),
    ("harness/core/a.cc", "#include <sys/socket.h>\n", "no system header"),
    ("harness/core/a.cc", "#include <netinet/in.h>\n", "no system header"),
    ("harness/core/a.cc", "#include <arpa/inet.h>\n", "no system header"),
    ("harness/core/a.cc", "auto t = std::chrono::steady_clock::now();\n", "knows no steady_clock"),
    ("harness/core/a.cc", "using C = std::chrono::system_clock;\n", "knows no system_clock"),
    ("harness/core/a.cc", "using C = std::chrono::high_resolution_clock;\n", "knows no high_resolution_clock"),
    ("harness/core/a.cc", 'auto s = "steady_clock";  // not system_clock\n', ""),
    ("harness/core/a.cc", '#include "io/loop.h"\n', "may include core"),
    ("harness/core/a_test.cc", '#include <gtest/gtest.h>\n#include "scenario/parse.h"\n', ""),
    ("harness/scenario/a.cc", '#include "core/b.h"\n#include <nlohmann/json.hpp>\n#include <fstream>\n', ""),
    ("harness/scenario/a.cc", '#include "io/loop.h"\n', "may include core, scenario"),
    ("harness/scenario/a.cc", "#include <uv.h>\n", "may use nlohmann/"),
    ("harness/scenario/a.cc", "#include <sys/stat.h>\n", "no system header"),
    ("reports/json.cc", '#include "scenario/b.h"\n#include <sha2.h>\n#include <nlohmann/json.hpp>\n', ""),
    ("reports/json.cc", '#include "check/run.h"\n', "may include core, scenario, reports"),
    ("reports/json.cc", "#include <unistd.h>\n", "no system header"),
    ("harness/io/a.cc", '#include <uv.h>\n#include <sys/socket.h>\n#include "core/b.h"\n', ""),
    ("harness/io/a.cc", '#include "scenario/b.h"\n', "may include core, io"),
    ("harness/io/a.cc", "#include <nlohmann/json.hpp>\n", "may use uv.h"),
    ("harness/supervise/a.cc", '#include "io/b.h"\n#include <linux/netlink.h>\n', ""),
    ("harness/supervise/a.cc", '#include "check/b.h"\n', "may include core, io, supervise"),
    ("harness/check/a.cc", '#include "supervise/b.h"\n', ""),
    ("harness/check/a.cc", '#include "load/b.h"\n', "may include core, io, supervise, check"),
    ("harness/load/a.cc", '#include "check/b.h"\n', "may include core, io, supervise, load"),
    ("harness/mpi/a.cc", '#include "load/b.h"\n#include <mpi.h>\n#include <dlfcn.h>\n', ""),
    ("harness/mpi/a.cc", "#include <uv.h>\n", "may use mpi.h"),
    ("harness/load/a.cc", "#include <mpi.h>\n", "may use uv.h"),
    ("harness/cli/a.cc", '#include "check/b.h"\n#include <cxxopts.hpp>\n#include "reference-servers/serve.h"\n', ""),
    ("harness/check/a.cc", "#include <cxxopts.hpp>\n", "may use uv.h"),
    ("harness/check/a.cc", '#include "reference-servers/serve.h"\n', "only cli"),
    ("harness/fuzz/no_files.cc", '#include "io/loop.h"\n', "may include core, scenario, fuzz"),
    ("harness/fuzz/a_fuzz.cc", '#include "core/conversation.h"\n#include <fuzzer/FuzzedDataProvider.h>\n', ""),
    ("harness/extra/a.cc", "int x;\n", "no layer is called 'extra'"),
    ("reference-servers/a.cc", '#include <uv.h>\n#include "reference-servers/b.h"\n', ""),
    ("reference-servers/a.cc", '#include "core/b.h"\n', "share no code"),
    ("reference-servers/a_test.cc", '#include "harness/core/b.h"\n', "share no code"),
    ("reference-servers/a.cc", "#include <nlohmann/json.hpp>\n", "may use uv.h"),
    ("harness/check/a.cc", "  try {\n", "'try' belongs"),
    ("harness/check/a.cc", "  try\n  {\n", "'try' belongs"),
    ("harness/check/a.cc", "  // try {\n  retry();\n", ""),
    ("harness/scenario/json_reader.cc", "  try {\n", ""),
    ("harness/cli/options.cc", "#include <cxxopts.hpp>\n  try {\n", ""),
    ("harness/cli/main.cc", "  try {\n", "'try' belongs"),
    ("harness/io/socket_util.cc", "int x;\n", "'socket_util' says nothing"),
    ("harness/io/a.h", "class ProcessManager {\n", "'ProcessManager' says nothing"),
    ("harness/io/a.h", "struct [[nodiscard]] LoopHelper {\n", "'LoopHelper' says nothing"),
    ("harness/io/a.h", "namespace misc {\n", "'misc' says nothing"),
    ("harness/io/a.h", "#include <utility>\n", ""),
    ("harness/io/a.cc", "int x;\n" * 501, "longer than 500 lines"),
    ("harness/io/a.cc", "int x;\n" * 500, ""),
    ("harness/core/table.cc", "// Generated by ci/x.py. Do not edit.\n" + "int x;\n" * 600, ""),
]


def self_test() -> int:
    wrong = 0
    for path, content, due in CASES:
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder, path)
            file.parent.mkdir(parents=True)
            file.write_text(content, encoding="utf-8")
            bad, _, _ = check_tree(pathlib.Path(folder))
        if (due == "" and bad) or (due and not any(due in message for message in bad)):
            wrong += 1
            print(f"self-test: {path}: {content.strip()[:60]!r}: due {due or 'nothing'!r}, came {bad}")
    print(f"layers: self-test, {len(CASES) - wrong} of {len(CASES)} cases right")
    return 1 if wrong else 0


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--self-test", action="store_true")
    options.add_argument("--root", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parent.parent)
    arguments = options.parse_args()
    if arguments.self_test:
        return self_test()
    bad, tries, count = check_tree(arguments.root)
    for message in bad:
        print(message)
    if count == 0:
        print(f"layers: no C++ file under {arguments.root}")
        return 1
    print(f"layers: {count} files, {len(bad)} violations, {len(tries)} try blocks: {', '.join(tries) or 'none'}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())

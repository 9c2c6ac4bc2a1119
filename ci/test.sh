#!/usr/bin/env bash
# Installs what is missing, builds sockspec in every way it is tested in, and runs every test.
#
#   ci/test.sh                  all stages but dev, in this order; about 25 minutes on two cores
#   ci/test.sh dev asan         these stages
#
# Stages:
#   checks    layers, format, syntax of scripts
#   release   the executable as users get it, and all end-to-end tests
#   selftest  the suite against every correct and every faulty server, and the page about it
#   asan      the unit tests, and the end-to-end tests about words and hostile input, under
#             AddressSanitizer and UndefinedBehaviorSanitizer; and which lines of harness/ they reach
#   tsan      the tests of sockets, processes and threads under ThreadSanitizer
#   fuzz      every libFuzzer target for SOCKSPEC_FUZZ_SECONDS (30) seconds
#   tidy      clang-tidy on harness/core
#   dev       build, all tests: for everyday work
#
# The labels of tests (ctest) are in tests/CMakeLists.txt. A stage that fails does not stop the others; a
# test that failed is run again, alone.
# The last line is "N passed, N failed", summed over all ctest runs. Exit code 0 only if every stage
# passed and at least one test ran.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1

readonly kStages=(checks release selftest asan tsan fuzz tidy dev)
readonly kDefault=(checks release selftest asan tsan fuzz tidy)
jobs=$(nproc)
readonly jobs fuzz_seconds=${SOCKSPEC_FUZZ_SECONDS:-30}
export SOCKSPEC_THIRD_PARTY=${SOCKSPEC_THIRD_PARTY:-$PWD/build/third-party/root}
export ASAN_OPTIONS=${ASAN_OPTIONS:-detect_stack_use_after_return=1:strict_string_checks=1}
export UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1}
export TSAN_OPTIONS=${TSAN_OPTIONS:-suppressions=$PWD/ci/tsan.supp}
export CTEST_OUTPUT_ON_FAILURE=1

passed=0
failed=0
tests_were_due=

# Output in the log and, if the command fails, its end on the terminal.
quietly() {
  local log=$1
  shift
  "$@" >"$log" 2>&1 && return
  tail -n 40 "$log"
  echo "the whole log: $log"
  return 1
}

build() {
  local preset=$1
  shift
  mkdir -p "build/$preset"
  quietly "build/$preset/configure.log" cmake --preset "$preset" &&
    quietly "build/$preset/build.log" cmake --build --preset "$preset" --parallel "$jobs" "$@"
}

# The tests talk to real sockets and processes, on a machine that may be busy with others: what failed
# is run once more, alone, and told. A crash, or what a sanitizer found, has no excuse.
passed_alone() {
  local preset=$1 names
  ! grep -q -E 'Sanitizer:|runtime error:|\*\*\*Exception' "build/$preset/ctest.log" || return 1
  names=$(cut -d : -f 2- "build/$preset/Testing/Temporary/LastTestsFailed.log" | tr '\n' ' ')
  ctest --preset "$preset" --rerun-failed --parallel 1 --no-tests=error >"build/$preset/again.log" 2>&1 ||
    return 1
  echo "$preset: failed beside others, passed alone: $names"
}

# Runs a preset's tests and adds them to the sum. Skipped tests count as neither.
run_tests() {
  local preset=$1 report=$PWD/build/$1/ctest.xml status=0 suite
  shift
  tests_were_due=yes
  rm -f "$report"
  # One more than there are processors: end-to-end tests mostly wait.
  ctest --preset "$preset" --parallel $((jobs + 1)) --no-tests=error --output-junit "$report" "$@" \
    >"build/$preset/ctest.log" 2>&1 || status=1
  suite=$(tr '\n' ' ' <"$report" 2>/dev/null | grep -o '<testsuite [^>]*>')
  count() { sed -n "s/.*[[:space:]]$1=\"\([0-9]*\)\".*/\1/p" <<<"$suite"; }
  local tests failures skipped disabled
  tests=$(count tests) failures=$(count failures) skipped=$(count skipped) disabled=$(count disabled)
  if [ -z "$tests" ] || [ "$((tests - skipped - disabled))" -eq 0 ]; then
    tail -n 20 "build/$preset/ctest.log"
    echo "$preset: no test ran"
    return 1
  fi
  if [ $status -ne 0 ]; then
    grep -v -E '^ *(Start +[0-9]+:|[0-9]+/[0-9]+ Test .* Passed )' "build/$preset/ctest.log" |
      tail -n 300
  fi
  if [ "$failures" -gt 0 ] && passed_alone "$preset"; then
    failures=0 status=0
  fi
  passed=$((passed + tests - failures - skipped - disabled))
  failed=$((failed + failures))
  echo "$preset: $((tests - failures - skipped - disabled)) passed, $failures failed, $((skipped + disabled)) skipped"
  return $status
}

check_format() {
  local version files
  version=$(clang-format --version | sed 's/.*version \([0-9]*\).*/\1/')
  # Releases of clang-format differ in taste; Debian 12's decides.
  if [ "$version" != 14 ]; then
    echo "format: not checked, clang-format is version $version instead of 14"
    return
  fi
  mapfile -t files < <(git ls-files '*.cc' '*.h')
  if [ ${#files[@]} -eq 0 ]; then
    echo "format: git lists no C++ files"
    return 1
  fi
  clang-format --dry-run -Werror "${files[@]}" 2>&1 |
    sed -n 's/^\([^:]*\):.*\[-Wclang-format-violations\]$/format: clang-format -i \1/p' | sort -u
  return "${PIPESTATUS[0]}"
}

check_scripts() {
  local file status=0
  for file in bench/*.sh examples/distributed/*.s* ci/*.sh ci/package/*.bash ci/package/*.sh .ci/run; do
    bash -n "$file" || status=1
  done
  while IFS= read -r -d '' file; do
    python3 -c 'import sys; compile(open(sys.argv[1]).read(), sys.argv[1], "exec")' "$file" || status=1
  done < <(find bench ci examples tests -name '*.py' -not -path 'examples/class/submissions/*' -print0)
  return $status
}

stage_checks() {
  local status=0
  python3 ci/check_layers.py --self-test || status=1
  python3 ci/check_layers.py || status=1
  check_format || status=1
  check_scripts || status=1
  return $status
}

stage_dev() { build dev && run_tests dev; }

# Everything with a time limit runs here: an instrumented executable is late for its own reasons.
stage_release() { build release && build/release/bin/sockspec --version && run_tests release; }

# Every verdict of the self-test again, from the transcripts. What comes out differently is told on
# standard error, as is a report that cannot be read.
replay_all() {
  find "$2" -name '*.json' -print0 | xargs -0 -r -n 1 -P "$jobs" "$1" replay --quiet >/dev/null 2>build/replay.log
  echo "replay: $(find "$2" -name '*.json' | wc -l) reports, $(wc -l <build/replay.log) complaints"
  head -n 20 build/replay.log
  [ ! -s build/replay.log ] && [ -n "$(find "$2" -name '*.json' -print -quit)" ]
}

stage_selftest() {
  build release || return
  local program=build/release/bin/sockspec status=0
  rm -rf build/selftest
  "$program" selftest --quiet --save build/selftest || status=1
  replay_all "$program" build/selftest || status=1
  "$program" selftest --no-run --quiet --markdown build/fault-table.md >/dev/null || status=1
  diff build/fault-table.md docs/fault-table.md >/dev/null || {
    echo "docs/fault-table.md is not what the table says; write it anew: $program selftest --no-run --markdown docs/fault-table.md"
    status=1
  }
  return $status
}

stage_asan() {
  local status=0
  build asan || return
  find build/asan -name '*.gcda' -delete
  run_tests asan -LE e2e || status=1
  run_tests asan -L 'words|memory' || status=1
  python3 ci/line_coverage.py build/asan || status=1
  return $status
}

# Only what has threads, or processes beside it: the other rooms have neither.
stage_tsan() {
  build tsan --target sockspec_io_test sockspec_supervise_test sockspec_check_test sockspec_load_test \
    sockspec_mpi_test sockspec_reference_test &&
    run_tests tsan -R '^(io|supervise|check|load|mpi|reference)[.]'
}

# One fuzz target: from the corpus of earlier runs, the seeds beside its source and, for what reads
# scenarios, the suite.
fuzz_one() {
  local target=$1 name work seeds=()
  name=$(basename "$target")
  work=build/fuzz/$name
  mkdir -p "$work/corpus"
  [ ! -d "harness/fuzz/corpus/$name" ] || seeds+=("harness/fuzz/corpus/$name")
  [[ $name != *scenario* ]] || seeds+=(scenarios)
  if "$target" -max_total_time="$fuzz_seconds" -timeout=10 -rss_limit_mb=1024 -max_len=65536 \
    -print_final_stats=1 -artifact_prefix="$work/" "$work/corpus" "${seeds[@]}" \
    >"$work/log" 2>&1; then
    echo "fuzz: $name: $(sed -n 's/^stat::number_of_executed_units: *//p' "$work/log") inputs, nothing found"
  else
    echo "fuzz: $name failed; the input lies under $work, the log is $work/log"
    tail -n 40 "$work/log"
    return 1
  fi
}

stage_fuzz() {
  build fuzz --target sockspec_fuzz_targets || return
  local targets=() target running=() pid status=0
  mapfile -t targets < <(find build/fuzz/bin -name '*_fuzz' -type f | sort)
  [ ${#targets[@]} -gt 0 ] || {
    echo "fuzz: no targets were built"
    return 1
  }
  for target in "${targets[@]}"; do
    if [ ${#running[@]} -ge "$jobs" ]; then
      wait "${running[0]}" || status=1
      running=("${running[@]:1}")
    fi
    fuzz_one "$target" &
    running+=($!)
  done
  for pid in "${running[@]}"; do
    wait "$pid" || status=1
  done
  return $status
}

stage_tidy() { build tidy --target sockspec_core; }

# Where there is npm: a reader of histograms that is not ours. Its test is skipped without it.
install_histogram_reader() {
  local folder=build/third-party/npm
  command -v npm >/dev/null || return 0
  [ ! -d "$folder/node_modules/hdr-histogram-js" ] || return 0
  mkdir -p "$folder"
  npm install --silent --no-audit --no-fund --prefix "$folder" hdr-histogram-js@3.0.1 >"$folder/log" 2>&1 ||
    echo "hdr-histogram-js could not be installed ($folder/log); its test will be skipped"
}

install() {
  ci/install-packages.sh --tests --fuzz --tidy && ci/third-party-servers.sh build/third-party &&
    install_histogram_reader
}

stages=("$@")
if [ $# -eq 0 ]; then
  stages=("${kDefault[@]}")
fi
for stage in "${stages[@]}"; do
  [[ " ${kStages[*]} " == *" $stage "* ]] || {
    echo "test.sh: no such stage: $stage (${kStages[*]})" >&2
    exit 2
  }
done

summary=()
failed_stages=()
run_stage() {
  local name=$1 began=$SECONDS verdict=ok
  shift
  printf '\n== %s\n' "$name"
  "$@" || {
    verdict=FAILED
    failed_stages+=("$name")
  }
  summary+=("$(printf '%-9s %-7s %4d s' "$name" "$verdict" $((SECONDS - began)))")
}

run_stage install install
for stage in "${stages[@]}"; do
  run_stage "$stage" "stage_$stage"
done

printf '\n== summary\n'
printf '%s\n' "${summary[@]}"
[ ${#failed_stages[@]} -eq 0 ] || echo "failed: ${failed_stages[*]}"
echo "$passed passed, $failed failed"
[ ${#failed_stages[@]} -eq 0 ] && { [ -z "$tests_were_due" ] || [ "$passed" -gt 0 ]; }

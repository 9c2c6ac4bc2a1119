#!/bin/sh
# How sockspec_add_test() runs a check. ctest knows green and red only and never shows the exit code of a
# test; so the code is said in words, and a run that is only inconclusive is done again.
#
#   sockspec_ctest.sh RETRIES SOCKSPEC check ...
#
# Exit code: that of the last run.
retries=$1
shift

while :; do
  "$@"
  code=$?
  if [ "$code" -ne 5 ] || [ "$retries" -eq 0 ]; then break; fi
  retries=$((retries - 1))
  echo "sockspec_add_test: exit code 5, nothing failed for certain; once more"
done

case $code in
  0) exit 0 ;;
  1) meaning="the server does not hold the profile" ;;
  2) meaning="usage; the words of sockspec_add_test() are wrong, not the server" ;;
  3) meaning="the server could not be started or reached" ;;
  4) meaning="the run is not valid: this machine or sockspec was the bottleneck, or failed" ;;
  5) meaning="inconclusive; nothing failed for certain, but not all could be judged (SKIP_INCONCLUSIVE would skip)" ;;
  *) meaning="interrupted, or sockspec itself could not be run" ;;
esac
echo "sockspec_add_test: exit code $code: $meaning"
exit "$code"

#!/usr/bin/env bash
# G10: the truth about a pause. 2,000/s for 10 s, and the server is stopped for 1 s in the middle: a
# tenth of all requests were due in the pause, and waited for 0 to 1 s. So of all requests 5 % waited
# for more than 500 ms, 1 % for more than 900, 0.1 % for more than 990; and none may be skipped.
# Floor: within 3 %. The yardstick is that arithmetic.
source "$(dirname "${BASH_SOURCE[0]}")/figure.sh"

ratio "G10 server stopped for 1 s of 10" --names 'truth,sockspec' --server "$tcp_server" --freeze-server 5:1 \
  --a "$(exactly '{"latency_response_p95": 500e6, "latency_response_p99": 900e6, "latency_response_p999": 990e6, "requests": 20000}')" \
  --b "$load tcp-echo --target {target} --connections 50 --size 64 --rate 2000 --arrivals constant --duration 10s --threads 1 --timeout 5s" \
  --want 'latency_response_p95 >= 0.97' --want 'latency_response_p95 <= 1.03' \
  --want 'latency_response_p99 >= 0.97' --want 'latency_response_p99 <= 1.03' \
  --want 'latency_response_p999 >= 0.97' --want 'latency_response_p999 <= 1.03' \
  --want 'requests >= 1' --want 'requests <= 1'

#!/usr/bin/env bash
# Measures what docs/benchmarks.md describes on this machine: in seconds, and as a ratio to a baseline from the same run.
# QIYUE_MEASURE_POSTGRES=postgres://… names an empty database; without it, the import is measured on SQLite only.
set -euo pipefail
cd "$(dirname "$0")/.."

rows=${1:-10000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
qiyue=${CARGO_TARGET_DIR:-target}/release/qiyue

seconds() { # seconds NAME COMMAND…: runs it and keeps how long it took
    local name=$1 begun ended
    shift
    begun=$(date +%s.%N)
    "$@"
    ended=$(date +%s.%N)
    took[$name]=$(echo "$ended - $begun" | bc)
}
ratio() { echo "scale=1; $1 / $2" | bc; }
declare -A took

cargo build --release --quiet
cargo run --quiet -p tests --example ledger -- "$rows" >"$work/ledger.csv"
awk 'BEGIN { for (n = 0; n < 1000000; n++) printf "%d-%02d-%02d %dwd\n", 2012 + n % 15, 1 + n % 12, 1 + n % 28, n % 60 }' >"$work/lines"

echo "== $(nproc) cores, $(uname -m)"
echo '== Twenty working days, against a walk from day to day'
cargo bench --quiet -p entity --bench calendar | grep 'times as fast'

echo '== qiyue calendar due, a million lines from standard input, against awk printing their first words'
due() { "$qiyue" calendar due <"$work/lines" >"$work/due"; }
words() { awk '{ print $1 }' <"$work/lines" >"$work/words"; }
seconds due due
seconds words words
[[ $(wc -l <"$work/due") == 1000000 ]]
echo "${took[due]} s; awk ${took[words]} s; $(ratio "${took[due]}" "${took[words]}") times as long"

import() { # import NAME: a ledger into an empty database, and again
    seconds "$1" "$qiyue" import "$work/ledger.csv" >"$work/told"
    grep -q "$rows rows taken" "$work/told"
    seconds "$1-again" "$qiyue" import "$work/ledger.csv" >"$work/told"
    grep -q "$rows unchanged" "$work/told"
    echo "$1: ${took[$1]} s; again ${took[$1-again]} s; $(ratio "${took[$1]}" "${took[$1-again]}") times as long as finding that nothing has changed"
}
echo "== qiyue import, $rows rows"
export QIYUE_LOG=warn
QIYUE_DATABASE_URL=sqlite:$work/qiyue.sqlite import SQLite
if [[ -n ${QIYUE_MEASURE_POSTGRES:-} ]]; then
    QIYUE_DATABASE_URL=$QIYUE_MEASURE_POSTGRES import PostgreSQL
else
    echo 'PostgreSQL: not measured, QIYUE_MEASURE_POSTGRES is not set'
fi

#!/usr/bin/env bash
# What a state costs without and with partial-order reduction, and both searches in all:
#
#   benchmarks/reduction-cost.sh [PROGRAM] [reduce]
#
# CPU seconds of alternating runs by one worker, the least of five. `reduce` is what is compared
# with `none`: por, or what else `--reduce` takes.
set -euo pipefail
cd "$(dirname "$0")/.."
program=${1:-.build/release/wfcheck}
reduce=${2:-por}

# One run: states, then CPU seconds.
run() {
  local TIMEFORMAT='%U %S'
  { time "$program" "specs/bench/$1.wf" --check anySize --set "N=$2" --workers 1 --reduce "$3"; } 2>&1 |
    awk '/ transitions, depth / { sub(/ states,.*/, ""); gsub(/[^0-9]/, ""); states = $0 }
      NF == 2 && /^[0-9.]+ [0-9.]+$/ { seconds = $1 + $2 }
      END { print states, seconds }'
}

printf '%-18s %11s %9s %11s %9s %8s %8s\n' spec states us/state kept us/state 'a state' 'in all'
while read -r spec size; do
  for _ in 1 2 3 4 5; do
    echo none "$(run "$spec" "$size" none)"
    echo "$reduce" "$(run "$spec" "$size" "$reduce")"
  done |
    awk -v name="$spec $size" '
      { states[$1] = $2; if (!($1 in least) || $3 < least[$1]) least[$1] = $3; last = $1 }
      END {
        cost = least["none"] / states["none"] * 1e6
        reduced = least[last] / states[last] * 1e6
        printf "%-18s %11d %9.2f %11d %9.2f %7.1fx %7.2fx\n", name, states["none"], cost,
          states[last], reduced, reduced / cost, least[last] / least["none"]
      }'
done <<'END'
peterson 4
filter-lock 4
filter-lock 5
philosophers 12
leader-election 7
two-phase 8
ring 8
END

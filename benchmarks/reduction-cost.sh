#!/usr/bin/env bash
# What a state costs without and with partial-order reduction, and both searches in all:
#
#   benchmarks/reduction-cost.sh [PROGRAM] [reduce] [engine]
#
# CPU seconds of alternating runs by one worker, the least of fifteen. `reduce` is what is compared
# with `none`: por, or what else `--reduce` takes; `engine` is auto, vm or native. `a state` compares
# the costs of a state with start and set-up of the search in them, `searched` those without, where
# so many states are kept that it says something: what a search of two states takes is left out.
set -euo pipefail
cd "$(dirname "$0")/.."
program=${1:-.build/release/wfcheck}
reduce=${2:-por}
engine=${3:-auto}

# One run: states, then CPU seconds.
run() {
  local TIMEFORMAT='%U %S' name=$1 size=$2 reduction=$3
  shift 3
  { time "$program" "specs/bench/$name.wf" --check anySize --set "N=$size" --workers 1 \
    --engine "$engine" --reduce "$reduction" "$@"; } 2>&1 |
    awk '/ transitions, depth / { sub(/ states,.*/, ""); gsub(/[^0-9]/, ""); states = $0 }
      NF == 2 && /^[0-9.]+ [0-9.]+$/ { seconds = $1 + $2 }
      END { print states, seconds }'
}

printf '%-18s %11s %9s %11s %9s %8s %8s %8s\n' \
  spec states us/state kept us/state 'a state' searched 'in all'
while read -r spec size; do
  for _ in {1..15}; do
    for reduction in none "$reduce"; do
      echo "$reduction" "$(run "$spec" "$size" "$reduction")"
      echo "$reduction-start" "$(run "$spec" "$size" "$reduction" --max-states 2)"
    done
  done |
    awk -v name="$spec $size" -v reduce="$reduce" '
      { states[$1] = $2; if (!($1 in least) || $3 < least[$1]) least[$1] = $3 }
      function cost(of) { return least[of] / states[of] * 1e6 }
      function searched(of) { return (least[of] - least[of "-start"]) / states[of] }
      END {
        ratio = states[reduce] < 10000 ? "-" : sprintf("%.2fx", searched(reduce) / searched("none"))
        printf "%-18s %11d %9.2f %11d %9.2f %7.2fx %8s %7.2fx\n", name, states["none"], cost("none"),
          states[reduce], cost(reduce), cost(reduce) / cost("none"), ratio, least[reduce] / least["none"]
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

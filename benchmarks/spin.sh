#!/usr/bin/env bash
# Runs SPIN on one model, without reduction, and prints one line of JSON:
#
#   benchmarks/spin.sh MODEL N [flag...]      as in   benchmarks/spin.sh ring 7 -DNOBOUNDCHECK
#
# MODEL is a file in promela/. Flags go to gcc; those that start with -D also to spin's
# preprocessor. W=bits and M=frames override -w (hash table) and -m (search stack).
# Time and memory are those of pan alone, as the operating system counts them; gcc_s is
# the CPU time of gcc. The exit status is 1 when the search was cut short, or when its
# counts are not those of promela/counts.txt.
set -euo pipefail
(($# >= 2)) || { sed -n '2,11s/^# \{0,1\}//p' "$0" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
model=$1 n=$2
shift 2
defines=("-DN=$n")
for flag; do [[ $flag != -D* ]] || defines+=("$flag"); done

known=$(awk -v m="$model" -v n="$n" '$1 == m && $2 == n' "$here/promela/counts.txt")
read -r _ _ states transitions w m <<<"${known:-$model $n 0 0 24 10000000}"
memory_mb=$(awk '/^MemTotal/ { print int($2 / 1024) }' /proc/meminfo)

directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cp "$here/promela/$model.pml" "$directory"
cd "$directory"
spin -o1 -o2 -o3 "${defines[@]}" -a "$model.pml" >&2
sed -i 's/%9\.8g/%.0f/' pan.c # eight digits would round the larger counts

python3 - "$model" "$n" "$states" "$transitions" "-w${W:-$w}" "-m${M:-$m}" \
  "-DMEMLIM=$memory_mb" "$@" <<'PYTHON'
import json, os, re, subprocess, sys, time

model, n, states, transitions, w, m, *flags = sys.argv[1:]


def run(command, out):
    """CPU seconds, elapsed seconds and peak resident MiB of a command."""
    began = time.monotonic()
    with open(out, "w") as file:
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=file, stderr=file)
        _, status, usage = os.wait4(child.pid, 0)
    if status:
        sys.exit(f"{' '.join(command)}: status {status}\n{open(out).read()}")
    return usage.ru_utime + usage.ru_stime, time.monotonic() - began, usage.ru_maxrss / 1024


gcc = ["gcc", "-w", "-O3", "-DSAFETY", "-DNOREDUCE"]
gcc_s, _, _ = run([*gcc, *flags, "-o", "pan", "pan.c"], "gcc.out")
cpu_s, wall_s, peak_mb = run(["./pan", "-E", "-n", w, m], "pan.out")
report = open("pan.out").read()


def number(pattern):
    found = re.search(pattern, report)
    return float(found[1]) if found else 0.0


# pan counts the initial state as a transition.
counts = int(number(r"(\d+) states, stored")), int(number(r"(\d+) transitions")) - 1
# Some flags, -DNOCOMP among them, make pan leave out its memory report.
stored_mb = number(r"([\d.]+)\s+actual memory usage for states")
table_mb = number(r"([\d.]+)\s+memory used for hash")
bytes_per_state = (stored_mb + table_mb) * 2**20 / max(counts[0], 1) if stored_mb else None
print(json.dumps({
    "model": model, "n": int(n), "states": counts[0], "transitions": counts[1],
    "depth": int(number(r"depth reached (\d+)")),
    "cpu_s": round(cpu_s, 3), "wall_s": round(wall_s, 3), "peak_mb": round(peak_mb, 1),
    "bytes_per_state": bytes_per_state and round(bytes_per_state, 1), "gcc_s": round(gcc_s, 2)}))
cut_short = r"depth too small|Search not completed|out of memory"
if number(r"errors: (\d+)") or re.search(cut_short, report):
    sys.exit(f"incomplete search:\n{report}")
if int(states) and counts != (int(states), int(transitions)):
    sys.exit(f"counts differ from {states} states, {transitions} transitions")
PYTHON

#!/usr/bin/env bash
# Writes a prompt with 200 decisions, 500 clauses and the claims of 20 agents, all satisfiable
# together: ./benchmarks/large-prompt.sh [SEED] > prompt.wf; time ./wfcheck refine prompt.wf
# Every clause is true of one hidden assignment, so that no clause is checked by whoever writes it.
set -euo pipefail
awk -v seed="${1:-1}" '
function random(n) { state = (state * 16807) % 2147483647; return state % n }
function atom(  i, value) {
  i = first + random(count)
  value = hidden[i]
  if (kind[i] == "bool") return value ? "d" i : "not d" i
  if (kind[i] == "case")
    return random(2) ? "d" i " == c" i "_" value : "d" i " != c" i "_" ((value + 1) % 4)
  return random(2) ? "d" i " <= " value + random(20) : "d" i " >= " value - random(20)
}
function clause(  i) {
  i = random(4)
  if (i == 0) return atom()
  if (i == 1) return atom() " or " atom()
  if (i == 2) return atom() " implies " atom()
  first = 120; count = 80
  i = first + random(count)
  return "d" i " + d" (i < 199 ? i + 1 : 120) " <= " hidden[i] + hidden[i < 199 ? i + 1 : 120] + random(30)
}
function anywhere() { first = 0; count = 200 }
BEGIN {
  state = seed + 12345
  for (i = 0; i < 200; i++) {
    kind[i] = i < 60 ? "bool" : i < 120 ? "case" : i < 180 ? "range" : "int"
    hidden[i] = kind[i] == "bool" ? random(2) : kind[i] == "case" ? random(4) : random(100)
  }
  print "prompt Large \"200 decisions\" {"
  for (i = 0; i < 200; i++) {
    type = kind[i] == "bool" ? "bool" : kind[i] == "range" ? "0..100" : "int"
    if (kind[i] == "case") type = "{ c" i "_0, c" i "_1, c" i "_2, c" i "_3 }"
    print "  decision d" i ": " type
  }
  for (i = 0; i < 250; i++) { anywhere(); print "  require " clause() }
  print "}"
  for (agent = 0; agent < 20; agent++) {
    own = "d" agent
    for (i = agent + 20; i < 200; i += 20) own = own ", d" i
    print "claims of Agent" agent " {"
    print "  decides " own
    for (i = 0; i < (agent < 10 ? 13 : 12); i++) { anywhere(); print "  " clause() }
    print "}"
  }
}'

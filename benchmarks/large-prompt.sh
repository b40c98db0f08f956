#!/usr/bin/env bash
# Writes a prompt with 200 decisions, 500 clauses and the claims of 20 agents:
#   ./benchmarks/large-prompt.sh [SEED] [KIND] > prompt.wf; time ./wfcheck refine prompt.wf
# KIND: loose (the default), where a quarter of the clauses speak of one decision; connected, where
# none does and a third speaks of three; clash, as loose, with six claims that need not fit.
# Every other clause is true of one hidden assignment, so that no clause is checked by whoever
# writes it. Each third decision has a default, half of which are what is hidden.
set -euo pipefail
awk -v seed="${1:-1}" -v kind_of_prompt="${2:-loose}" '
function random(n) { state = (state * 16807) % 2147483647; return state % n }
function value(i) {
  return kind[i] == "bool" ? random(2) : kind[i] == "case" ? random(4) : random(100)
}
function text(i, v) {
  if (kind[i] == "bool") return v ? "true" : "false"
  return kind[i] == "case" ? "c" i "_" v : v
}
function atom(  i, v) {
  i = random(200)
  v = is_odd ? value(i) : hidden[i]
  if (kind[i] == "bool") return v ? "d" i : "not d" i
  if (kind[i] == "case")
    return random(2) ? "d" i " == c" i "_" v : "d" i " != c" i "_" ((v + 1) % 4)
  return random(2) ? "d" i " <= " v + random(20) : "d" i " >= " v - random(20)
}
function clause(  i) {
  i = random(4)
  if (i == 0) return kind_of_prompt == "connected" ? atom() " or " atom() " or " atom() : atom()
  if (i == 1) return atom() " or " atom()
  if (i == 2) return atom() " implies " atom()
  i = 120 + random(80)
  next_one = i < 199 ? i + 1 : 120
  return "d" i " + d" next_one " <= " hidden[i] + hidden[next_one] + random(30)
}
BEGIN {
  state = seed + 12345
  for (i = 0; i < 200; i++) {
    kind[i] = i < 60 ? "bool" : i < 120 ? "case" : i < 180 ? "range" : "int"
    hidden[i] = value(i)
  }
  print "prompt Large \"200 decisions\" {"
  for (i = 0; i < 200; i++) {
    type = kind[i] == "bool" ? "bool" : kind[i] == "range" ? "0..100" : "int"
    if (kind[i] == "case") type = "{ c" i "_0, c" i "_1, c" i "_2, c" i "_3 }"
    preference = i % 3 ? "" : " default " text(i, i % 2 ? hidden[i] : value(i))
    print "  decision d" i ": " type preference
  }
  for (i = 0; i < 250; i++) print "  require " clause()
  print "}"
  for (agent = 0; agent < 20; agent++) {
    own = "d" agent
    for (i = agent + 20; i < 200; i += 20) own = own ", d" i
    print "claims of Agent" agent " {"
    print "  decides " own
    for (i = 0; i < (agent < 10 ? 13 : 12); i++) {
      is_odd = kind_of_prompt == "clash" && i == 0 && agent % 3 == 0
      print "  " clause()
      is_odd = 0
    }
    print "}"
  }
}'

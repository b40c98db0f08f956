import Syntax
import Testing

/// What is written, and how it is read.
private let readings: [(String, String)] = [
  // The table of precedence, level by level.
  ("a iff b implies c", "(a iff (b implies c))"),
  ("a implies b implies c", "(a implies (b implies c))"),
  ("a or b implies c or d", "((a or b) implies (c or d))"),
  ("a or b and c", "(a or (b and c))"),
  ("not a and b", "((not a) and b)"),
  ("not a == b", "(not (a == b))"),
  ("not a in s and b", "((not (a in s)) and b)"),
  ("not not a", "(not (not a))"),
  ("a == not b", "(a == (not b))"),
  ("x in s union t", "(x in (s union t))"),
  ("s union t minus u", "((s union t) minus u)"),
  ("s union t intersect u", "(s union (t intersect u))"),
  ("0..n - 1", "(0..(n - 1))"),
  ("x in 0..n - 1", "(x in (0..(n - 1)))"),
  ("{0} union 2..3", "({0} union (2..3))"),
  ("a - b - c", "((a - b) - c)"),
  ("a + b * c % d", "(a + ((b * c) % d))"),
  ("-a * b", "((- a) * b)"),
  ("- -a", "(- (- a))"),
  ("a - -1", "(a - (- 1))"),
  ("-x!", "(- x!)"),
  ("-9223372036854775808", "-9223372036854775808"),
  ("(a + b) * c", "((a + b) * c)"),
  // What reaches as far right as possible.
  ("all x in S: p and q", "(all x in S: (p and q))"),
  ("a and all x in S where p: q implies r", "(a and (all x in S where p: (q implies r)))"),
  ("all a, b in S: some c in T: a == c", "(all a, b in S: (some c in T: (a == c)))"),
  ("count x in S: p > 2", "(count x in S: (p > 2))"),
  ("(count x in S: p) > 2", "((count x in S: p) > 2)"),
  ("if c then a else b + 1", "(if c then a else (b + 1))"),
  ("always p implies eventually q or r", "(always (p implies (eventually (q or r))))"),
  ("always can p and q", "(always (can (p and q)))"),
  ("always p leads to q", "(always (p leads to q))"),
  ("p until q implies r", "((p until q) implies r)"),
  ("a or b until c and d", "((a or b) until (c and d))"),
  ("coalition {A, B} can ensure eventually p", "(coalition {A, B} can ensure (eventually p))"),
  // Values.
  ("Merger.merged! in Approvals.approved", "(Merger.merged! in Approvals.approved)"),
  ("Node[index(self) - 1].state", "Node[(index(self) - 1)].state"),
  ("Bid(round: 1, vote: yes).round", "Bid(round: 1, vote: yes).round"),
  ("[a, b,] + [c]", "([a, b] + [c])"),
  ("{x in S where x > 1 and p}", "{x in S where ((x > 1) and p)}"),
  ("{x in S}", "{(x in S)}"),
  ("map k in K: m[k] + 1", "(map k in K: (m[k] + 1))"),
  ("Patch in flight and q", "((Patch in flight) and q)"),
  ("m!= none", "(m != none)"),
  ("1_000", "1000"),
  // Words that are names where they mean nothing else.
  ("count + sum * map[all]", "(count + (sum * map[all]))"),
  ("step and from or head == timeout", "((step and from) or (head == timeout))"),
  ("can == leads", "(can == leads)"),
  // Lines.
  ("a and\n  b", "(a and b)"),
  ("a\n  and b", "(a and b)"),
  ("f(a,\n  b\n)", "f(a, b)"),
  ("if c then a\n  else b", "(if c then a else b)"),
]

@Test(arguments: readings)
func reads(_ reading: (written: String, read: String)) {
  let file = tree(of: "const X = \(reading.written)")
  #expect(diagnostics(of: "const X = \(reading.written)").isEmpty, "\(reading.written)")
  guard case .constant(_, let value) = file.declarations.first?.kind else {
    Issue.record("no constant: \(reading.written)")
    return
  }
  #expect(parenthesised(value) == reading.read)
}

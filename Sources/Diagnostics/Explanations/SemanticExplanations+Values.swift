/// Codes 0413 to 0426: sizes, constants, calls, indices, domains and decisions.
let valuesExplanations: [Explanation] = [
  Explanation(
    413, #"A state is too large"#,
    #"""
    All variables together take at most 1 048 576 bits. Explicit-state checking stores every
    state: protocols show their mistakes in hundreds of bits.
    """#,
    wrong: #"""
      shared var table: map[0..4000] of map[0..4000] of bool = false
      property empty: always not table[0][0]
      """#,
    mended: #"""
      shared var table: map[0..4] of map[0..4] of bool = false
      property empty: always not table[0][0]
      """#),
  Explanation(
    414, #"A variable needs an initial value"#,
    #"""
    `bool`, optionals, sets and sequences start as `false`, `none`, `{}`, `[]`, and records and
    maps of these likewise. Other types have no value that suggests itself. `= any` starts with
    every value of the type.
    """#,
    wrong: #"""
      shared var head: 0..3
      property small: always head < 4
      """#,
    mended: #"""
      shared var head: 0..3 = 0
      property small: always head < 4
      """#),
  Explanation(
    415, #"A size depends on the state"#,
    #"""
    Ranges of types, sizes of families and sequences, constants, params and budgets are fixed
    before anything runs: they use numbers, params, constants and functions of these.
    """#,
    wrong: #"""
      shared var size0: 0..3 = 3
      shared var n: 0..size0 = 0
      property small: always n <= size0
      """#,
    mended: #"""
      const size0 = 3
      shared var n: 0..size0 = 0
      property small: always n <= size0
      """#),
  Explanation(
    416, #"A constant cannot be worked out"#,
    #"""
    Constants are computed in 64 bits, with every error reported: overflow, division by zero, `!`
    on `none`. A constant that takes more than a million steps is given up.
    """#,
    wrong: #"""
      param N: 0..3 = 0
      const share = 12 / N
      shared var n: 0..12 = 0
      property fair: always n <= share
      """#,
    mended: #"""
      param N: 1..3 = 1
      const share = 12 / N
      shared var n: 0..12 = 0
      property fair: always n <= share
      """#),
  Explanation(
    417, #"A variable starts outside its range"#,
    #"""
    The initial value belongs to the type of the variable.
    """#,
    wrong: #"""
      shared var n: 1..4 = 0
      property small: always n < 4
      """#,
    mended: #"""
      shared var n: 0..4 = 0
      property small: always n < 4
      """#),
  Explanation(
    418, #"The number of values does not fit"#,
    #"""
    Records, messages, functions and patterns have as many values as they have fields or
    parameters. In a pattern `_` stands for a field that does not matter.
    """#,
    wrong: #"""
      message Approve(rev: 0..3, good: bool)
      agent Reviewer { on start { send Approve(1, true) to Merger } }
      agent Merger { var merged: 0..3 = 0; on Approve(r) { merged = r } }
      property merges: can Merger.merged == 1
      """#,
    mended: #"""
      message Approve(rev: 0..3, good: bool)
      agent Reviewer { on start { send Approve(1, true) to Merger } }
      agent Merger { var merged: 0..3 = 0; on Approve(r, _) { merged = r } }
      property merges: can Merger.merged == 1
      """#),
  Explanation(
    419, #"Something that is no set is chosen from or walked through"#,
    #"""
    `choose`, `for`, quantifiers and `in` need a set: a type, a family, a range, or a value of
    type `set of T`. `for`, quantifiers and `in` take sequences, too; to choose from one, choose
    a place of it.
    """#,
    wrong: #"""
      shared var log: seq of 0..3 up to 2 = [1, 2]
      shared var last: 0..3 = 0
      agent A { step pick { choose x in log; last = x } }
      property two: can last == 2
      """#,
    mended: #"""
      shared var log: seq of 0..3 up to 2 = [1, 2]
      shared var last: 0..3 = 0
      agent A { step pick { choose i in 0..size(log) - 1; last = log[i] } }
      property two: can last == 2
      """#),
  Explanation(
    420, #"A value without places is indexed"#,
    #"""
    `m[k]` reads a map, `s[i]` a sequence, `Node[i]` a member of a family. Whether something is in
    a set is asked with `in`.
    """#,
    wrong: #"""
      shared var done: set of 0..3
      property works: can done[1]
      """#,
    mended: #"""
      shared var done: set of 0..3
      property works: can 1 in done
      """#),
  Explanation(
    421, #"A single agent is indexed"#,
    #"""
    A family is declared with its size, `agent Node[3]`; then it has members, also if the size is
    1.
    """#,
    wrong: #"""
      agent Node { var up: bool = true }
      property up: always Node[0].up
      """#,
    mended: #"""
      agent Node { var up: bool = true }
      property up: always Node.up
      """#),
  Explanation(
    422, #"A map is built over a set that is no type"#,
    #"""
    A map has a value for every key of its key type, always. Keys that matter only sometimes are
    filtered where the map is read.
    """#,
    wrong: #"""
      shared var some2: set of 0..3
      shared var level: map[0..3] of bool = false
      agent Node { step clear { level = map k in some2: true } }
      property set2: can level[2] and 2 in some2
      """#,
    mended: #"""
      shared var some2: set of 0..3
      shared var level: map[0..3] of bool = false
      agent Node { step clear { level = map k in 0..3: k in some2 } }
      property set2: can level[2]
      """#),
  Explanation(
    423, #"A message is sent to something that is no agent"#,
    #"""
    After `to` stands an agent, a family, or a set of agents; each member of a set gets its own
    message.
    """#,
    wrong: #"""
      message Hello()
      shared var peer: B? = none
      agent A { step greet when peer != none { send Hello() to peer } }
      agent B { var met: bool = false; on Hello() { met = true } }
      property meets: can B.met
      """#,
    mended: #"""
      message Hello()
      shared var peer: B? = none
      agent A { step greet when peer != none { send Hello() to peer! } }
      agent B { var met: bool = false; on Hello() { met = true } }
      property meets: can B.met
      """#),
  Explanation(
    424, #"Expressions or definitions nest too deep"#,
    #"""
    Definitions that build on each other are worked out one inside the other, at most some hundred
    deep.
    """#,
    wrong: #"""
      // and so on, some hundred of them
      const a0 = a1 + 1
      const a1 = a2 + 1
      const a2 = a3 + 1
      """#,
    mended: #"""
      const a = 1
      const b = a + 1
      shared var n: 0..9 = b
      property same: always n == b
      """#),
  Explanation(
    425, #"A decision that is never open"#,
    #"""
    `valence of e` asks which values can still be decided. So there must be a way to say that
    nothing is decided yet: `e` is an optional, `none` until then, or the set of all values decided.
    """#,
    wrong: #"""
      agent A { var choice: bool = false; step decide { choice = true } }
      property open: valence of A.choice
      """#,
    mended: #"""
      agent A { var choice: bool? = none; step decide when choice == none { choice = true } }
      property open: valence of A.choice
      """#),
  Explanation(
    426, #"A decision with too many values"#,
    #"""
    For each state, valence keeps the set of values that can still be decided, among at most 64.
    Often only some trait of the value matters, such as which half it lies in.
    """#,
    wrong: #"""
      agent A {
          var bid: (0..99)? = none
          step decide when bid == none { choose b in 0..99; bid = b }
      }
      property open: valence of A.bid
      """#,
    mended: #"""
      agent A {
          var bid: (0..99)? = none
          step decide when bid == none { choose b in 0..99; bid = b }
      }
      property open: valence of {high in bool where A.bid != none and high == (A.bid! > 49)}
      """#),
]

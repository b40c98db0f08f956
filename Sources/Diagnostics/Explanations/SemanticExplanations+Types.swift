/// Codes 0401 to 0412: types of values, and types that are not finite.
let typesExplanations: [Explanation] = [
  Explanation(
    401, #"A value has the wrong type"#,
    #"""
    Assignments, arguments, conditions and keys need a value of one type. A `T` may stand for a
    `T?`; the other way round, `x!` takes the value of an optional that is not `none`. Integers of
    different ranges may stand for each other: the range is checked when the step runs.
    """#,
    wrong: #"""
      shared var merged: 0..3? = none
      shared var head: 0..3 = 0
      agent Merger { step merge when merged != none { head = merged } }
      property moves: can head == 1
      """#,
    mended: #"""
      shared var merged: 0..3? = none
      shared var head: 0..3 = 0
      agent Merger { step merge when merged != none { head = merged! } }
      property moves: can head == 1
      """#),
  Explanation(
    402, #"Two values have no type in common"#,
    #"""
    Both sides of `==`, `union` and the like, and both branches of a conditional, are values of
    one type. Ranges may differ, a `T` meets a `T?`, and identities meet identities.
    """#,
    wrong: #"""
      enum Vote { yes, no }
      shared var last: Vote = no
      property agreed: can last == true
      """#,
    mended: #"""
      enum Vote { yes, no }
      shared var last: Vote = no
      property agreed: can last == yes
      """#),
  Explanation(
    403, #"An operator does not apply to this type"#,
    #"""
    Arithmetic and `<` are for integers, `union`, `minus` and `intersect` for sets, `+` also for
    sequences. Identities are compared by their places: `index(a) < index(b)`.
    """#,
    wrong: #"""
      shared var done: set of 0..3
      agent Worker { step work { done = done + {1} } }
      property works: can 1 in done
      """#,
    mended: #"""
      shared var done: set of 0..3
      agent Worker { step work { done = done union {1} } }
      property works: can 1 in done
      """#),
  Explanation(
    404, #"The type of an empty value is not known"#,
    #"""
    `none`, `{}` and `[]` take their type from where they are used: the variable, the field, the
    other side of `==`. A `let` does not tell; a `var` with its type does.
    """#,
    wrong: #"""
      shared var done: set of 0..3
      agent Worker { step work { let start = {}; done = start } }
      property idle: can size(done) == 0
      """#,
    mended: #"""
      shared var done: set of 0..3
      agent Worker { step work { var start: set of 0..3 = {}; done = start } }
      property idle: can size(done) == 0
      """#),
  Explanation(
    405, #"`none` stands where there is always a value"#,
    #"""
    Only a type with `?` has the value `none`.
    """#,
    wrong: #"""
      shared var head: 0..3 = 0
      property open: can head == none
      """#,
    mended: #"""
      shared var head: 0..3? = 0
      property open: can head == none
      """#),
  Explanation(
    406, #"`!` is applied to a value that is always there"#,
    #"""
    `x!` takes the value of an optional; where that is `none`, it is a violation with a trace.
    """#,
    wrong: #"""
      shared var head: 0..3 = 0
      property open: can head! == 0
      """#,
    mended: #"""
      shared var head: 0..3 = 0
      property open: can head == 0
      """#),
  Explanation(
    407, #"A type has infinitely many values"#,
    #"""
    Every state is visited, so that every variable and every field has finitely many values.
    Choose the smallest range in which the protocol still shows its mistakes. `int`, `real` and
    `string` belong to the decisions of a prompt.
    """#,
    wrong: #"""
      shared var n: int = 0
      property small: always n < 4
      """#,
    mended: #"""
      shared var n: 0..7 = 0
      property small: always n < 4
      """#),
  Explanation(
    408, #"A text or a decimal number stands in an expression"#,
    #"""
    Values are booleans, integers, enum cases, identities, and what is built from them. What a
    text stands for can be a case of an enumeration.
    """#,
    wrong: #"""
      enum Phase { open, closed }
      shared var phase: Phase = open
      property closes: can phase == "closed"
      """#,
    mended: #"""
      enum Phase { open, closed }
      shared var phase: Phase = open
      property closes: can phase == closed
      """#),
  Explanation(
    409, #"An enumeration without a name stands outside of a decision"#,
    #"""
    `{ a, b }` as a type is for the decisions of a prompt. Elsewhere an enumeration has a name, so
    that its cases have one too.
    """#,
    wrong: #"""
      shared var phase: { open, closed }
      property same: always phase == phase
      """#,
    mended: #"""
      enum Phase { open, closed }
      shared var phase: Phase = open
      property same: always phase == phase
      """#),
  Explanation(
    410, #"A range has no values"#,
    #"""
    As a type, `lower..upper` needs lower <= upper, under every choice of params. (As a set, to
    choose from or quantify over, an empty range is an empty set.)
    """#,
    wrong: #"""
      param N: 0..3 = 0
      shared var n: 1..N = 1
      property one: always n == 1
      """#,
    mended: #"""
      param N: 1..3 = 1
      shared var n: 1..N = 1
      property one: always n == 1
      """#),
  Explanation(
    411, #"A set would have too many possible elements"#,
    #"""
    A set holds a bit for each value of its element type, and a map an entry for each key: at most
    4096. Larger ranges may be chosen from, quantified over, and stand right of `in`.
    """#,
    wrong: #"""
      shared var seen: set of 0..99999
      property none0: always not 0 in seen
      """#,
    mended: #"""
      shared var seen: set of 0..99
      property none0: always not 0 in seen
      """#),
  Explanation(
    412, #"A size is out of its limits"#,
    #"""
    A family has 1 to 255 members, a sequence up to 1024 elements, a channel a capacity of 1 to
    1024, and the budget of a fault is 0 to a million.
    """#,
    wrong: #"""
      agent Node[0] { var up: bool = true }
      property up: always all n in Node: n.up
      """#,
    mended: #"""
      agent Node[2] { var up: bool = true }
      property up: always all n in Node: n.up
      """#),
]

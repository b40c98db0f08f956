/// Codes 0228 to 0241: a part is left out.
let missingExplanations: [Explanation] = [
  Explanation(
    228, #"A block without braces"#,
    #"""
    The parts of `if`, `match`, `for`, `while`, `loop` and the body of each rule stand in braces,
    also when they are a single statement.
    """#,
    wrong: #"""
      agent Coder {
        var head: 0..3 = 0
        step push { if head < 3 head = 3 }
      }
      """#,
    mended: #"""
      agent Coder {
        var head: 0..3 = 0
        step push { if head < 3 { head = 3 } }
      }
      """#),
  Explanation(
    229, #"A message is sent to nobody"#,
    #"""
    `send M(…) to T` names the receiver: an agent, a member of a family, a set of agents, or a
    whole family.
    """#,
    wrong: #"""
      message Ping()
      agent Coder { on start { send Ping() Reviewer } }
      """#,
    mended: #"""
      message Ping()
      agent Coder { on start { send Ping() to Reviewer } }
      """#),
  Explanation(
    230, #"A message is sent without parentheses"#,
    #"""
    `send` makes a message from its fields, which stand in parentheses, also when there are none.
    """#,
    wrong: #"""
      message Ping()
      agent Coder { on start { send Ping to Reviewer } }
      """#,
    mended: #"""
      message Ping()
      agent Coder { on start { send Ping() to Reviewer } }
      """#),
  Explanation(
    231, #"A message is declared without parentheses"#,
    #"""
    A message is declared with its fields in parentheses, also when there are none.
    """#,
    wrong: #"""
      message Ping
      """#,
    mended: #"""
      message Ping()
      """#),
  Explanation(
    232, #"`when` is missing"#,
    #"""
    The condition of a rule begins with `when`. The rule is enabled while the condition holds.
    """#,
    wrong: #"""
      agent Coder {
        var head: 0..3 = 0
        step push head < 3 { head = 3 }
      }
      """#,
    mended: #"""
      agent Coder {
        var head: 0..3 = 0
        step push when head < 3 { head = 3 }
      }
      """#),
  Explanation(
    233, #"A variable has no type"#,
    #"""
    The values of all variables make up the states, so that every variable and parameter names
    them. Only `let` takes its type from its value.
    """#,
    wrong: #"""
      agent Coder { var head = 0 }
      """#,
    mended: #"""
      agent Coder { var head: 0..3 = 0 }
      """#),
  Explanation(
    234, #"A parameter has no default value"#,
    #"""
    A parameter is a constant that a check or `--set` may replace within its type. Its default is
    used otherwise.
    """#,
    wrong: #"""
      param N: 1..7
      """#,
    mended: #"""
      param N: 1..7 = 3
      """#),
  Explanation(
    235, #"A function has no result type"#,
    #"""
    A function is written `function name(a: T) -> R = expression`.
    """#,
    wrong: #"""
      function half(n: 0..8) = n / 2
      """#,
    mended: #"""
      function half(n: 0..8) -> 0..4 = n / 2
      """#),
  Explanation(
    236, #"A function has no value"#,
    #"""
    A function is a single expression after `=`, without statements and without `return`. For
    several cases use `if c then a else b`.
    """#,
    wrong: #"""
      function half(n: 0..8) -> 0..4 { return n / 2 }
      """#,
    mended: #"""
      function half(n: 0..8) -> 0..4 = n / 2
      """#),
  Explanation(
    237, #"A property has no formula"#,
    #"""
    A property is a name, `:` and one formula; the formula says what kind it is.
    """#,
    wrong: #"""
      property agreement = always true
      """#,
    mended: #"""
      property agreement: always true
      """#),
  Explanation(
    238, #"A sequence has no greatest length"#,
    #"""
    Every type is finite. `seq of T up to k` holds at most `k` elements, and one more is a
    violation with a trace.
    """#,
    wrong: #"""
      agent Coder { var todo: seq of 0..3 }
      """#,
    mended: #"""
      agent Coder { var todo: seq of 0..3 up to 2 }
      """#),
  Explanation(
    239, #"A fault has no budget"#,
    #"""
    Crashes and byzantine agents are bounded: `up to f of A`. Losses and copies may be unbounded:
    `lose messages`.
    """#,
    wrong: #"""
      faults { crash 1 of Node }
      """#,
    mended: #"""
      faults { crash up to 1 of Node }
      """#),
  Explanation(
    240, #"A comma is missing"#,
    #"""
    The members of a list stand between commas. One comma may follow the last member; in an `enum`
    or `record` a line end does instead of a comma.
    """#,
    wrong: #"""
      enum Vote { yes no }
      """#,
    mended: #"""
      enum Vote { yes, no }
      """#),
  Explanation(
    241, #"`:` is missing after a quantifier"#,
    #"""
    `all x in S: e` separates the values from the body with a colon, and so do `some`, `count`,
    `sum` and `map`. The body reaches as far to the right as possible.
    """#,
    wrong: #"""
      property done: always all n in Node n.done
      """#,
    mended: #"""
      property done: always all n in Node: n.done
      """#),
]

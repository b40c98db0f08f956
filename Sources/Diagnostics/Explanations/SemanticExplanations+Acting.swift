/// Codes 0510 to 0517: who may do what, and where.
let actingExplanations: [Explanation] = [
  Explanation(
    510, #"Something is assigned that does not change"#,
    #"""
    Params, constants, functions, `let`s and binders keep their value. Declare a `var` for what
    changes.
    """#,
    wrong: #"""
      shared var n: 0..9 = 0
      agent Counter { step count { let next = n; next += 1; n = next } }
      property counts: can n == 1
      """#,
    mended: #"""
      shared var n: 0..9 = 0
      agent Counter { step count { var next: 0..9 = n; next += 1; n = next } }
      property counts: can n == 1
      """#),
  Explanation(
    511, #"An input is assigned"#,
    #"""
    `input x: T` stands for a value from outside: any value of T at the start, and the same for
    ever. `var x: T = any` starts anywhere, too, and may be assigned.
    """#,
    wrong: #"""
      agent Node { input mine: 0..1; step flip1 { mine = 1 - mine } }
      property one: can Node.mine == 1
      """#,
    mended: #"""
      agent Node { var mine: 0..1 = any; step flip1 { mine = 1 - mine } }
      property one: can Node.mine == 1
      """#),
  Explanation(
    512, #"A variable of somebody else is assigned"#,
    #"""
    An agent assigns its own variables and shared ones; a monitor only its own. What another agent
    shall do is sent to it.
    """#,
    wrong: #"""
      agent Coder { step finish { Merger.merged = true } }
      agent Merger { var merged: bool = false }
      property merges: can Merger.merged
      """#,
    mended: #"""
      message Done()
      agent Coder { step finish { send Done() to Merger } }
      agent Merger { var merged: bool = false; on Done() { merged = true } }
      property merges: can Merger.merged
      """#),
  Explanation(
    513, #"The left side of `=` is no place"#,
    #"""
    Assignments write a variable, a field of a record, or a place of a map or sequence. An
    optional is assigned as a whole.
    """#,
    wrong: #"""
      record Bid { round: 0..3 }
      shared var bid: Bid? = none
      agent Node { step raise when bid != none { bid.round = 3 } }
      property late: can bid != none
      """#,
    mended: #"""
      record Bid { round: 0..3 }
      shared var bid: Bid? = none
      agent Node { step raise when bid != none { bid = Bid(round: 3) } }
      property late: can bid != none
      """#),
  Explanation(
    514, #"A monitor acts"#,
    #"""
    A monitor is run inside the steps of others and changes nothing but its own variables. Whoever
    sends, chooses or stops is an agent or an environment.
    """#,
    wrong: #"""
      message Done()
      agent A { on start { send Done() to B } }
      agent B { on Done() { } }
      monitor Echo { on sent Done() { send Done() to B } }
      property sent: can Done in flight
      """#,
    mended: #"""
      message Done()
      agent A { on start { send Done() to B } }
      agent B { on Done() { } }
      environment Echo { step repeat { send Done() to B } }
      property sent: can Done in flight
      """#),
  Explanation(
    515, #"A blocking statement stands outside `run`"#,
    #"""
    `on …` and `step` are one step each, from beginning to end. To wait in the middle, write a
    sequential program: `run { … }`.
    """#,
    wrong: #"""
      message Ask()
      message Answer()
      agent A { on start { send Ask() to B; receive Answer() } }
      agent B { on Ask() from a { send Answer() to a } }
      property asks: can Ask in flight
      """#,
    mended: #"""
      message Ask()
      message Answer()
      agent A { run { send Ask() to B; receive Answer() } }
      agent B { on Ask() from a { send Answer() to a } }
      property asks: can Ask in flight
      """#),
  Explanation(
    516, #"A loop can go round without blocking"#,
    #"""
    A step goes from one blocking statement to just before the next. A way round a `loop` without
    any would be a step that never ends. `if` without `else`, `while`, and `for` over a set that
    may be empty count as ways without.
    """#,
    wrong: #"""
      shared var n: 0..3 = 0
      agent Counter { run { loop { if n == 0 { yield } } } }
      property zero: can n == 0
      """#,
    mended: #"""
      shared var n: 0..3 = 0
      agent Counter { run { loop { await n == 0 } } }
      property zero: can n == 0
      """#),
  Explanation(
    517, #"An agent has two rules of which it may have one"#,
    #"""
    An agent begins once, recovers in one way and has one sequential program.
    """#,
    wrong: #"""
      shared var n: 0..3 = 0
      agent Counter { on start { n = 1 }; on start { n = 2 } }
      property counts: can n == 1
      """#,
    mended: #"""
      shared var n: 0..3 = 0
      agent Counter { on start { choose x in 1..2; n = x } }
      property counts: can n == 1
      """#),
]

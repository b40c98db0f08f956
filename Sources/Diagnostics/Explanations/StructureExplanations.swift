/// Codes 0252 to 0262: the parts do not fit together.
let structureExplanations: [Explanation] = [
  Explanation(
    252, #"`then` is missing"#,
    #"""
    `if` at the start of a statement has blocks in braces. Inside an expression it is `if c then a
    else b`.
    """#,
    wrong: #"""
      agent Coder {
        var head: 0..3 = 0
        step push { head = if head > 1 { 1 } else { 0 } }
      }
      """#,
    mended: #"""
      agent Coder {
        var head: 0..3 = 0
        step push { head = if head > 1 then 1 else 0 }
      }
      """#),
  Explanation(
    253, #"`else` is missing in an expression"#,
    #"""
    An expression has a value in either case: `if c then a else b`. To assign in one case only,
    use the statement `if c { x = a }`.
    """#,
    wrong: #"""
      agent Coder {
        var head: 0..3 = 0
        step push { head = if head > 1 then 1 }
      }
      """#,
    mended: #"""
      agent Coder {
        var head: 0..3 = 0
        step push { if head > 1 { head = 1 } }
      }
      """#),
  Explanation(
    254, #"A name stands alone"#,
    #"""
    A statement does something: it assigns, sends, chooses or waits. Functions are pure, so that
    calling one does nothing.
    """#,
    wrong: #"""
      agent Coder {
        var head: 0..3 = 0
        step push { head }
      }
      """#,
    mended: #"""
      agent Coder {
        var head: 0..3 = 0
        step push { head += 1 }
      }
      """#),
  Explanation(
    255, #"`else` or `or` belongs to nothing"#,
    #"""
    `else` follows the block of an `if`, `or` the block of an `either`; nothing stands between
    them.
    """#,
    wrong: #"""
      agent Coder {
        var head: 0..3 = 0
        step push {
          head = 1
          else { head = 2 }
        }
      }
      """#,
    mended: #"""
      agent Coder {
        var head: 0..3 = 0
        step push {
          if head == 0 { head = 1 }
          else { head = 2 }
        }
      }
      """#),
  Explanation(
    256, #"A `case` is missing"#,
    #"""
    The block of `match` holds cases: `case v, w { … }`, and at the end `else { … }` for all other
    values.
    """#,
    wrong: #"""
      agent Coder {
        var head: 0..3 = 0
        step push { match head { 0 { head = 1 } } }
      }
      """#,
    mended: #"""
      agent Coder {
        var head: 0..3 = 0
        step push { match head { case 0 { head = 1 } } }
      }
      """#),
  Explanation(
    257, #"`either` without `or`"#,
    #"""
    `either { … } or { … }` goes on with one of the branches that can proceed. With one branch
    there is nothing to choose.
    """#,
    wrong: #"""
      agent Coder {
        var head: 0..3 = 0
        run { either { await head > 1 } }
      }
      """#,
    mended: #"""
      agent Coder {
        var head: 0..3 = 0
        run { either { await head > 1 } or { stop } }
      }
      """#),
  Explanation(
    258, #"An `input` is given a value"#,
    #"""
    `input x: T` starts with each value of its type, in one initial state each, and never changes.
    `where` restricts it. A variable with a single initial value is a `var`.
    """#,
    wrong: #"""
      agent Coder { input limit: 0..3 = 2 }
      """#,
    mended: #"""
      agent Coder { input limit: 0..3 where limit > 1 }
      """#),
  Explanation(
    259, #"`on start` has a condition"#,
    #"""
    `on start` is done once, as the agent's first step, and `on recover` after each recovery. They
    wait for nothing.
    """#,
    wrong: #"""
      agent Coder {
        var head: 0..3 = 0
        on start when head == 0 { head = 1 }
      }
      """#,
    mended: #"""
      agent Coder {
        var head: 0..3 = 0
        on start { if head == 0 { head = 1 } }
      }
      """#),
  Explanation(
    260, #"What is counted is missing"#,
    #"""
    `expect 288 states, 1145 transitions` compares the numbers of a run without reductions.
    """#,
    wrong: #"""
      check counts { expect 288 }
      """#,
    mended: #"""
      check counts { expect 288 states }
      """#),
  Explanation(
    261, #"A constant has a type"#,
    #"""
    The type of a constant is known from its value. A `param` has a type, since a check may
    replace its value.
    """#,
    wrong: #"""
      const Quorum: 0..3 = 2
      """#,
    mended: #"""
      const Quorum = 2
      """#),
  Explanation(
    262, #"The file to import is missing"#,
    #"""
    `import` is followed by a string with the path of the file, relative to this one.
    """#,
    wrong: #"""
      import quorum
      """#,
    mended: #"""
      import "quorum.wf"
      """#),
  Explanation(
    263, #"Something in a prompt is neither a decision nor a requirement"#,
    #"""
    A `prompt` leaves decisions open and says what every solution must satisfy: its lines begin with
    `decision` or `require`.
    """#,
    wrong: #"""
      prompt App "an app" {
        decision users: int
        users > 0
      }
      """#,
    mended: #"""
      prompt App "an app" {
        decision users: int
        require users > 0
      }
      """#),
]

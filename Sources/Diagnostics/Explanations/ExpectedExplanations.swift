/// Codes 0201 to 0220: something else was expected.
let expectedExplanations: [Explanation] = [
  Explanation(
    201, #"An expression is missing"#,
    #"""
    Where a value is needed there is none: the line ends, or what stands there cannot begin an
    expression. An expression goes on over a line end after an operator and inside brackets.
    """#,
    wrong: #"""
      agent Coder {
        var head: 0..3 = 0
        step push { head = }
      }
      """#,
    mended: #"""
      agent Coder {
        var head: 0..3 = 0
        step push { head = 1 }
      }
      """#),
  Explanation(
    202, #"A name is missing"#,
    #"""
    A declaration, a field or a binder has a name: a letter or `_`, then letters, digits and `_`.
    """#,
    wrong: #"""
      message (rev: bool)
      """#,
    mended: #"""
      message Patch(rev: bool)
      """#),
  Explanation(
    203, #"A reserved word is used as a name"#,
    #"""
    A few words are reserved, since expressions and statements are read by them: the literals
    `true`, `false` and `none`; the operators in words; `if`, `then`, `else`, `let`, `var`, `for`,
    `while`, `match`, `case`, `where`, `when`; `always`, `eventually`, `until`; `self` and
    `sender`. All other words, such as `step`, `from`, `head` and `timeout`, can be names.
    """#,
    wrong: #"""
      enum Phase { before, until, after }
      """#,
    mended: #"""
      enum Phase { before, during, after }
      """#),
  Explanation(
    204, #"A type is missing"#,
    #"""
    Types are `bool`, integer ranges such as `0..3`, the names of declared types and agents, `T?`,
    `set of T`, `seq of T up to k` and `map[K] of T`. All of them are finite.
    """#,
    wrong: #"""
      message Vote(yes: )
      """#,
    mended: #"""
      message Vote(yes: bool)
      """#),
  Explanation(
    205, #"A bracket or sign is missing"#,
    #"""
    Brackets come in pairs, and the parts of a declaration are held together by signs. The message
    shows the bracket that is still open.
    """#,
    wrong: #"""
      const Quorum = (N + 1 / 2
      const N = 3
      """#,
    mended: #"""
      const Quorum = (N + 1) / 2
      const N = 3
      """#),
  Explanation(
    206, #"A word is missing"#,
    #"""
    Some declarations and statements consist of several words, such as `choose x in S`, `shared
    var`, `up to 2 of Node`.
    """#,
    wrong: #"""
      agent Coder {
        var head: 0..3 = 0
        step pick { choose good bool }
      }
      """#,
    mended: #"""
      agent Coder {
        var head: 0..3 = 0
        step pick { choose good in bool }
      }
      """#),
  Explanation(
    207, #"A block is not closed"#,
    #"""
    A block begins with `{` and ends with `}`. Where a declaration begins in the first column,
    every block that is still open is taken to end, so that one missing brace costs one message.
    """#,
    wrong: #"""
      agent Coder {
        on start { stop }

      agent Reviewer { on start { stop } }
      """#,
    mended: #"""
      agent Coder {
        on start { stop }
      }

      agent Reviewer { on start { stop } }
      """#),
  Explanation(
    208, #"A brace closes nothing"#,
    #"""
    There is one `}` more than `{` before it. Often the block was closed a line too early.
    """#,
    wrong: #"""
      agent Coder { on start { stop } }}
      """#,
    mended: #"""
      agent Coder { on start { stop } }
      """#),
  Explanation(
    209, #"The line should end"#,
    #"""
    Statements and declarations end at the end of the line or at `;`. What stands here cannot
    continue what stands before it: an operator or a `;` is missing.
    """#,
    wrong: #"""
      agent Coder {
        var head: 0..3 = 0
        step push { head = 1 head = 2 }
      }
      """#,
    mended: #"""
      agent Coder {
        var head: 0..3 = 0
        step push { head = 1; head = 2 }
      }
      """#),
  Explanation(
    210, #"A declaration should begin"#,
    #"""
    At the top level of a file stand declarations only, each beginning with its word. Statements
    and rules stand inside an agent.
    """#,
    wrong: #"""
      agnet Coder { on start { stop } }
      """#,
    mended: #"""
      agent Coder { on start { stop } }
      """#),
  Explanation(
    211, #"A statement should begin"#,
    #"""
    In a block stand statements. Those that wait (`receive`, `await`, `either`, `yield`) belong
    into `run`.
    """#,
    wrong: #"""
      agent Coder {
        var head: 0..3 = 0
        step push { 3 }
      }
      """#,
    mended: #"""
      agent Coder {
        var head: 0..3 = 0
        step push { head = 3 }
      }
      """#),
  Explanation(
    212, #"A variable or rule should begin"#,
    #"""
    An agent holds variables and rules. A rule is one atomic step: `on start`, `on Message(…)`,
    `on recover`, `step name`, or a sequential program in `run`. Statements stand inside a rule.
    """#,
    wrong: #"""
      agent Coder {
        var head: 0..3 = 0
        head = 1
      }
      """#,
    mended: #"""
      agent Coder {
        var head: 0..3 = 0
        on start { head = 1 }
      }
      """#),
  Explanation(
    213, #"A variable or rule of a monitor should begin"#,
    #"""
    A monitor watches: its rules are `on sent M(…)`, `on received M(…)` and `on crash of n`. They
    run inside the step that sends, receives or crashes.
    """#,
    wrong: #"""
      message Approve()
      monitor Approvals {
        var seen: bool
        on Approve() { seen = true }
      }
      """#,
    mended: #"""
      message Approve()
      monitor Approvals {
        var seen: bool
        on sent Approve() { seen = true }
      }
      """#),
  Explanation(
    214, #"A setting or expectation should stand here"#,
    #"""
    A check is a scenario with its expected results: settings of parameters, `network`, `faults`,
    and `expect`, `allow`, `forbid`.
    """#,
    wrong: #"""
      check oneCrash { agreement holds }
      """#,
    mended: #"""
      check oneCrash { expect agreement }
      """#),
  Explanation(
    215, #"A fault should stand here"#,
    #"""
    Faults are transitions that the agents do not control: `crash up to f of A` (with `, partial
    sends` or `with recovery`), `byzantine up to f of A`, `lose` and `duplicate` `[up to k]
    messages [of M]`.
    """#,
    wrong: #"""
      faults { drop messages }
      """#,
    mended: #"""
      faults { lose messages }
      """#),
  Explanation(
    216, #"The kind of network is missing"#,
    #"""
    In an `unordered` network any message in flight can be delivered next; with `fifo` each
    ordered pair of agents has a queue. Either may have a `capacity`.
    """#,
    wrong: #"""
      network ordered
      """#,
    mended: #"""
      network fifo
      """#),
  Explanation(
    217, #"The text is nested too deeply"#,
    #"""
    Brackets, blocks, `else if` and operators in a row may nest 100 levels deep: much more than a
    reader can follow, and little enough for any stack. Generated specs name parts with `const`,
    `let` or `function`.
    """#,
    wrong: "const X = " + String(repeating: "(", count: 101) + "1"
      + String(repeating: ")", count: 101),
    mended: #"""
      const X = (1)
      """#),
  Explanation(
    218, #"There are more mistakes in the file"#,
    #"""
    Of one file the first 50 messages are shown.
    """#,
    wrong: #"""
      (a file with 60 mistakes)
      """#,
    mended: #"""
      (the same with 50)
      """#),
  Explanation(
    219, #"The file is empty"#,
    #"""
    A spec that can be checked begins with `workflow Name`. This file holds nothing but blanks and
    comments.
    """#,
    wrong: #"""
      // to do
      """#,
    mended: #"""
      workflow Todo
      """#),
  Explanation(
    220, #"The workflow is not named first"#,
    #"""
    `workflow Name` is the first declaration of a file that can be checked, and stands there once.
    A file that is imported needs none.
    """#,
    wrong: #"""
      const N = 3
      workflow Quorum
      """#,
    mended: #"""
      workflow Quorum
      const N = 3
      """#),
]

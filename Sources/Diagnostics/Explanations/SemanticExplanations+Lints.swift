/// Codes 0701 to 0711: what is probably not meant.
let lintsExplanations: [Explanation] = [
  Explanation(
    701, #"A rule never takes a message"#,
    #"""
    No `send` in the file fits the rule: the type, the sender, the receiver, or a constant in the
    pattern rules all of them out. Often a message was renamed or goes to somebody else.
    """#,
    wrong: #"""
      message Approve(good: bool)
      agent Reviewer { on start { send Approve(true) to Merger } }
      agent Merger {
        var merged: bool = false
        on Approve(true) { merged = true }
        on Approve(false) { merged = false }
      }
      property merges: can Merger.merged
      """#,
    mended: #"""
      message Approve(good: bool)
      agent Reviewer { on start { ask good in bool; send Approve(good) to Merger } }
      agent Merger {
        var merged: bool = false
        on Approve(true) { merged = true }
        on Approve(false) { merged = false }
      }
      property merges: can Merger.merged
      """#),
  Explanation(
    702, #"A message is sent and nobody handles it"#,
    #"""
    It stays in flight for ever, multiplies the states, and never has an effect. A message that
    only a monitor watches still needs a receiver that takes it.
    """#,
    wrong: #"""
      message Done()
      shared var n: 0..3 = 0
      agent A { on start { n = 1; send Done() to B } }
      agent B { step count { n = 2 } }
      property counts: can n == 2
      """#,
    mended: #"""
      message Done()
      shared var n: 0..3 = 0
      agent A { on start { n = 1; send Done() to B } }
      agent B { on Done() { n = 2 } }
      property counts: can n == 2
      """#),
  Explanation(
    703, #"A message goes to an agent that does not handle it"#,
    #"""
    Somebody handles the message, but not the agent it is sent to.
    """#,
    wrong: #"""
      message Done()
      shared var n: 0..3 = 0
      agent A { on start { send Done() to A; send Done() to B } }
      agent B { on Done() { n = 2 } }
      property counts: can n == 2
      """#,
    mended: #"""
      message Done()
      shared var n: 0..3 = 0
      agent A { on start { send Done() to B } }
      agent B { on Done() { n = 2 } }
      property counts: can n == 2
      """#),
  Explanation(
    704, #"A variable is never read"#,
    #"""
    It makes states differ that behave the same. Remove it, or let a property read it. A name that
    begins with `_` says that this is meant.
    """#,
    wrong: #"""
      shared var n: 0..3 = 0
      shared var old: 0..3 = 0
      agent A { step count when n < 3 { old = n; n += 1 } }
      property counts: can n == 2
      """#,
    mended: #"""
      shared var n: 0..3 = 0
      agent A { step count when n < 3 { n += 1 } }
      property counts: can n == 2
      """#),
  Explanation(
    705, #"A declaration is never used"#,
    #"""
    A param, constant, type, function or message that nothing refers to: often the rest of
    something that was renamed.
    """#,
    wrong: #"""
      param N: 1..4 = 2
      shared var n: 0..3 = 0
      property small: always n < 4
      """#,
    mended: #"""
      param N: 1..4 = 2
      shared var n: 0..N = 0
      property small: always n < 4
      """#),
  Explanation(
    706, #"A condition does not depend on anything"#,
    #"""
    A `when` or `await` that is always true holds nothing back; one that is always false never
    lets the rule happen. Conditions that depend on a param are not meant by this.
    """#,
    wrong: #"""
      shared var n: 0..3 = 0
      agent A { step count when 1 > 2 { n = 1 } }
      property counts: can n == 1
      """#,
    mended: #"""
      shared var n: 0..3 = 0
      agent A { step count when n < 2 { n = 1 } }
      property counts: can n == 1
      """#),
  Explanation(
    707, #"A property is constant"#,
    #"""
    Its predicate reads nothing of the state, so that it says nothing about the workflow.
    """#,
    wrong: #"""
      shared var n: 0..3 = 0
      property small: always 1 < 4
      property zero: can n == 0
      """#,
    mended: #"""
      shared var n: 0..3 = 0
      property small: always n < 4
      property zero: can n == 0
      """#),
  Explanation(
    708, #"A property speaks about initial states only"#,
    #"""
    Without a word about time, a formula is about the state in which a run starts.
    """#,
    wrong: #"""
      shared var n: 0..3 = 0
      property small: n < 4
      """#,
    mended: #"""
      shared var n: 0..3 = 0
      property small: always n < 4
      """#),
  Explanation(
    709, #"A statement is never reached"#,
    #"""
    `stop` ends the agent and the body at once, and a `loop` goes on until then.
    """#,
    wrong: #"""
      shared var n: 0..3 = 0
      agent A { step count { stop; n = 1 } }
      property counts: can n == 1
      """#,
    mended: #"""
      shared var n: 0..3 = 0
      agent A { step count { n = 1; stop } }
      property counts: can n == 1
      """#),
  Explanation(
    710, #"A case of `match` repeats an earlier one"#,
    #"""
    The first case that fits is taken, and the others are not looked at.
    """#,
    wrong: #"""
      enum Vote { yes, no }
      shared var v: Vote = yes
      agent A { step turn { match v { case yes { v = no } case yes { v = yes } } } }
      property turns: can v == no
      """#,
    mended: #"""
      enum Vote { yes, no }
      shared var v: Vote = yes
      agent A { step turn { match v { case yes { v = no } case no { v = yes } } } }
      property turns: can v == no
      """#),
  Explanation(
    711, #"A local name hides a variable"#,
    #"""
    `on Ack(bit)` binds a new name, also where the agent has a variable `bit`: it does not
    compare. Take another name, and compare with `when`.
    """#,
    wrong: #"""
      message Ack(bit: 0..1)
      agent Sender {
        var bit: 0..1 = 0
        step next { bit = 1 - bit; send Ack(bit) to Sender }
        on Ack(bit) { }
      }
      property turns: can Sender.bit == 1
      """#,
    mended: #"""
      message Ack(bit: 0..1)
      agent Sender {
        var bit: 0..1 = 0
        step next { bit = 1 - bit; send Ack(bit) to Sender }
        on Ack(b) when b == bit { }
      }
      property turns: can Sender.bit == 1
      """#),
]

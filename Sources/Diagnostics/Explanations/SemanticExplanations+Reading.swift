/// Codes 0501 to 0509: who may read what.
let readingExplanations: [Explanation] = [
  Explanation(
    501, #"A function reads a variable"#,
    #"""
    A function depends on its parameters only, so that it means the same wherever it is called.
    Hand over what it needs.
    """#,
    wrong: #"""
      shared var votes: set of 0..2
      function majority() -> bool = size(votes) >= 2
      property decided: can majority()
      """#,
    mended: #"""
      shared var votes: set of 0..2
      function majority(cast: set of 0..2) -> bool = size(cast) >= 2
      property decided: can majority(votes)
      """#),
  Explanation(
    502, #"An initial value reads a variable that starts later"#,
    #"""
    Shared variables start first, then each agent's in the order of declaration, then the
    monitors'. An initial value may read shared variables and those of its own agent, as far as
    they come before.
    """#,
    wrong: #"""
      agent Node { var copy: 0..3 = mine; var mine: 0..3 = any; step move { copy = mine } }
      property same: always Node.copy == Node.mine
      """#,
    mended: #"""
      agent Node { var mine: 0..3 = any; var copy: 0..3 = mine; step move { copy = mine } }
      property same: always Node.copy == Node.mine
      """#),
  Explanation(
    503, #"An agent reads what belongs to another"#,
    #"""
    Agents know their own variables, shared ones, and what messages tell them: that is what makes
    a protocol. Properties, monitors and environments read everything.
    """#,
    wrong: #"""
      agent Coder { var done: bool = false; step finish { done = true } }
      agent Merger { var merged: bool = false; step merge when Coder.done { merged = true } }
      property merges: can Merger.merged
      """#,
    mended: #"""
      message Done()
      agent Coder { step finish { send Done() to Merger } }
      agent Merger { var merged: bool = false; on Done() { merged = true } }
      property merges: can Merger.merged
      """#),
  Explanation(
    504, #"An agent reads who crashed"#,
    #"""
    No agent of an asynchronous system can tell a crashed agent from a slow one. Properties,
    monitors and environments read the status; an agent has timeouts.
    """#,
    wrong: #"""
      agent Node[2] { var alone: bool = false; step notice when Node[0].crashed { alone = true } }
      faults { crash up to 1 of Node }
      property notices: can Node[1].alone
      """#,
    mended: #"""
      agent Node[2] { var alone: bool = false; step suspect { alone = true } }
      faults { crash up to 1 of Node }
      property notices: can Node[1].alone
      """#),
  Explanation(
    505, #"A word about the whole state stands outside a property"#,
    #"""
    `quiescent` and `M in flight` speak about all channels and all rules at once, which nobody
    inside the system sees.
    """#,
    wrong: #"""
      shared var over: bool = false
      agent Watch { step end when quiescent { over = true } }
      property ends: can over
      """#,
    mended: #"""
      shared var over: bool = false
      agent Watch { step end { over = true } }
      property ends: can (over and quiescent)
      """#),
  Explanation(
    506, #"`self` stands outside of an agent"#,
    #"""
    `self` is the identity of the agent whose rule or variable it is. Functions take it as a
    parameter; properties quantify over the agents.
    """#,
    wrong: #"""
      agent Node[2] { var up: bool = true }
      function isFirst() -> bool = index(self) == 0
      property up: always (isFirst() implies Node[0].up)
      """#,
    mended: #"""
      agent Node[2] { var up: bool = true }
      function isFirst(n: Node) -> bool = index(n) == 0
      property up: always all n in Node where isFirst(n): n.up
      """#),
  Explanation(
    507, #"`sender` is used where no message is at hand"#,
    #"""
    In a rule `on M(x)` the sender is known throughout; in `run` from the receipt to the next
    blocking statement. Bind it to keep it: `receive M(x) from s`.
    """#,
    wrong: #"""
      message Ask()
      message Answer()
      agent A { on start { send Ask() to B }; on Answer() { } }
      agent B { run { receive Ask(); yield; send Answer() to sender } }
      property asks: can Ask in flight
      """#,
    mended: #"""
      message Ask()
      message Answer()
      agent A { on start { send Ask() to B }; on Answer() { } }
      agent B { run { receive Ask() from asker; yield; send Answer() to asker } }
      property asks: can Ask in flight
      """#),
  Explanation(
    508, #"A word about time stands inside a state"#,
    #"""
    `always`, `eventually`, `can`, `until` and `leads to` speak about runs. They stand in
    properties, under `not`, `and`, `or`, `implies`, `iff`, `all` and `some`, and nowhere else.
    """#,
    wrong: #"""
      shared var n: 0..3 = 0
      agent Counter { step count when eventually n == 0 { n = 1 } }
      property counts: can n == 1
      """#,
    mended: #"""
      shared var n: 0..3 = 0
      agent Counter { step count when n == 0 { n = 1 } }
      property counts: can n == 1
      """#),
  Explanation(
    509, #"A quantifier over time has a domain that changes"#,
    #"""
    `all n in S: eventually p` is one formula for each n in S, written out before the run. A set
    that changes has no such list; quantify over the type and ask for membership inside.
    """#,
    wrong: #"""
      shared var asked: set of 0..1
      shared var done: set of 0..1
      property served: always all n in asked: eventually n in done
      """#,
    mended: #"""
      shared var asked: set of 0..1
      shared var done: set of 0..1
      property served: all n in 0..1: always (n in asked implies eventually n in done)
      """#),
]

/// Codes 0720 to 0730: what `wfcheck lint` finds with a solver.
let satisfiabilityExplanations: [Explanation] = [
  Explanation(
    720, #"A condition can never hold"#,
    #"""
    No values that the types allow make the condition true, whatever happens in the protocol: so a
    solver says, before any state is explored. The marked clauses contradict each other; leaving
    out any one of them would do.
    """#,
    wrong: #"""
      agent Caller {
        var tries: 0..5 = 0
        step call when tries < 5 { tries += 1 }
        step giveUp when tries > 2 and tries < 3 { tries = 0 }
      }
      property gives: can Caller.tries == 5
      """#,
    mended: #"""
      agent Caller {
        var tries: 0..5 = 0
        step call when tries < 5 { tries += 1 }
        step giveUp when tries > 2 and tries < 5 { tries = 0 }
      }
      property gives: can Caller.tries == 5
      """#),
  Explanation(
    721, #"A condition holds whatever the values are"#,
    #"""
    All values that the types allow make the condition true, so that it never holds anything back.
    Often a bound is off by one, or a variable has a smaller type than its author remembers.
    """#,
    wrong: #"""
      agent Caller {
        var tries: 0..3 = 0
        step call when tries <= 3 { tries = 3 - tries }
      }
      property calls: can Caller.tries == 3
      """#,
    mended: #"""
      agent Caller {
        var tries: 0..3 = 0
        step call when tries < 3 { tries = 3 - tries }
      }
      property calls: can Caller.tries == 3
      """#),
  Explanation(
    722, #"There is never anything to choose"#,
    #"""
    The set of a `choose`, `ask` or `flip` is empty, or its `where` lets nothing pass, whatever the
    variables are. A step that cannot complete is not enabled, so the whole step never happens.
    """#,
    wrong: #"""
      agent Picker {
        var least: 3..5 = 3
        var last: 0..5 = 0
        step pick { choose n in 0..2 where n >= least; last = n }
        step raise when least < 5 { least += 1 }
      }
      property picks: can Picker.last == 2
      """#,
    mended: #"""
      agent Picker {
        var least: 3..5 = 3
        var last: 0..5 = 0
        step pick { choose n in 0..5 where n >= least; last = n }
        step raise when least < 5 { least += 1 }
      }
      property picks: can Picker.last == 2
      """#),
  Explanation(
    723, #"There may be nothing to choose"#,
    #"""
    A note, not a warning: with some values of the variables, the `where` of a `choose`, `ask` or
    `flip` lets nothing pass, and then the step is not enabled. Many specs mean exactly that. Where
    it is not meant, the agent is stuck in silence: no error says that its question had no answer.

    The values shown are possible by their types; whether the protocol reaches them is not known.
    """#,
    wrong: #"""
      agent Picker {
        var least: 0..5 = 0
        var last: 0..5 = 0
        step pick { ask n in 0..3 where n >= least; last = n }
        step raise when least < 5 { least += 1 }
      }
      property picks: can Picker.last == 3
      """#,
    mended: #"""
      agent Picker {
        var least: 0..5 = 0
        var last: 0..5 = 0
        step pick { ask n in 0..5 where n >= least; last = n }
        step raise when least < 5 { least += 1 }
      }
      property picks: can Picker.last == 3
      """#),
  Explanation(
    724, #"A variable has no value to start with"#,
    #"""
    `any where p` and `input … where p` start with every value for which p holds, one initial state
    each. If p holds for none, there is no initial state and nothing is explored: every `always`
    holds, and says nothing.
    """#,
    wrong: #"""
      agent Voter {
        input weight: 1..4 where weight % 2 == 0 and weight > 2 and weight < 4
        var votes: 0..4 = 0
        step vote when votes == 0 { votes = weight }
      }
      property votes: can Voter.votes > 0
      """#,
    mended: #"""
      agent Voter {
        input weight: 1..4 where weight % 2 == 0 and weight > 2
        var votes: 0..4 = 0
        step vote when votes == 0 { votes = weight }
      }
      property votes: can Voter.votes > 0
      """#),
  Explanation(
    725, #"A property, or a part of it, says nothing about what happens"#,
    #"""
    The predicate is true of all values that the types allow, or of none. No protocol could change
    that, so the property tests the types and not the workflow. `always x <= 3` of an `x: 0..3` is
    the usual case: what would violate it is an evaluation error at the assignment.
    """#,
    wrong: #"""
      agent Merger {
        var merged: 0..3 = 0
        step merge when merged < 2 { merged += 1 }
      }
      property few: always Merger.merged <= 3
      """#,
    mended: #"""
      agent Merger {
        var merged: 0..3 = 0
        step merge when merged < 2 { merged += 1 }
      }
      property few: always Merger.merged <= 2
      """#),
  Explanation(
    726, #"What a rule takes, another rule may take as well"#,
    #"""
    Rules have no order: whenever two may take the same message, each is a transition of its own.
    Where everything that one takes fits the other too, the special case above the general one does
    not win, as it would in a `match` or a `switch`; both ways are explored.

    If both outcomes are meant, one rule with `ask` or `choose` says so, and says who decides.
    """#,
    wrong: #"""
      message Vote(yes: bool)
      agent Voter { on start { ask yes in bool; send Vote(yes) to Chair } }
      agent Chair {
        var result: 0..2 = 0
        on Vote(true) { result = 1 }
        on Vote(_) { result = 2 }
      }
      property passes: can Chair.result == 1
      """#,
    mended: #"""
      message Vote(yes: bool)
      agent Voter { on start { ask yes in bool; send Vote(yes) to Chair } }
      agent Chair {
        var result: 0..2 = 0
        on Vote(true) { result = 1 }
        on Vote(false) { result = 2 }
      }
      property passes: can Chair.result == 1
      """#),
  Explanation(
    727, #"Two rules may take the same message"#,
    #"""
    A note, not a warning: with some values, both rules may take the message, and both ways are
    explored. That is how a spec says that either may happen; it is a slip where the conditions
    were meant to tell the cases apart.

    The values shown are possible by their types; whether the protocol reaches them is not known.
    """#,
    wrong: #"""
      message Task(size: 0..3)
      agent Boss { on start { ask n in 0..3; send Task(n) to Worker } }
      agent Worker {
        var done: 0..2 = 0
        on Task(n) when n <= 2 { done = 1 }
        on Task(n) when n >= 2 { done = 2 }
      }
      property works: can Worker.done == 2
      """#,
    mended: #"""
      message Task(size: 0..3)
      agent Boss { on start { ask n in 0..3; send Task(n) to Worker } }
      agent Worker {
        var done: 0..2 = 0
        on Task(n) when n <= 2 { done = 1 }
        on Task(n) when n > 2 { done = 2 }
      }
      property works: can Worker.done == 2
      """#),
  Explanation(
    728, #"A message that may be sent is never taken"#,
    #"""
    The statement may send a message with these fields, and no rule or `receive` of its receiver
    takes it, whatever the receiver's variables are. It stays in flight for ever and has no effect:
    usually a case has been forgotten.
    """#,
    wrong: #"""
      enum Answer { yes, no, later }
      message Reply(answer: Answer)
      agent Tool { on start { ask answer in Answer; send Reply(answer) to Planner } }
      agent Planner {
        var state: 0..2 = 0
        on Reply(yes) { state = 1 }
        on Reply(no) { state = 2 }
      }
      property plans: can Planner.state == 1
      """#,
    mended: #"""
      enum Answer { yes, no, later }
      message Reply(answer: Answer)
      agent Tool { on start { ask answer in Answer; send Reply(answer) to Planner } }
      agent Planner {
        var state: 0..2 = 0
        on Reply(yes) { state = 1 }
        on Reply(no) { state = 2 }
        on Reply(later) { state = 0 }
      }
      property plans: can Planner.state == 1
      """#),
  Explanation(
    729, #"No rule takes a message for the time being"#,
    #"""
    A note, not a warning: all rules of the agent for a message have conditions, and with some
    values none of them holds. The message then waits in flight, which is often what is meant: the
    agent is busy. Where the conditions were meant to cover all cases, one is missing.

    The values shown are possible by their types; whether the protocol reaches them is not known.
    """#,
    wrong: #"""
      message Call()
      agent Caller { on start { send Call() to Breaker } }
      agent Breaker {
        var failures: 0..3 = 0
        on Call() when failures < 2 { failures += 1 }
        on Call() when failures > 2 { failures = 0 }
      }
      property breaks: can Breaker.failures == 1
      """#,
    mended: #"""
      message Call()
      agent Caller { on start { send Call() to Breaker } }
      agent Breaker {
        var failures: 0..3 = 0
        on Call() when failures < 2 { failures += 1 }
        on Call() when failures >= 2 { failures = 0 }
      }
      property breaks: can Breaker.failures == 1
      """#),
  Explanation(
    730, #"A value never fits"#,
    #"""
    The value is outside of the type of the variable or field that it is for, whatever the values
    are that it is made of: every execution that comes here ends with an evaluation error.
    """#,
    wrong: #"""
      agent Caller {
        var tries: 0..3 = 0
        step call when tries < 3 { tries += 1 }
        step again when tries == 3 { tries += 1 }
      }
      property gives: can Caller.tries == 3
      """#,
    mended: #"""
      agent Caller {
        var tries: 0..3 = 0
        step call when tries < 3 { tries += 1 }
        step again when tries == 3 { tries = 0 }
      }
      property gives: can Caller.tries == 3
      """#),
]

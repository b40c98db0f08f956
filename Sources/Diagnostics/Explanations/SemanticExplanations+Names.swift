/// Codes 03xx: names that are unknown, taken or of the wrong kind.
let namesExplanations: [Explanation] = [
  Explanation(
    301, #"A name stands for nothing"#,
    #"""
    Code sees its own locals, the variables of its agent or monitor, shared variables, and what
    the file declares. A property is outside of all agents, so that it names the owner:
    `Merger.merged`.
    """#,
    wrong: #"""
      agent Merger { var merged: bool = false; step merge { merged = true } }
      property merges: can merged
      """#,
    mended: #"""
      agent Merger { var merged: bool = false; step merge { merged = true } }
      property merges: can Merger.merged
      """#),
  Explanation(
    302, #"A type is not declared"#,
    #"""
    A type is `bool`, a range such as `0..3`, or the name of a `type`, `enum`, `record` or agent.
    `?`, `set of`, `seq of … up to k` and `map[K] of` build others from these.
    """#,
    wrong: #"""
      enum Vote { yes, no }
      shared var last: Votes? = none
      property voted: can last == yes
      """#,
    mended: #"""
      enum Vote { yes, no }
      shared var last: Vote? = none
      property voted: can last == yes
      """#),
  Explanation(
    303, #"A message is not declared"#,
    #"""
    Every message type is declared with its fields, so that both ends agree on them.
    """#,
    wrong: #"""
      message Approve()
      agent Reviewer { on start { send Aprove() to Merger } }
      agent Merger { var merged: bool = false; on Approve() { merged = true } }
      property merges: can Merger.merged
      """#,
    mended: #"""
      message Approve()
      agent Reviewer { on start { send Approve() to Merger } }
      agent Merger { var merged: bool = false; on Approve() { merged = true } }
      property merges: can Merger.merged
      """#),
  Explanation(
    304, #"A function is not declared"#,
    #"""
    Before `(` stands a function of the file, a record, or one of `size`, `first`, `rest`,
    `index`, `min`, `max`.
    """#,
    wrong: #"""
      shared var done: set of 0..3
      property all4: can sise(done) == 4
      """#,
    mended: #"""
      shared var done: set of 0..3
      property all4: can size(done) == 4
      """#),
  Explanation(
    305, #"A value has no such part"#,
    #"""
    After a dot stands a field of a record, a variable of an agent or monitor, a case of an
    enumeration, or the status of an agent: `crashed`, `stopped`, `byzantine`.
    """#,
    wrong: #"""
      record Bid { round: 0..3 }
      shared var bid: Bid = Bid(round: 0)
      property late: can bid.rounds == 3
      """#,
    mended: #"""
      record Bid { round: 0..3 }
      shared var bid: Bid = Bid(round: 0)
      property late: can bid.round == 3
      """#),
  Explanation(
    306, #"A fault strikes an unknown agent"#,
    #"""
    Faults name one declaration, an agent or a family, or `Agent` for any agent that is no
    environment.
    """#,
    wrong: #"""
      agent Node[2] { var up: bool = true }
      faults { crash up to 1 of Nodes }
      property up: always Node[0].up
      """#,
    mended: #"""
      agent Node[2] { var up: bool = true }
      faults { crash up to 1 of Node }
      property up: always Node[0].up
      """#),
  Explanation(
    307, #"A label belongs to no field"#,
    #"""
    Values of a record, a message or a function stand in order, or behind the names of their
    fields.
    """#,
    wrong: #"""
      record Bid { round: 0..3 }
      shared var bid: Bid = Bid(rnd: 0)
      property late: can bid.round == 3
      """#,
    mended: #"""
      record Bid { round: 0..3 }
      shared var bid: Bid = Bid(round: 0)
      property late: can bid.round == 3
      """#),
  Explanation(
    310, #"A name of the file is declared twice"#,
    #"""
    Params, constants, types, enum cases, functions, agents, monitors and shared variables share
    one scope. (Two enumerations may have a case of the same name.) Messages, properties and
    checks have scopes of their own.
    """#,
    wrong: #"""
      const limit = 3
      shared var limit: 0..3 = 0
      property full: can limit == 3
      """#,
    mended: #"""
      const most = 3
      shared var limit: 0..3 = 0
      property full: can limit == most
      """#),
  Explanation(
    311, #"Two things of one kind have one name"#,
    #"""
    Every message, property, check, step, and every variable of an agent has a name of its own.
    """#,
    wrong: #"""
      shared var n: 0..3 = 0
      property small: always n < 4
      property small: can n == 0
      """#,
    mended: #"""
      shared var n: 0..3 = 0
      property small: always n < 4
      property zero: can n == 0
      """#),
  Explanation(
    312, #"Something is listed twice"#,
    #"""
    Each field, case, argument and setting is given once.
    """#,
    wrong: #"""
      enum Vote { yes, no, yes }
      shared var last: Vote = no
      property agreed: can last == yes
      """#,
    mended: #"""
      enum Vote { yes, no }
      shared var last: Vote = no
      property agreed: can last == yes
      """#),
  Explanation(
    313, #"A name is bound twice in one block"#,
    #"""
    A `let`, a binder of a pattern, or a choice gives a name its meaning once in a block. What
    changes is a `var`, and is assigned.
    """#,
    wrong: #"""
      shared var n: 0..3 = 0
      agent Counter { step count { let next = n; let next = next + 1; n = next } }
      property counts: can n == 1
      """#,
    mended: #"""
      shared var n: 0..3 = 0
      agent Counter { step count { let next = n + 1; n = next } }
      property counts: can n == 1
      """#),
  Explanation(
    314, #"A variable or binder takes a name of the file"#,
    #"""
    In a pattern the name of a constant or enum case is a value to compare with. So that a reader
    never has to ask which of the two is meant, variables and binders keep away from the names of
    params, constants, types, enum cases, functions, agents and monitors.
    """#,
    wrong: #"""
      enum Verdict { pass, trip }
      agent Guard { var pass: bool = false; step check { pass = true } }
      shared var verdict: Verdict = trip
      property passes: can Guard.pass or verdict == pass
      """#,
    mended: #"""
      enum Verdict { pass, trip }
      agent Guard { var passed: bool = false; step check { passed = true } }
      shared var verdict: Verdict = trip
      property passes: can Guard.passed or verdict == pass
      """#),
  Explanation(
    315, #"A word of the language is declared"#,
    #"""
    Types (`bool`, `Agent`), `self`, `sender`, the status words `crashed`, `stopped`, `byzantine`,
    the functions `size`, `first` …, and for properties the built-in checks keep their meaning.
    """#,
    wrong: #"""
      agent Node { var crashed: bool = false; step crash { crashed = true } }
      property crashes: can Node.crashed
      """#,
    mended: #"""
      agent Node { var broken: bool = false; step crash { broken = true } }
      property crashes: can Node.broken
      """#),
  Explanation(
    316, #"An enum case belongs to several enumerations"#,
    #"""
    Where the other side of `==`, the type of a variable or of a field tells which enumeration is
    meant, the bare name will do. Elsewhere name the enumeration.
    """#,
    wrong: #"""
      enum Vote { yes, no }
      enum Answer { yes, no }
      shared var v: Vote = no
      shared var w: Answer = no
      agent Voter { step vote { let mine = yes; v = mine; w = yes } }
      property agreed: can v == yes and w == yes
      """#,
    mended: #"""
      enum Vote { yes, no }
      enum Answer { yes, no }
      shared var v: Vote = no
      shared var w: Answer = no
      agent Voter { step vote { let mine = Vote.yes; v = mine; w = yes } }
      property agreed: can v == yes and w == yes
      """#),
  Explanation(
    317, #"A definition goes round in a circle"#,
    #"""
    Constants, types, records and functions build on each other in any order, but not in circles.
    A function does not call itself: write a quantifier, or a `while` in a rule.
    """#,
    wrong: #"""
      const a = b + 1
      const b = a + 1
      shared var n: 0..3 = a
      property same: always n == b
      """#,
    mended: #"""
      const a = 1
      const b = a + 1
      shared var n: 0..3 = a
      property same: always n != b
      """#),
  Explanation(
    318, #"A name that is no type stands for one"#,
    #"""
    Where a type is expected, a constant, an enum case or a variable cannot stand. A single value
    is the range from it to itself: `N..N`.
    """#,
    wrong: #"""
      const N = 3
      shared var n: N = 3
      property fixed: always n == 3
      """#,
    mended: #"""
      const N = 3
      shared var n: 0..N = 3
      property fixed: always n == 3
      """#),
  Explanation(
    319, #"A function or monitor stands for a value"#,
    #"""
    A function has a value where it is called, a monitor where one of its variables is read.
    """#,
    wrong: #"""
      monitor Seen { var done: bool = false }
      property seen: can Seen
      """#,
    mended: #"""
      monitor Seen { var done: bool = false }
      property seen: can Seen.done
      """#),
  Explanation(
    320, #"Something is called that is no function"#,
    #"""
    `f(…)` calls a function or builds a record. Members of maps, sequences and families are
    reached by `[…]`.
    """#,
    wrong: #"""
      agent Node[2] { var up: bool = true }
      property up: always Node(0).up
      """#,
    mended: #"""
      agent Node[2] { var up: bool = true }
      property up: always Node[0].up
      """#),
  Explanation(
    321, #"A value has no parts"#,
    #"""
    Records have fields, and identities lead to the variables of their agents. All other values
    are taken whole. An optional record is opened with `!` first.
    """#,
    wrong: #"""
      record Bid { round: 0..3 }
      shared var bid: Bid? = none
      property late: can (bid != none and bid.round == 3)
      """#,
    mended: #"""
      record Bid { round: 0..3 }
      shared var bid: Bid? = none
      property late: can (bid != none and bid!.round == 3)
      """#),
  Explanation(
    322, #"A variable of a family is read without a member"#,
    #"""
    Each member of a family has variables of its own. Name one, or say `all`, `some` or `count`.
    """#,
    wrong: #"""
      agent Node[2] { var up: bool = true }
      property up: always Node.up
      """#,
    mended: #"""
      agent Node[2] { var up: bool = true }
      property up: always all n in Node: n.up
      """#),
  Explanation(
    323, #"A variable is read of just any agent"#,
    #"""
    `from s` binds any agent where agents of several declarations send the message. Filter the
    binder by a type to read the variables of that type's agents.
    """#,
    wrong: #"""
      message Hello()
      agent A { var up: bool = true; on start { send Hello() to B } }
      agent B { on start { send Hello() to B }; on Hello() { } }
      monitor Watch {
        var all: bool = true
        on sent Hello() from s { all = s.up }
      }
      property up: always Watch.all
      """#,
    mended: #"""
      message Hello()
      agent A { var up: bool = true; on start { send Hello() to B } }
      agent B { on start { send Hello() to B }; on Hello() { } }
      monitor Watch {
        var all: bool = true
        on sent Hello() from s: A { all = s.up }
      }
      property up: always Watch.all
      """#),
]

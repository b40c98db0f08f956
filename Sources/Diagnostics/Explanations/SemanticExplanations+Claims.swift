/// Codes 0924 to 0929: claims that agents commit to.
let claimExplanations: [Explanation] = [
  Explanation(
    924, #"There is no prompt to commit to"#,
    #"""
    `commit`, `coherent` and `determined` are about the decisions of a `prompt`, which stands in the
    same file or in one that is imported.
    """#,
    wrong: #"""
      agent A { step decide { commit true } }
      """#,
    mended: #"""
      prompt App { decision big: bool }
      agent A { step decide { commit big } }
      """#),
  Explanation(
    925, #"`determined` is asked about something that is no decision"#,
    #"""
    `determined(d)` says that the prompt and all claims can be satisfied together and leave one
    value of d, which is the name of a decision.
    """#,
    wrong: #"""
      prompt App { decision big: bool }
      agent A { step decide { commit big } }
      property known: can determined(bigg)
      """#,
    mended: #"""
      prompt App { decision big: bool }
      agent A { step decide { commit big } }
      property known: can determined(big)
      """#),
  Explanation(
    926, #"A claim mentions no decision"#,
    #"""
    A claim narrows what the prompt leaves open. What must be true of the agents' own variables is
    an assertion.
    """#,
    wrong: #"""
      prompt App { decision big: bool }
      agent A { var n: 0..1 = 0; step decide { n = 1; commit n == 1 } }
      """#,
    mended: #"""
      prompt App { decision big: bool }
      agent A { var n: 0..1 = 0; step decide { n = 1; commit big == (n == 1) } }
      """#),
  Explanation(
    927, #"A value in a claim has a type that decisions do not have"#,
    #"""
    The parts of a claim that mention no decision are evaluated at the commit, and their values
    become part of the claim: bools, integers, values of declared enumerations, and sets of these.
    Of an optional, a record or a map, put in what the claim needs of it.
    """#,
    wrong: #"""
      prompt App { decision users: 0..9 }
      agent A {
        var least: (0..9)? = 3
        step decide { commit users == least }
      }
      """#,
    mended: #"""
      prompt App { decision users: 0..9 }
      agent A {
        var least: (0..9)? = 3
        step decide when least != none { commit users == least! }
      }
      """#),
  Explanation(
    928, #"Agents can commit to too many claims"#,
    #"""
    The state has a bit for each claim that can be committed: one for each `commit` and each
    combination of the values that the protocol puts into it. All together there may be 1024.
    """#,
    wrong: #"""
      prompt App { decision users: int }
      agent A { var n: 0..5000 = 0; step decide { n = 1000; commit users >= n } }
      """#,
    mended: #"""
      prompt App { decision users: int }
      agent A { var n: 0..5 = 0; step decide { n = 1; commit users >= 1000 * n } }
      """#),
  Explanation(
    929, #"A name in a claim is a decision and a variable"#,
    #"""
    In a claim the names of decisions stand beside those of the agent's variables. A name that is
    both could be either.
    """#,
    wrong: #"""
      prompt App { decision users: 0..9 }
      agent A { var users: 0..9 = 3; step decide { commit users >= 2 } }
      """#,
    mended: #"""
      prompt App { decision users: 0..9 }
      agent A { var least: 0..9 = 2; step decide { commit users >= least } }
      """#),
]

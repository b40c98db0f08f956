/// Codes 08xx: what this version does not do yet.
let unsupportedExplanations: [Explanation] = [
  Explanation(
    801, #"Choreographies are not checked yet"#,
    #"""
    `choreography` describes the conversation as a whole. This version reads it and refuses it by
    name; write the agents' own rules.
    """#,
    wrong: #"""
      shared var n: 0..3 = 0
      property small: always n < 4
      choreography Review(a: Coder) { stop }
      """#,
    mended: #"""
      shared var n: 0..3 = 0
      property small: always n < 4
      """#),
  Explanation(
    805, #"`follows` is not checked yet"#,
    #"""
    `agent A follows Review.a` takes its program from a choreography. This version refuses it by
    name.
    """#,
    wrong: #"""
      shared var n: 0..3 = 0
      agent A follows Review.a { step decide { n = 1 } }
      property small: can n == 1
      """#,
    mended: #"""
      shared var n: 0..3 = 0
      agent A { step decide { n = 1 } }
      property small: can n == 1
      """#),
  Explanation(
    806, #"Strategic properties are not checked yet"#,
    #"""
    `coalition {A} can ensure p` asks for a strategy. This version keeps the property and reports
    it as unknown where a check expects it.
    """#,
    wrong: #"""
      shared var n: 0..3 = 0
      agent A { step decide { n = 1 } }
      property small: can n == 1
      check one { expect small }
      property wins: coalition {A} can ensure eventually n == 1
      """#,
    mended: #"""
      shared var n: 0..3 = 0
      agent A { step decide { n = 1 } }
      property small: can n == 1
      check one { expect small }
      """#),
  Explanation(
    807, #"Conformance is not checked yet"#,
    #"""
    `conforms to C` compares the agents with a choreography. This version keeps the property and
    reports it as unknown where a check expects it.
    """#,
    wrong: #"""
      shared var n: 0..3 = 0
      agent A { step decide { n = 1 } }
      property small: can n == 1
      check one { expect small }
      property follows1: conforms to Review
      """#,
    mended: #"""
      shared var n: 0..3 = 0
      agent A { step decide { n = 1 } }
      property small: can n == 1
      check one { expect small }
      """#),
  Explanation(
    811, #"`eventually`, `until` and `leads to` behind `can` are not checked"#,
    #"""
    `can p` says that some way leads from here to a state with p. p may itself say what is possible:
    `can`, `always` (in all that can be reached) and the words of logic are checked there. What
    every run does is no matter of one state.
    """#,
    wrong: #"""
      shared var n: 0..3 = 0
      agent A { step decide { n = 1 } }
      property small: can n == 1
      check one { expect small }
      property mixed: can eventually n == 1
      """#,
    mended: #"""
      shared var n: 0..3 = 0
      agent A { step decide { n = 1 } }
      property small: can n == 1
      check one { expect small }
      """#),
]

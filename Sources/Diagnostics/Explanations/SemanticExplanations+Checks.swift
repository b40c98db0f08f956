/// Codes 0601 to 0613: params, checks and what they expect.
let checksExplanations: [Explanation] = [
  Explanation(
    601, #"The main file has no `workflow` line"#,
    #"""
    The file that is checked begins with `workflow Name`. Files without it are for `import`.
    """#,
    wrong: #"""
      shared var n: 0..3 = 0
      property small: always n < 4
      """#,
    mended: #"""
      workflow Small

      shared var n: 0..3 = 0
      property small: always n < 4
      """#),
  Explanation(
    602, #"The check that was asked for does not exist"#,
    #"""
    `--check NAME` selects one of the file's checks.
    """#,
    wrong: #"""
      wfcheck spec.wf --check oneCrsh
      """#,
    mended: #"""
      wfcheck spec.wf --check oneCrash
      """#),
  Explanation(
    603, #"The param that was set does not exist"#,
    #"""
    `--set NAME=VALUE` overrides a param that the file declares.
    """#,
    wrong: #"""
      wfcheck spec.wf --set M=3
      """#,
    mended: #"""
      wfcheck spec.wf --set N=3
      """#),
  Explanation(
    604, #"A param has a type that it may not have"#,
    #"""
    A param is a bool, a range or an enumeration, so that a check and `--set` can write its value.
    """#,
    wrong: #"""
      param quorum: set of 0..2 = {0, 1}
      shared var n: 0..3 = 0
      property member: can n in quorum
      """#,
    mended: #"""
      const quorum = {0, 1}
      shared var n: 0..3 = 0
      property member: can n in quorum
      """#),
  Explanation(
    605, #"A param gets a value outside its range"#,
    #"""
    The default and every check's own value lie in the declared range.
    """#,
    wrong: #"""
      param N: 1..4 = 2
      shared var n: 0..N = 0
      property full: can n == N
      check large { N = 5; expect full fails }
      """#,
    mended: #"""
      param N: 1..5 = 2
      shared var n: 0..N = 0
      property full: can n == N
      check large { N = 5; expect full fails }
      """#),
  Explanation(
    606, #"A param is set to a value outside its range"#,
    #"""
    `--set` keeps to the range that the file declares: beyond it the author has promised nothing.
    """#,
    wrong: #"""
      wfcheck spec.wf --set N=9      # param N: 1..4 = 2
      """#,
    mended: #"""
      wfcheck spec.wf --set N=4
      """#),
  Explanation(
    607, #"A check sets something that is no param"#,
    #"""
    A check may override params. Constants, types and initial values stay as they are; make a
    param of what varies.
    """#,
    wrong: #"""
      const N = 2
      shared var n: 0..4 = 0
      property full: can n == N
      check large { N = 4; expect full fails }
      """#,
    mended: #"""
      param N: 1..4 = 2
      shared var n: 0..4 = 0
      property full: can n == N
      check large { N = 4; expect full fails }
      """#),
  Explanation(
    608, #"Network, faults or counts are given twice"#,
    #"""
    A file has at most one `network` and one `faults`, and a check at most one of each and one
    line of counts. A check's own replaces the file's.
    """#,
    wrong: #"""
      agent Node[2] { var up: bool = true }
      faults { crash up to 1 of Node }
      faults { lose messages }
      property up: always Node[0].up
      """#,
    mended: #"""
      agent Node[2] { var up: bool = true }
      faults { crash up to 1 of Node; lose messages }
      property up: always Node[0].up
      """#),
  Explanation(
    609, #"A check expects an unknown property"#,
    #"""
    `expect` names a property of the file or a built-in check: deadlock, assertion, evaluation,
    unbounded, orphan.
    """#,
    wrong: #"""
      shared var n: 0..3 = 0
      property agreement: always n < 4
      check small { expect agreememt }
      """#,
    mended: #"""
      shared var n: 0..3 = 0
      property agreement: always n < 4
      check small { expect agreement }
      """#),
  Explanation(
    610, #"Something else than a built-in check is allowed or forbidden"#,
    #"""
    `allow deadlock` says that a deadlock may occur, `forbid orphan` that orphan messages may not.
    What a property does is expected: `expect p` or `expect p fails`.
    """#,
    wrong: #"""
      shared var n: 0..3 = 0
      property agreement: always n < 4
      check small { allow agreement }
      """#,
    mended: #"""
      shared var n: 0..3 = 0
      property agreement: always n < 4
      check small { expect agreement }
      """#),
  Explanation(
    611, #"A built-in check is expected to fail"#,
    #"""
    `expect deadlock` says that a deadlock must occur. That it must not is what holds when nothing
    is said.
    """#,
    wrong: #"""
      shared var n: 0..3 = 0
      property agreement: always n < 4
      check small { expect agreement; expect deadlock fails }
      """#,
    mended: #"""
      shared var n: 0..3 = 0
      property agreement: always n < 4
      check small { expect agreement }
      """#),
  Explanation(
    612, #"A check says something twice"#,
    #"""
    One line about each property and each built-in check is enough.
    """#,
    wrong: #"""
      shared var n: 0..3 = 0
      property agreement: always n < 4
      check small { expect agreement; expect agreement }
      """#,
    mended: #"""
      shared var n: 0..3 = 0
      property agreement: always n < 4
      check small { expect agreement }
      """#),
  Explanation(
    613, #"A check contradicts itself"#,
    #"""
    A property cannot be expected to hold and to fail in one scenario, nor a deadlock be expected
    and merely allowed. Two scenarios are two checks.
    """#,
    wrong: #"""
      shared var n: 0..3 = 0
      property agreement: always n < 4
      check small { expect agreement; expect agreement fails }
      """#,
    mended: #"""
      shared var n: 0..3 = 0
      property agreement: always n < 4
      check small { expect agreement }
      """#),
]

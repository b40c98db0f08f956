/// Codes of what a whole run reports: files, and coverage after an exhaustive search.
let driverExplanations: [Explanation] = [
  Explanation(
    690, "An imported file cannot be read",
    """
    The path of an `import` is relative to the file that it stands in. The label says what the \
    system answered: no such file, no permission, a directory.
    """,
    wrong: "import \"quorums.wf\"",
    mended: "import \"../common/quorums.wf\""),
  Explanation(
    780, "A rule never fires in any reachable state",
    """
    The search visited every reachable state and the rule was enabled in none. What it would do \
    was therefore not checked: a property that holds says nothing about it.

    Often a guard contradicts an earlier one, or the message it waits for is only sent in a \
    situation that never comes.
    """,
    wrong: """
      agent Caller {
          var tries: 0..3 = 0
          step call when tries < 3 { tries += 1 }
          step giveUp when tries > 3 { tries = 0 }
      }
      property few: always Caller.tries <= 3
      """,
    mended: """
      agent Caller {
          var tries: 0..3 = 0
          step call when tries < 3 { tries += 1 }
          step giveUp when tries == 3 { tries = 0 }
      }
      property few: always Caller.tries <= 3
      """),
  Explanation(
    781, "Some answers of an `ask` are never possible",
    """
    An `ask` stands for a model, tool or person that may answer anything in its domain. After an \
    exhaustive search, a value that no step ever took is one that the protocol excludes: a `where` \
    rules it out, or the step cannot complete with it (a full channel, an empty later choice).
    """,
    wrong: """
      enum Vote { yes, no, abstain }
      agent Voter {
          var last: Vote = no
          step vote { ask v in Vote where v != abstain; last = v }
      }
      property agrees: can Voter.last == yes
      """,
    mended: """
      enum Vote { yes, no, abstain }
      agent Voter {
          var last: Vote = no
          step vote { ask v in Vote; last = v }
      }
      property agrees: can Voter.last == yes
      """),
  Explanation(
    782, "A property holds vacuously",
    """
    `always (a implies b)` is true of every state in which `a` is false. If `a` is true in no \
    reachable state, the property holds whatever `b` says, and so says nothing about the system.
    """,
    wrong: """
      agent Merger {
          var merged: 0..3 = 0
          var approved: bool = false
          step merge when not approved { merged = 1; approved = true }
      }
      property safe: always (Merger.merged == 3 implies Merger.approved)
      """,
    mended: """
      agent Merger {
          var merged: 0..3 = 0
          var approved: bool = false
          step merge when not approved { merged = 1; approved = true }
      }
      property safe: always (Merger.merged == 1 implies Merger.approved)
      """),
]

/// How long to search in full before beginning again with reductions.
///
/// What the trial finishes is exact, and most specs are small. What it does not finish pays for it:
/// with 2^17 states a tenth of a second. Before it ends, a sample tells whether stubborn sets would
/// leave anything out; where they would not and nothing else is there to begin again for, the trial
/// becomes the search itself. So it does where little would be left to do behind it. What clearing
/// dead data would save is seen by doing it, up to a depth of a few thousand states, once.
///
/// Deterministic: it ends between levels. A level that does not fit is forgotten with all that was
/// found in it.
struct TrialPlan: Sendable {
  let statesMax: Int
  /// The budget of the user.
  let statesMaxAfter: Int?
  /// Whether partial-order reduction may be used, and whether symmetry will.
  let partialOrder: Bool
  let symmetry: Bool
  /// The states of at most some depth without dead data; nil where there is none.
  let statesWithoutDeadData: (@Sendable (_ depth: Int) -> Int?)?

  /// Small searches look at nothing.
  var firstLook: Int { statesMax / 16 }
  /// From here on what was seen is taken for the whole.
  var decision: Int { statesMax / 4 }
  /// Where a search that does not know what is to come makes tables and samples: they take as long
  /// as some ten thousand states, of which the sample needs a few hundred.
  var sampleStart: Int { statesMax / 8 * 7 }
  var sampleEnd: Int { statesMax / 16 * 15 }
  /// So many states in all are not worth beginning again, whatever is left out.
  var worthEnding: Int { statesMax / 4 * 5 }
}

import TransitionSystem

/// Where a state of a breadth-first search with stubborn sets is in its life, in a few bits.
///
/// A state is stored with the stage of its depth (`StageCode`), and keeps it, unless it turns out
/// to be unsettled when it is expanded. Few do, so that few are written a second time; and as all
/// states of its level stand behind meanwhile (`LevelStages`), all workers see the same, whoever
/// expands what first.
struct Stage: Equatable {
  let bits: UInt64

  static let unsettled = Stage(bits: 0)
}

/// How depths are told apart: modulo a number, as there are few bits.
struct StageCode: Equatable {
  let bitCount: Int

  /// So many that a table of states of one word may still begin small, and three at least: of
  /// every seventh level stages say the same. Depends on the layout alone, so that the same is kept
  /// with any store, and any memory.
  init(_ layout: StateLayout) {
    let secondBits = StateQuotient(layout, memoryMax: .max)?.bits ?? 0
    bitCount = max(3, StageCode.bitsMax - secondBits)
  }

  private static let bitsMax = 6

  func stored(depth: Int) -> Stage {
    Stage(bits: 1 + UInt64(depth) % (1 << UInt64(bitCount) - 1))
  }
}

/// What the stages of states say while a level is expanded.
///
/// Its own states have one stage, those of the next level the next one. Settled states of some
/// earlier levels share these with them: where one is taken for a state of the next level, it leads
/// on all the same; where for one of the level at hand, a set is lost.
struct LevelStages {
  let current: Stage
  let next: Stage
  /// For tests: whether states of the level at hand are taken for new ones.
  private let mixesLevels: Bool

  init(depth: Int, _ code: StageCode, mixesLevels: Bool = false) {
    self.mixesLevels = mixesLevels
    current = code.stored(depth: depth)
    next = code.stored(depth: depth + 1)
  }

  @inline(__always)
  func standing(of stage: Stage) -> Standing {
    if stage == next || mixesLevels && stage == current { return .ahead }
    return stage == current || stage == .unsettled ? .behind : .settled
  }
}

/// What the proviso of partial-order reduction asks of a successor (`BreadthFirstWorker.reduce`).
enum Standing {
  /// In no complete level, or settled as well (`LevelStages`).
  case ahead
  /// In an earlier level, and leads to a state that was expanded fully.
  case settled
  /// Anything else.
  case behind
}

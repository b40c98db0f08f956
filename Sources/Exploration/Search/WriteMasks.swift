import TransitionSystem

/// Which bits of a state the actions of each agent may write, and each action of the network.
///
/// A step leaves the others alone, which tells most states that cannot be the predecessor of a
/// given one without taking any step from them.
struct WriteMasks: Sendable {
  /// Rows of words: the bits that all actions of an agent leave alone, or one of nobody's.
  private let kept: [UInt64]
  private let wordCount: Int

  init(_ system: TransitionSystem) {
    let layout = system.layout
    var rows: [Int: [UInt64]] = [:]
    var others: Set<[UInt64]> = []
    for action in system.actions {
      let written = AccessSets(action, channels: system.channels).mayWrite
      let all = Array(repeating: ~0 as UInt64, count: layout.wordCount)
      var row = action.agent.flatMap { rows[$0] } ?? all
      for slot in written.slots {
        guard let field = Field(slot, in: layout) else { continue }
        row[Int(field.word)] &= ~field.mask
      }
      if let agent = action.agent { rows[agent] = row } else { others.insert(row) }
    }
    // Their order decides nothing.
    kept = rows.values.flatMap { $0 } + others.flatMap { $0 }
    wordCount = layout.wordCount
  }

  var rowCount: Int { wordCount == 0 ? 0 : kept.count / wordCount }

  /// Whether the test costs less than steps, as far as one can say.
  func pays(for targetCount: Int) -> Bool {
    wordCount > 0 && targetCount * (kept.count / wordCount) <= 64
  }

  /// Calls `body` with a test of whether one step may lead from a state to one of `targets`; it is
  /// false only where none does.
  func withTest(
    of targets: [[UInt64]], _ body: ((UnsafePointer<UInt64>) -> Bool) -> Void
  ) {
    // Plain memory: workers that share arrays would fight for their reference counts.
    targets.flatMap { $0 }.withUnsafeBufferPointer { targets in
      kept.withUnsafeBufferPointer { kept in
        body { source in
          stride(from: 0, to: targets.count, by: wordCount).contains { first in
            WriteMasks.mayLead(source, targets, first, kept, wordCount)
          }
        }
      }
    }
  }

  @inline(__always)
  private static func mayLead(
    _ source: UnsafePointer<UInt64>, _ targets: UnsafeBufferPointer<UInt64>, _ first: Int,
    _ kept: UnsafeBufferPointer<UInt64>, _ wordCount: Int
  ) -> Bool {
    stride(from: 0, to: kept.count, by: wordCount).contains { row in
      (0..<wordCount).allSatisfy {
        (source[$0] ^ targets[first &+ $0]) & kept[row &+ $0] == 0
      }
    }
  }
}

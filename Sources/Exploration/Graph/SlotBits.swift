import TransitionSystem

/// The bits of some slots of a state, side by side.
public struct SlotBits: Sendable {
  /// Bits that lie side by side in the state, too.
  private struct Run: Sendable {
    let word: Int
    let shift: UInt64
    var width: UInt64
    /// Where they begin in the result.
    let place: UInt64
  }

  private let runs: [Run]
  public let width: Int

  /// Nil where there are more than 64. Equal bits mean that all slots have the same values.
  public init?(_ slots: [SlotID], _ layout: StateLayout) {
    var runs: [Run] = []
    var width: UInt64 = 0
    for slot in slots where layout.slots[slot.index].width > 0 {
      let position = layout.positions[slot.index]
      let (word, shift) = (Int(position.word), UInt64(position.shift))
      let bits = UInt64(layout.slots[slot.index].width)
      if let last = runs.last, last.word == word, last.shift + last.width == shift {
        runs[runs.count - 1].width += bits
      } else {
        runs.append(Run(word: word, shift: shift, width: bits, place: width))
      }
      width += bits
      if width > 64 { return nil }
    }
    self.runs = runs
    self.width = Int(width)
  }

  /// Calls `body` with the bits of each of some states.
  public func forEach(
    of states: Range<Int>, in graph: ReachabilityGraph, _ body: (_ state: Int, UInt64) -> Void
  ) {
    runs.withUnsafeBufferPointer { runs in
      graph.forEachState(of: states) { state, words in
        var bits: UInt64 = 0
        for run in runs {
          let mask: UInt64 = run.width == 64 ? ~0 : 1 &<< run.width &- 1
          bits |= (words[run.word] &>> run.shift & mask) &<< run.place
        }
        body(state, bits)
      }
    }
  }
}

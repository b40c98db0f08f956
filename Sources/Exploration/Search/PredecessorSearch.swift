/// States of one level whose predecessors are wanted, and the least predecessor of each so far.
///
/// Threads: each worker has its own.
struct PredecessorSearch: Sendable {
  let targets: [[UInt64]]
  private let hashes: [UInt64]
  /// Bit h % 4096 is set where some target has the hash h: nearly all successors end here.
  private var filter = [UInt64](repeating: 0, count: 64)
  private(set) var predecessors: [[UInt64]?]

  init(targets: [[UInt64]]) {
    self.targets = targets
    hashes = targets.map { words in
      words.withUnsafeBufferPointer { buffer in
        buffer.baseAddress.map { StateHash.hash($0, buffer.count) } ?? 0
      }
    }
    predecessors = Array(repeating: nil, count: targets.count)
    for hash in hashes { filter[Int(hash >> 6 & 63)] |= 1 << (hash & 63) }
  }

  /// Looks for the targets among the successors of `source`.
  mutating func look(at buffer: borrowing SuccessorBuffer, from source: UnsafePointer<UInt64>) {
    for index in 0..<buffer.count {
      let hash = buffer.hashes[index]
      if filter[Int(hash >> 6 & 63)] >> (hash & 63) & 1 == 0 { continue }
      let words = UnsafeBufferPointer(start: buffer.state(index), count: buffer.wordCount)
      for (number, target) in targets.enumerated()
      where hashes[number] == hash && target.elementsEqual(words) {
        let found = Array(UnsafeBufferPointer(start: source, count: buffer.wordCount))
        offer(found, for: number)
      }
    }
  }

  private mutating func offer(_ found: [UInt64], for number: Int) {
    if let old = predecessors[number], !found.lexicographicallyPrecedes(old) { return }
    predecessors[number] = found
  }

  /// Takes over the lesser predecessors of another worker.
  mutating func merge(_ other: PredecessorSearch) {
    for (number, found) in other.predecessors.enumerated() {
      if let found { offer(found, for: number) }
    }
  }
}

import TransitionSystem

/// What the programs of one translation unit share: the places of slots and channels, and the
/// constant tables that they asked for.
final class CUnit {
  let system: TransitionSystem
  let channels: [ChannelPlace]
  private let folding: ProgramCompiler
  private(set) var tables = CText()
  private var tableNames: [[SlotID]: String] = [:]
  private var entryTables: Set<Int> = []

  var layout: StateLayout { system.layout }
  var wordCount: Int { system.layout.wordCount }

  /// States of at most this many words have the mixes of all source words computed once.
  private static let mixedWordsMax = 16

  init(_ system: TransitionSystem) {
    self.system = system
    folding = ProgramCompiler(system)
    let layout = system.layout
    let descriptors = layout.slots.indices.map { SlotDescriptor(SlotID($0), in: layout) }
    channels = system.channels.map { ChannelPlace($0, in: layout, descriptors) }
  }

  /// The value of an expression that is the same in all states and cannot fail.
  func constantValue(_ expression: ProgramExpression) -> Int64? {
    folding.constantValue(expression)
  }

  var keepsMixes: Bool { wordCount <= Self.mixedWordsMax }

  /// The mix of word `position` of the source.
  func sourceMix(_ position: Int32) -> String {
    keepsMixes ? "m[\(position)]" : mix(position, "s[\(position)]")
  }

  /// `StateHash.mix`, its constant folded.
  func mix(_ position: Int32, _ word: String) -> String {
    let constant = UInt64(position + 1) &* 0x9E37_79B9_7F4A_7C15
    return "mix(\(word) ^ \(CLiteral.unsigned(constant)))"
  }

  /// A table of the places of these slots.
  func table(_ slots: [SlotID]) -> String {
    if let name = tableNames[slots] { return name }
    let name = "slots_\(tableNames.count)"
    tableNames[slots] = name
    write(name, slots.map { SlotDescriptor($0, in: layout) })
    return name
  }

  /// A table of the entries of a channel, one bit field each.
  func entryTable(_ channel: ChannelID) -> String {
    let name = "entries_\(channel.index)"
    if entryTables.insert(channel.index).inserted { write(name, channels[channel.index].entries) }
    return name
  }

  private func write(_ name: String, _ slots: [SlotDescriptor]) {
    let rows = slots.map {
      "{\(CLiteral.unsigned($0.mask)),\(CLiteral.signed($0.bias)),\($0.word),\($0.shift)}"
    }
    tables.line("static const Slot \(name)[] = {\(rows.joined(separator: ", "))};")
  }

  /// The words that a statement itself may write.
  func written(by statement: ProgramStatement) -> Set<Int32> {
    switch statement {
    case .store(let slot, _): return words([slot])
    case .storeAt(let first, let stride, let count, let index, _):
      let run = SlotRun(first: first, stride: stride, count: count)
      if case .constant(let index) = index, index >= 0, index < count {
        return words([run.slot(Int(index))])
      }
      return run.isSound(layout) ? run.words(layout) : []
    case .clear(let first, let count), .restore(let first, let count):
      return words((first.index..<first.index + count).map { SlotID($0) })
    case .send(let channel, _), .sendOrDrop(let channel, _), .remove(let channel, _),
      .copy(let channel, _), .empty(let channel):
      return channels[channel.index].words(layout)
    default: return []
    }
  }

  private func words(_ slots: [SlotID]) -> Set<Int32> {
    Set(
      slots.filter { layout.slots.indices.contains($0.index) && layout.slots[$0.index].width > 0 }
        .map { layout.positions[$0.index].word })
  }
}

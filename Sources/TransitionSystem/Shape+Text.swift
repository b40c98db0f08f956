/// Cells in the words of the spec, for traces, dumps and reports.
extension Shape {
  /// The text of a value: `none`, `{1, 2}`, `Bid(round: 1, vote: yes)`, `[a, b]`, `{k: v}`.
  ///
  /// Requires: `cells.count >= cellCount`.
  public func text(_ cells: some Sequence<Int64>, agents: [AgentInfo]) -> String {
    var rest = Array(cells)[...]
    return take(&rest, agents: agents)
  }

  /// The text of the value of a rank, as a choice has it.
  public func text(ofRank rank: Int64, agents: [AgentInfo]) -> String {
    text(cells(ofRank: rank), agents: agents)
  }

  private func take(_ cells: inout ArraySlice<Int64>, agents: [AgentInfo]) -> String {
    if let range = cellRange {
      return oneCellText(cells.popFirst() ?? range.lower, agents: agents)
    }
    switch self {
    case .record(let name, let fields):
      let texts = fields.map { "\($0.name): \($0.shape.take(&cells, agents: agents))" }
      return "\(name)(\(texts.joined(separator: ", ")))"
    case .optional(let payload):
      let isPresent = cells.popFirst() == 1
      let text = payload.take(&cells, agents: agents)
      return isPresent ? text : "none"
    case .set(let element):
      var texts: [String] = []
      for cell in 0..<cellCount {
        let mask = UInt64(bitPattern: cells.popFirst() ?? 0)
        for bit in 0..<64 where mask >> UInt64(bit) & 1 == 1 {
          texts.append(element.text(ofRank: Int64(64 * cell + bit), agents: agents))
        }
      }
      return "{\(texts.joined(separator: ", "))}"
    case .sequence(let element, let capacity):
      let length = cells.popFirst() ?? 0
      let texts = (0..<capacity).map { _ in element.take(&cells, agents: agents) }
      return "[\(texts.prefix(Int(max(0, length))).joined(separator: ", "))]"
    case .map(let key, let value):
      let texts = (0..<(key.cardinality ?? 0)).map { rank in
        let name = key.text(ofRank: Int64(rank), agents: agents)
        return "\(name): \(value.take(&cells, agents: agents))"
      }
      return "{\(texts.joined(separator: ", "))}"
    case .bool, .integer, .enumeration, .agent: return ""
    }
  }

  private func oneCellText(_ cell: Int64, agents: [AgentInfo]) -> String {
    switch self {
    case .bool: return cell == 0 ? "false" : "true"
    case .enumeration(_, let cases) where cases.indices.contains(Int(cell)):
      return cases[Int(cell)]
    case .agent where agents.indices.contains(Int(cell)): return agents[Int(cell)].name
    case .optional(let payload):
      return cell == cellRange?.lower ? "none" : payload.oneCellText(cell, agents: agents)
    default: return String(cell)
    }
  }
}

/// Ranks: the order of the values of a shape.
///
/// One-cell shapes are ordered by value; records and maps lexicographically, the first field or key
/// most significant; an optional has `none` first; sets by mask; sequences by length, then
/// lexicographically.
extension Shape {
  /// The cells of the value of a rank. Requires: 0 <= rank < cardinality.
  public func cells(ofRank rank: Int64) -> [Int64] {
    if let range = cellRange { return [rank &+ range.lower] }
    switch self {
    case .record(_, let fields): return digits(rank, fields.map(\.shape))
    case .optional(let payload):
      return rank == 0 ? [0] + payload.clearedCells : [1] + payload.cells(ofRank: rank - 1)
    case .set: return [rank] + Array(repeating: 0, count: cellCount - 1)
    case .sequence(let element, let capacity):
      var rank = rank
      var power: Int64 = 1
      var length = 0
      while rank >= power, length < capacity {
        rank -= power
        power *= Int64(element.cardinality ?? 1)
        length += 1
      }
      let present = digits(rank, Array(repeating: element, count: length))
      let absent = Array(repeating: element.clearedCells, count: capacity - length)
      return [Int64(length)] + present + absent.joined()
    case .map(let key, let value):
      return digits(rank, Array(repeating: value, count: key.cardinality ?? 0))
    case .bool, .integer, .enumeration, .agent: return [rank]
    }
  }

  /// The digits of a number whose places are shapes, the first one most significant.
  private func digits(_ rank: Int64, _ places: [Shape]) -> [Int64] {
    var rank = rank
    var runs: [[Int64]] = []
    for place in places.reversed() {
      let base = Int64(place.cardinality ?? 1)
      runs.append(place.cells(ofRank: rank % base))
      rank /= base
    }
    return Array(runs.reversed().joined())
  }

  /// The values of the cells when all their bits are cleared.
  public var clearedCells: [Int64] {
    if let (lower, upper) = cellRange {
      return [Slot(name: "", lower: lower, upper: upper).minimum]
    }
    switch self {
    case .record(_, let fields): return fields.flatMap(\.shape.clearedCells)
    case .optional(let payload): return [0] + payload.clearedCells
    case .set: return Array(repeating: 0, count: cellCount)
    case .sequence(let element, let capacity):
      return [0] + Array(repeating: element.clearedCells, count: capacity).joined()
    case .map(let key, let value):
      return Array(Array(repeating: value.clearedCells, count: key.cardinality ?? 0).joined())
    case .bool, .integer, .enumeration, .agent: return [0]
    }
  }
}

extension TransitionSystem {
  /// The value of a variable in a packed state, in the words of the spec.
  public func text(of variable: VariableInfo, in state: [UInt64]) -> String {
    variable.shape.text(variable.slots.map { layout.read($0, from: state) }, agents: agents)
  }

  /// The entries of a channel in a packed state, the head of a queue first.
  public func entries(of channel: Channel, in state: [UInt64]) -> [[Int64]] {
    let length = min(Int(layout.read(channel.length, from: state)), channel.room)
    return (0..<length).map { entry in
      let first = channel.entries.index + entry * channel.cellCount
      return (first..<(first + channel.cellCount)).map { layout.read(SlotID($0), from: state) }
    }
  }

  /// The type of a message by its entry.
  public func message(of entry: [Int64], in channel: Channel) -> MessageShape? {
    guard let tagCell = channel.tagCell else { return channel.messages.first }
    return channel.messages.first { $0.tag == entry[tagCell] }
  }

  /// Who sent a message, by its entry.
  public func sender(of entry: [Int64], in channel: Channel) -> Int? {
    channel.sender ?? channel.senderCell.map { Int(entry[$0]) }
  }

  /// `Patch(rev: 1)`, `Ping`.
  public func text(of entry: [Int64], in channel: Channel) -> String {
    guard let message = message(of: entry, in: channel) else { return "?" }
    if message.fields.isEmpty { return message.name }
    var rest = entry[channel.fieldStart...]
    let fields = message.fields.map { field in
      let text = field.shape.text(rest.prefix(field.shape.cellCount), agents: agents)
      rest = rest.dropFirst(field.shape.cellCount)
      return "\(field.name): \(text)"
    }
    return "\(message.name)(\(fields.joined(separator: ", ")))"
  }

  /// The messages of a channel in a packed state, each as `Patch(rev: 1) from Coder`.
  public func texts(of channel: Channel, in state: [UInt64]) -> [String] {
    entries(of: channel, in: state).map { entry in
      let sender = sender(of: entry, in: channel).map { " from \(agents[$0].name)" } ?? ""
      return text(of: entry, in: channel) + sender
    }
  }
}

import TransitionSystem

/// The members of the symmetric families.
struct SymmetricMembers: Sendable {
  let families: [Range<Int>]
  let memberOf: [Int]
  let identityOf: [Int]
  let familyMembers: [Range<Int>]

  init(_ families: [Range<Int>], agentCount: Int) {
    self.families = families
    identityOf = families.flatMap { Array($0) }
    var numbers = Array(repeating: -1, count: agentCount)
    for (member, identity) in identityOf.enumerated() { numbers[identity] = member }
    memberOf = numbers
    var start = 0
    familyMembers = families.map { family in
      defer { start += family.count }
      return start..<(start + family.count)
    }
  }

  func family(of member: Int) -> Int {
    familyMembers.firstIndex { $0.contains(member) } ?? 0
  }

  /// The members among identities; nil where a family is in them in part.
  func members(in range: Range<Int>) -> [Int]? {
    for family in families where family.overlaps(range) {
      if !(range.contains(family.lowerBound) && range.contains(family.upperBound - 1)) {
        return nil
      }
    }
    return range.filter { memberOf.indices.contains($0) }.map { memberOf[$0] }.filter { $0 >= 0 }
  }
}

/// The cells of a plan while it is made: every slot of the system gets a key that is equal for the
/// slots which permutations map to each other, and the members on which its place depends.
struct PlanDrafts {
  let system: TransitionSystem
  let members: SymmetricMembers
  var cells: [PlanCell]
  /// By slot; nil until the slot has been met.
  private(set) var keys: [String?]
  private(set) var bags: [PlanBag] = []
  private(set) var channelKeys: [String] = []

  init(_ system: TransitionSystem, _ members: SymmetricMembers) throws(SymmetryRefusal) {
    self.system = system
    self.members = members
    cells = zip(system.layout.slots, system.layout.positions).map { slot, position in
      PlanCell(
        word: Int(position.word), shift: UInt64(position.shift),
        mask: slot.width == 64 ? .max : 1 << UInt64(slot.width) - 1, minimum: slot.minimum)
    }
    keys = Array(repeating: nil, count: cells.count)
    try addVariables()
    for (index, channel) in system.channels.enumerated() { try add(channel, index) }
    if let missing = keys.firstIndex(where: { $0 == nil }) {
      throw SymmetryRefusal(
        description: "`\(system.layout.slots[missing].name)` belongs to no variable")
    }
  }

  // MARK: Variables

  private mutating func addVariables() throws(SymmetryRefusal) {
    var ordinals = Array(repeating: 0, count: system.agents.count)
    for (index, variable) in system.variables.enumerated() {
      var place = Place(key: "variable \(index)")
      if let agent = variable.agent, members.memberOf[agent] >= 0 {
        let member = members.memberOf[agent]
        place.key = "family \(members.family(of: member)) variable \(ordinals[agent])"
        place.owners = [member]
        ordinals[agent] += 1
      }
      let first = variable.slots.first?.index ?? 0
      guard let use = variable.lifetime else {
        try walk(variable.shape, first, place)
        continue
      }
      // In use at some control points only: one reading for each run of their numbers.
      for range in runs(of: use.points) {
        var reading = place
        reading.guards.append(guardCell(use.control.index, range))
        try walk(variable.shape, first, reading)
      }
      if use.points.isEmpty { try walk(variable.shape, first, place, readsNothing: true) }
    }
  }

  private func runs(of values: Set<Int64>) -> [ClosedRange<Int64>] {
    var runs: [ClosedRange<Int64>] = []
    for value in values.sorted() {
      if let last = runs.last, last.upperBound + 1 == value {
        runs[runs.count - 1] = last.lowerBound...value
      } else {
        runs.append(value...value)
      }
    }
    return runs
  }

  // MARK: Values

  /// Where a value lies.
  private struct Place {
    var key: String
    var owners: [Int] = []
    var guards: [PlanGuard] = []
    /// The cells of messages of several types lie over each other.
    var isMessage = false
  }

  /// A guard on the value of a slot.
  private func guardCell(_ slot: Int, _ range: ClosedRange<Int64>) -> PlanGuard {
    let minimum = cells[slot].minimum
    let lower = UInt64(bitPattern: max(range.lowerBound, minimum) &- minimum)
    let upper = UInt64(bitPattern: max(range.upperBound, minimum) &- minimum)
    return PlanGuard(cell: slot, range: lower...max(lower, upper))
  }

  /// Takes down the cells of a value, from a slot on.
  private mutating func walk(
    _ shape: Shape, _ first: Int, _ place: Place, readsNothing: Bool = false
  ) throws(SymmetryRefusal) {
    if let identities = shape.oneCellAgents {
      let range = identities.lowerBound..<(identities.upperBound + 1)
      let bounds = Int64(identities.lowerBound)...Int64(identities.upperBound)
      let isRead = try !members(range, shape).isEmpty && !readsNothing
      return add(first, place, isRead ? .identity(bounds) : nil)
    }
    if shape.cellRange != nil { return add(first, place, nil) }
    switch shape {
    case .record(_, let fields):
      var slot = first
      for (number, field) in fields.enumerated() {
        var inner = place
        inner.key += ".\(number)"
        try walk(field.shape, slot, inner, readsNothing: readsNothing)
        slot += field.shape.cellCount
      }
    case .optional(let payload):
      add(first, place, nil)
      var inner = place
      inner.key += "?"
      inner.guards.append(guardCell(first, 1...1))
      try walk(payload, first + 1, inner, readsNothing: readsNothing)
    case .sequence(let element, let capacity):
      add(first, place, nil)
      for index in 0..<capacity {
        var inner = place
        inner.key += "[\(index)]"
        inner.guards.append(guardCell(first, Int64(index + 1)...Int64(capacity)))
        try walk(
          element, first + 1 + index * element.cellCount, inner, readsNothing: readsNothing)
      }
    case .set(let element): try walkSet(shape, element, first, place, readsNothing)
    case .map(let key, let value):
      for rank in 0..<(key.cardinality ?? 0) {
        let inner = try element(rank, key, shape, place)
        try walk(value, first + rank * value.cellCount, inner, readsNothing: readsNothing)
      }
    case .bool, .integer, .enumeration, .agent: return
    }
  }

  private mutating func walkSet(
    _ shape: Shape, _ element: Shape, _ first: Int, _ place: Place, _ readsNothing: Bool
  ) throws(SymmetryRefusal) {
    var kind: PlanReading.Kind?
    if case .agent(let start, let count) = element {
      if try !members(start..<(start + count), shape).isEmpty {
        guard count <= 64 else { throw .unsupported("a set of more than 64 agents") }
        kind = .mask(first: start)
      }
    } else if mentionsMembers(element) {
      throw .unsupported("a set of values that hold identities")
    }
    for cell in 0..<shape.cellCount {
      var inner = place
      inner.key += "{\(cell)}"
      add(first + cell, inner, readsNothing ? nil : kind)
    }
  }

  /// The place of the element of a map at the key of a rank.
  private func element(
    _ rank: Int, _ key: Shape, _ map: Shape, _ place: Place
  ) throws(SymmetryRefusal) -> Place {
    var inner = place
    inner.key += "[\(rank)]"
    guard case .agent(let start, let count) = key else {
      if mentionsMembers(key) { throw .unsupported("a map whose keys hold identities") }
      return inner
    }
    if try members(start..<(start + count), map).isEmpty { return inner }
    if place.isMessage { throw .unsupported("a message with a map over the family") }
    let member = members.memberOf[start + rank]
    if member >= 0 {
      inner.key = place.key + "[family \(members.family(of: member))]"
      inner.owners.append(member)
    }
    return inner
  }

  private func members(_ range: Range<Int>, _ shape: Shape) throws(SymmetryRefusal) -> [Int] {
    guard let found = members.members(in: range) else {
      throw .unsupported("a type with some members of the family only")
    }
    return found
  }

  private func mentionsMembers(_ shape: Shape) -> Bool {
    switch shape {
    case .bool, .integer, .enumeration: false
    case .agent(let first, let count):
      members.families.contains { $0.overlaps(first..<(first + count)) }
    case .record(_, let fields): fields.contains { mentionsMembers($0.shape) }
    case .optional(let inner), .set(let inner), .sequence(let inner, _): mentionsMembers(inner)
    case .map(let key, let value): mentionsMembers(key) || mentionsMembers(value)
    }
  }

  /// Takes down one cell, or another way to read it.
  private mutating func add(_ slot: Int, _ place: Place, _ kind: PlanReading.Kind?) {
    keys[slot] = place.key
    cells[slot].owners = place.owners
    cells[slot].salt = fingerprint(place.key)
    // A slot without bits holds nothing: it was left out of the state.
    guard let kind, cells[slot].mask != 0 else { return }
    cells[slot].readings.append(PlanReading(kind: kind, guards: place.guards))
  }

  // MARK: Channels

  private mutating func add(_ channel: Channel, _ index: Int) throws(SymmetryRefusal) {
    var place = Place(
      key: "\(channel.order) \(channel.messages.map(\.name).joined(separator: "|"))")
    mention(channel.receiver, "to", &place)
    if channel.order == .queue, let sender = channel.sender { mention(sender, "from", &place) }
    channelKeys.append(place.key)
    let key = place.key
    place.isMessage = true
    place.key = key + " length"
    add(channel.length.index, place, nil)
    for entry in 0..<channel.room {
      let first = channel.entries.index + entry * channel.cellCount
      place.guards = [guardCell(channel.length.index, Int64(entry + 1)...Int64(channel.room))]
      for cell in 0..<channel.cellCount {
        place.key = key + " entry \(entry) cell \(cell)"
        add(first + cell, place, nil)
        // The entries of a bag have no order of their own.
        if channel.order == .bag { cells[first + cell].salt = fingerprint(key + " cell \(cell)") }
      }
      try addReadings(of: channel, first, place)
    }
    if channel.order == .bag && channel.cellCount > 0 { addBag(channel) }
  }

  private func mention(_ identity: Int, _ word: String, _ place: inout Place) {
    let member = members.memberOf[identity]
    if member >= 0 {
      place.key += " \(word) family \(members.family(of: member))"
      place.owners.append(member)
    } else {
      place.key += " \(word) \(identity)"
    }
  }

  /// What the cells of one entry hold: the sender, and the fields of each type of message.
  private mutating func addReadings(
    of channel: Channel, _ first: Int, _ place: Place
  ) throws(SymmetryRefusal) {
    let known = (first..<(first + channel.cellCount)).map { (keys[$0], cells[$0].salt) }
    if let sender = channel.senderCell {
      let all = Int64(0)...Int64(system.agents.count - 1)
      cells[first + sender].readings = [PlanReading(kind: .identity(all), guards: place.guards)]
    }
    for message in channel.messages {
      var inner = place
      if let tag = channel.tagCell {
        inner.guards.append(guardCell(first + tag, message.tag...message.tag))
      }
      var slot = first + channel.fieldStart
      for field in message.fields {
        try walk(field.shape, slot, inner)
        slot += field.shape.cellCount
      }
    }
    for (offset, (key, salt)) in known.enumerated() {
      keys[first + offset] = key
      cells[first + offset].salt = salt
    }
  }

  private mutating func addBag(_ channel: Channel) {
    let range = channel.entries.index..<(channel.entries.index + channel.room * channel.cellCount)
    for (offset, cell) in range.enumerated() {
      cells[cell].bag = bags.count
      cells[cell].entry = offset / channel.cellCount
    }
    bags.append(
      PlanBag(
        length: channel.length.index, first: range.lowerBound, cellCount: channel.cellCount,
        isSorted: channel.room > 1 && cells[range].contains { !$0.readings.isEmpty }))
  }

  /// The cells that tell members apart: those with owners or identities, and those beside
  /// identities in the entries of a bag.
  var tellingCells: [Int] {
    cells.indices.filter { index in
      let cell = cells[index]
      if !cell.owners.isEmpty || !cell.readings.isEmpty { return true }
      guard let bag = cell.bag else { return false }
      let first = bags[bag].first + cell.entry * bags[bag].cellCount
      return (first..<(first + bags[bag].cellCount)).contains { !cells[$0].readings.isEmpty }
    }
  }
}

extension SymmetryRefusal {
  static func unsupported(_ what: String) -> SymmetryRefusal {
    SymmetryRefusal(description: "\(what) is not supported")
  }
}

extension Shape {
  /// The identities that a cell may hold: an agent, or `none` in front of them.
  fileprivate var oneCellAgents: ClosedRange<Int>? {
    switch self {
    case .agent(let first, let count): count > 0 ? first...(first + count - 1) : nil
    case .optional(let payload): cellRange == nil ? nil : payload.oneCellAgents
    default: nil
    }
  }
}

/// FNV-1a, of 64 bits: the same in every run, as `Hasher` is not.
private func fingerprint(_ text: String) -> UInt64 {
  text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
}

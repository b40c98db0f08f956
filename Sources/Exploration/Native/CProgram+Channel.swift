import TransitionSystem

// Channels. A queue in one word is moved by shifts in a local; other forms go through the functions
// of the prelude, in memory.

extension CProgram {
  /// The cells, packed as an entry of one bit field.
  private func packed(_ channel: ChannelPlace, _ cells: [ProgramExpression]) -> String {
    var left = channel.entryWidth
    var parts: [String] = []
    for (index, cell) in cells.enumerated() {
      let slot = unit.layout.slots[channel.channel.entries.index + index]
      if slot.width == 0 { continue }
      left -= slot.width
      let value = "(u64)(\(expression(cell)) - \(CLiteral.signed(slot.minimum)))"
      parts.append(
        slot.width == 64
          ? value : "(\(value) & \(CLiteral.unsigned(.max >> UInt64(64 - slot.width)))) << \(left)")
    }
    return parts.isEmpty ? "0" : parts.map { "(\($0))" }.joined(separator: " | ")
  }

  mutating func send(_ channel: ChannelID, _ cells: [ProgramExpression]) {
    let place = unit.channels[channel.index]
    guard cells.count == place.channel.cellCount, place.channel.room > 0 else {
      return text.line("return MACHINE;")
    }
    text.open("")
    if place.form == .cells || logStride != nil {
      let values = cells.isEmpty ? "0" : cells.map { expression($0) }.joined(separator: ", ")
      text.line("const i64 cells[] = {\(values)};")
    }
    if place.form != .cells { text.line("const u64 entry = \(packed(place, cells));") }
    text.line("const i64 length = \(read(place.channel.length));")
    text.line("if (UNLIKELY(length >= \(place.channel.room))) return MACHINE;")
    setLength(place, "length + 1")
    let isBag = place.channel.order == .bag ? 1 : 0
    switch place.form {
    case .oneWord: sendOneWord(place)
    case .fields:
      text.line("insert_field(w, \(unit.entryTable(channel)), length, entry, \(isBag));")
    case .cells:
      text.line(
        "insert_cells(w, \(unit.table(place.cells)), \(cells.count), length, cells, \(isBag));")
    }
    if let stride = logStride {
      text.line(
        "if (!log_send(&log, \(stride), \(channel.index), \(cells.count), cells)) return MACHINE;")
    }
    text.close()
  }

  mutating func sendOrDrop(_ channel: ChannelID, _ cells: [ProgramExpression]) {
    guard logStride != nil, case .labels = ends else { return text.line("return MACHINE;") }
    openDrop()
    send(channel, cells)
    text.close()
  }

  private mutating func setLength(_ channel: ChannelPlace, _ value: String) {
    let slot = unit.layout.slots[channel.channel.length.index]
    let position = unit.layout.positions[channel.channel.length.index]
    if slot.width == 0 { return }
    insert(
      word(position.word), "\(position.shift)", slot.width,
      "(\(value) - \(CLiteral.signed(slot.minimum)))")
  }

  /// With `length` and `entry` declared.
  private mutating func sendOneWord(_ channel: ChannelPlace) {
    guard let first = channel.entries.first, channel.entryWidth > 0 else {
      return text.line("(void)entry;")
    }
    let (word, width) = (word(first.word), channel.entryWidth)
    // A bag of one entry is a queue of one.
    guard channel.channel.order == .bag, channel.channel.room > 1 else {
      return text.line("\(word) |= entry << (\(first.shift) + length * \(width));")
    }
    let field = CLiteral.unsigned(.max >> UInt64(64 - width))
    text.line("u64 queue = \(queue(channel, word));")
    text.line("i64 at = 0;")
    text.line("while (at < length * \(width) && (queue >> at & \(field)) <= entry) at += \(width);")
    text.line("const u64 kept = (1UL << at) - 1;")
    text.line("queue = (queue & kept) | entry << at | (queue & ~kept) << \(width);")
    setQueue(channel, word)
  }

  private func queue(_ channel: ChannelPlace, _ word: String) -> String {
    let shift = channel.entries.first?.shift ?? 0
    return "\(word) >> \(shift) & \(CLiteral.unsigned(channel.queueMask))"
  }

  private mutating func setQueue(_ channel: ChannelPlace, _ word: String) {
    let shift = channel.entries.first?.shift ?? 0
    let mask = CLiteral.unsigned(channel.queueMask << UInt64(shift))
    text.line("\(word) = (\(word) & ~\(mask)) | queue << \(shift);")
  }

  /// Opens a block with the index `i` of an entry that exists, and `length`.
  private mutating func openEntry(_ channel: ChannelPlace, _ index: ProgramExpression) {
    text.open("")
    text.line("const u64 i = (u64)\(expression(index));")
    text.line("const i64 length = \(read(channel.channel.length));")
    text.line(
      "if (UNLIKELY(i >= (u64)length || length > \(channel.channel.room))) return MACHINE;")
  }

  mutating func remove(_ channel: ChannelID, _ index: ProgramExpression) {
    let place = unit.channels[channel.index]
    openEntry(place, index)
    setLength(place, "length - 1")
    switch place.form {
    case .oneWord: removeOneWord(place)
    case .fields: text.line("remove_field(w, \(unit.entryTable(channel)), length, (i64)i);")
    case .cells:
      text.line(
        "remove_cells(w, \(unit.table(place.cells)), \(place.channel.cellCount), length, (i64)i);")
    }
    text.close()
  }

  private mutating func removeOneWord(_ channel: ChannelPlace) {
    guard let first = channel.entries.first, channel.entryWidth > 0 else { return }
    let (word, width) = (word(first.word), channel.entryWidth)
    if width == 64 { return text.line("\(word) = 0;") }
    text.line("u64 queue = \(queue(channel, word));")
    text.line("const u64 kept = (1UL << i * \(width)) - 1;")
    text.line("queue = (queue & kept) | (queue >> \(width) & ~kept);")
    setQueue(channel, word)
  }

  mutating func copy(_ channel: ChannelID, _ index: ProgramExpression) {
    let place = unit.channels[channel.index]
    openEntry(place, index)
    text.line("if (length == \(place.channel.room)) return MACHINE;")
    setLength(place, "length + 1")
    switch place.form {
    case .oneWord: copyOneWord(place)
    case .fields: text.line("copy_field(w, \(unit.entryTable(channel)), length, (i64)i);")
    case .cells:
      text.line(
        "copy_cells(w, \(unit.table(place.cells)), \(place.channel.cellCount), length, (i64)i);")
    }
    text.close()
  }

  private mutating func copyOneWord(_ channel: ChannelPlace) {
    // With room for one entry no copy gets here.
    guard let first = channel.entries.first, channel.entryWidth > 0, channel.channel.room > 1
    else { return }
    let (word, width) = (word(first.word), channel.entryWidth)
    text.line("u64 queue = \(queue(channel, word));")
    text.line("const u64 above = (i + 1) * \(width);")
    text.line("queue = (queue & ((1UL << above) - 1)) | queue >> i * \(width) << above;")
    setQueue(channel, word)
  }

  /// Whether entries `c` and `c - 1` of the source are equal.
  func equalsPrevious(_ channel: ChannelID) -> String {
    let place = unit.channels[channel.index]
    switch place.form {
    case .oneWord:
      guard let first = place.entries.first, place.entryWidth > 0 else { return "1" }
      if place.entryWidth == 64 { return "0" }
      let (width, shift) = (place.entryWidth, first.shift)
      let word = "s[\(first.word)]"
      let field = CLiteral.unsigned(.max >> UInt64(64 - width))
      return "((\(word) >> (\(shift) + c * \(width)) ^ \(word) >> (\(shift) + (c - 1) * \(width)))"
        + " & \(field)) == 0"
    case .fields:
      let table = unit.entryTable(channel)
      return "bits(s, \(table) + c) == bits(s, \(table) + c - 1)"
    case .cells:
      return "is_equal(s, \(unit.table(place.cells)), \(place.channel.cellCount), c, c - 1)"
    }
  }
}

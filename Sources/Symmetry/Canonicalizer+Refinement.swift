/// Colours: what a state says of each member, without its name.
///
/// A colour is a hash of the cells that belong to a member or name it, with the colours of the
/// other members in them. Permuting a state permutes the colours, so sorting by them undoes the
/// permutation. Members with equal colours are ties; that two differ and collide makes a tie
/// more, never a wrong representative.
extension Canonicalizer {
  var initialColors: [UInt64] {
    plan.familyMembers.enumerated().flatMap { family, members in
      members.map { _ in mix(UInt64(family) &+ 1) }
    }
  }

  /// Splits ties as long as that makes more colours.
  func refine(_ colors: inout [UInt64]) {
    var count = 0
    while true {
      colors.withUnsafeMutableBufferPointer { buffer in
        if let base = buffer.baseAddress { refineOnce(base) }
      }
      let larger = distinctCount(colors)
      if larger <= count || larger == plan.memberCount { return }
      count = larger
    }
  }

  private func distinctCount(_ colors: [UInt64]) -> Int {
    var count = 0
    for (index, color) in colors.enumerated() where !colors[..<index].contains(color) { count += 1 }
    return count
  }

  /// Cells of one member contribute as the others do (`contribute`), but what they hold is hashed
  /// once for each state.
  private func refineOnce(_ colors: UnsafeMutablePointer<UInt64>) {
    sums.update(repeating: 0, count: plan.memberCount)
    for member in 0..<plan.memberCount { colorHashes[member] = mix(colors[member]) }
    for place in 0..<ownTelling.count where fields[ownTelling[place].cell] != 0 {
      let owner = ownTelling[place].owner
      sums[owner] &+= mix(mix(ownHashes[place] &+ colorHashes[owner]) &+ 1)
    }
    for index in otherTelling { values[index] = value(of: index, colors) }
    for index in otherTelling where isTelling(index) { contribute(index, colors) }
    for member in 0..<plan.memberCount {
      colors[member] = mix(colors[member] &+ mix(sums[member] &+ 0x9E37_79B9_7F4A_7C15))
    }
  }

  /// Cells that are clear say nothing that the others do not; nor do those behind the last message.
  private func isTelling(_ index: Int) -> Bool {
    let cell = plan.cells[index]
    if let bag = cell.bag { return UInt64(cell.entry) < fields[plan.bags[bag].length] }
    return fields[index] != 0 || readings[index] >= 0
  }

  /// The hash of what a cell holds.
  private func value(of index: Int, _ colors: UnsafeMutablePointer<UInt64>) -> UInt64 {
    let field = fields[index]
    let cell = plan.cells[index]
    guard readings[index] >= 0, !cell.readings.isEmpty else { return mix(field ^ cell.salt) }
    switch cell.readings[readings[index]].kind {
    case .identity(let range):
      let value = Int64(bitPattern: field) &+ cell.minimum
      guard range.contains(value), plan.memberOf[Int(value)] >= 0 else {
        return mix(UInt64(bitPattern: value) ^ 0xA076_1D64_78BD_642F)
      }
      return named(plan.memberOf[Int(value)], cell, colors)
    case .mask(let first):
      var sum: UInt64 = 0
      var rest = field
      while rest != 0 {
        let bit = rest.trailingZeroBitCount
        rest &= rest - 1
        let member = plan.memberOf[first + bit]
        sum &+= member < 0 ? mix(UInt64(bit) ^ 0xE703_7ED1_A0B4_28DB) : named(member, cell, colors)
      }
      return mix(sum)
    }
  }

  /// The hash of a member named in a cell: its colour, and which of the owners it is.
  private func named(
    _ member: Int, _ cell: PlanCell, _ colors: UnsafeMutablePointer<UInt64>
  ) -> UInt64 {
    var hash = colors[member] ^ 0x8EBC_6AF0_9C88_C6E3
    for (place, owner) in cell.owners.enumerated() where owner == member {
      hash &+= mix(UInt64(place) &+ 0x5897_89E6_B1F4_E2A7)
    }
    return mix(hash)
  }

  /// Adds a cell to the sums of its owners and of the members that it names.
  private func contribute(_ index: Int, _ colors: UnsafeMutablePointer<UInt64>) {
    let cell = plan.cells[index]
    var hash = cell.salt &+ values[index] &+ entryHash(cell)
    for (place, owner) in cell.owners.enumerated() {
      hash &+= mix(colors[owner] &+ UInt64(place))
    }
    hash = mix(hash)
    for (place, owner) in cell.owners.enumerated() {
      sums[owner] &+= mix(hash &+ UInt64(place) &+ 1)
    }
    guard readings[index] >= 0 else { return }
    switch cell.readings[readings[index]].kind {
    case .identity(let range):
      let value = Int64(bitPattern: fields[index]) &+ cell.minimum
      if range.contains(value) { contribute(hash, to: plan.memberOf[Int(value)], cell) }
    case .mask(let first):
      var rest = fields[index]
      while rest != 0 {
        let bit = rest.trailingZeroBitCount
        rest &= rest - 1
        contribute(hash, to: plan.memberOf[first + bit], cell)
      }
    }
  }

  private func contribute(_ hash: UInt64, to member: Int, _ cell: PlanCell) {
    guard member >= 0 else { return }
    var hash = hash ^ 0x1D8E_4E27_C47D_124F
    for (place, owner) in cell.owners.enumerated() where owner == member {
      hash &+= mix(UInt64(place) &+ 0xEB44_ACCA_B455_D165)
    }
    sums[member] &+= mix(hash)
  }

  /// What the other cells of the entry of a bag hold.
  private func entryHash(_ cell: PlanCell) -> UInt64 {
    guard let number = cell.bag else { return 0 }
    let bag = plan.bags[number]
    var sum: UInt64 = 0
    for index in 0..<bag.cellCount {
      let other = bag.first + cell.entry * bag.cellCount + index
      sum &+= mix(values[other] &+ plan.cells[other].salt)
    }
    return mix(sum)
  }
}

/// The finaliser of MurmurHash3 in Stafford's variant 13.
@inline(__always)
func mix(_ value: UInt64) -> UInt64 {
  var bits = value
  bits = (bits ^ (bits &>> 30)) &* 0xBF58_476D_1CE4_E5B9
  bits = (bits ^ (bits &>> 27)) &* 0x94D0_49BB_1331_11EB
  return bits ^ (bits &>> 31)
}

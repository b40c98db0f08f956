/// Finds the representative of a state among its images under all permutations of the members.
///
/// Members are sorted by what the state says of them without naming them; where that leaves ties,
/// each way to break them is tried, and the image with the least words counts. See
/// `Canonicalizer+Search` for why that is one representative for each orbit, and for its price.
///
/// Threads: one for each worker. Source: Ip and Dill, Better verification through symmetry, Formal
/// Methods in System Design 1996; Bošnački, Dams and Holenderski, Symmetric Spin, STTT 2002;
/// McKay, Practical graph isomorphism, 1981, for the refinement.
public final class Canonicalizer {
  let plan: SymmetryPlan
  /// Images tried of one state before the least of them is taken for the representative.
  let leavesMax: Int
  /// The bit fields of the state at hand, by cell.
  let fields: UnsafeMutablePointer<UInt64>
  /// Those of an image.
  let image: UnsafeMutablePointer<UInt64>
  /// By cell: the index of the reading in force, -1 for none.
  let readings: UnsafeMutablePointer<Int>
  /// By cell, in a round of refinement.
  let values: UnsafeMutablePointer<UInt64>
  /// Of the words of an image.
  let words: UnsafeMutablePointer<UInt64>
  let best: UnsafeMutablePointer<UInt64>
  /// By member, in a round of refinement.
  let sums: UnsafeMutablePointer<UInt64>
  let colorHashes: UnsafeMutablePointer<UInt64>
  /// Cells of one member that name nobody and are in no bag, as most are: those that tell members
  /// apart, with the hash of what they hold, and those that move.
  let ownTelling: OwnCells
  let ownHashes: UnsafeMutablePointer<UInt64>
  private let ownMoving: OwnCells
  /// All others.
  let otherTelling: [Int]
  private let otherMoving: [Int]
  /// The image of each member.
  let permutation: UnsafeMutablePointer<Int>
  var leaves = 0
  /// What the last call of `canonicalize` did to the members.
  public internal(set) var lastPermutation: [Int]
  /// States whose representative need not be the only one of their orbit.
  public internal(set) var inexactCount = 0
  /// Identities that did not fit the cell of their image: a fault of the plan.
  public internal(set) var misfitCount = 0

  public init(_ plan: SymmetryPlan, leavesMax: Int = 1024) {
    self.plan = plan
    self.leavesMax = leavesMax
    let cellCount = max(1, plan.cells.count)
    let wordCount = max(1, plan.wordCount)
    fields = .allocate(capacity: cellCount)
    image = .allocate(capacity: cellCount)
    values = .allocate(capacity: cellCount)
    readings = .allocate(capacity: cellCount)
    words = .allocate(capacity: wordCount)
    best = .allocate(capacity: wordCount)
    sums = .allocate(capacity: plan.memberCount)
    colorHashes = .allocate(capacity: plan.memberCount)
    ownTelling = OwnCells(among: plan.telling, plan)
    ownHashes = .allocate(capacity: max(1, ownTelling.count))
    ownMoving = OwnCells(among: plan.moving, plan)
    otherTelling = plan.telling.filter { !plan.cells[$0].isOwn }
    otherMoving = plan.moving.filter { !plan.cells[$0].isOwn }
    permutation = .allocate(capacity: plan.memberCount)
    fields.initialize(repeating: 0, count: cellCount)
    image.initialize(repeating: 0, count: cellCount)
    values.initialize(repeating: 0, count: cellCount)
    readings.initialize(repeating: -1, count: cellCount)
    words.initialize(repeating: 0, count: wordCount)
    best.initialize(repeating: 0, count: wordCount)
    sums.initialize(repeating: 0, count: plan.memberCount)
    colorHashes.initialize(repeating: 0, count: plan.memberCount)
    ownHashes.initialize(repeating: 0, count: max(1, ownTelling.count))
    permutation.initialize(repeating: 0, count: plan.memberCount)
    lastPermutation = Array(0..<plan.memberCount)
  }

  deinit {
    fields.deallocate()
    image.deallocate()
    values.deallocate()
    readings.deallocate()
    words.deallocate()
    best.deallocate()
    sums.deallocate()
    colorHashes.deallocate()
    ownHashes.deallocate()
    permutation.deallocate()
  }

  /// Replaces a packed state by its representative.
  ///
  /// Requires: `state` has the words of the system.
  public func canonicalize(_ state: UnsafeMutablePointer<UInt64>) {
    load(state)
    leaves = 0
    var colors = initialColors
    refine(&colors)
    descend(colors)
    if leaves > leavesMax { inexactCount += 1 }
    if leaves > 0 { state.update(from: best, count: plan.wordCount) }
  }

  /// The image of a packed state, where member m becomes `permutation[m]`.
  public func image(of state: [UInt64], under permutation: [Int]) -> [UInt64] {
    state.withUnsafeBufferPointer { words in
      if let base = words.baseAddress { load(base) }
    }
    for member in permutation.indices { self.permutation[member] = permutation[member] }
    permute()
    pack()
    return (0..<plan.wordCount).map { words[$0] }
  }

  // MARK: Cells

  private func load(_ state: UnsafePointer<UInt64>) {
    for (index, cell) in plan.cells.enumerated() {
      fields[index] = cell.mask == 0 ? 0 : state[cell.word] >> cell.shift & cell.mask
    }
    for index in otherMoving { readings[index] = reading(of: index) }
    for place in 0..<ownTelling.count {
      let own = ownTelling[place]
      ownHashes[place] = own.salt &+ mix(fields[own.cell] ^ own.salt)
    }
  }

  private func reading(of index: Int) -> Int {
    for (number, reading) in plan.cells[index].readings.enumerated()
    where reading.guards.allSatisfy({ $0.range.contains(fields[$0.cell]) }) { return number }
    return -1
  }

  /// Packs the image.
  func pack() {
    words.update(repeating: 0, count: plan.wordCount)
    for (index, cell) in plan.cells.enumerated() where cell.mask != 0 {
      words[cell.word] |= image[index] << cell.shift
    }
  }

  /// Makes the image under `permutation`.
  func permute() {
    image.update(from: fields, count: plan.cells.count)
    for place in 0..<ownMoving.count {
      let own = ownMoving[place]
      image[own.destinations[permutation[own.owner]]] = fields[own.cell]
    }
    for index in otherMoving {
      let target = destination(of: index)
      image[target] = renamed(index, in: target)
    }
    for bag in plan.bags where bag.isSorted { sort(bag) }
  }

  private func destination(of index: Int) -> Int {
    let cell = plan.cells[index]
    if cell.owners.isEmpty { return index }
    var offset = 0
    for owner in cell.owners.reversed() { offset = offset * plan.memberCount + permutation[owner] }
    return plan.destinations[cell.table + offset]
  }

  /// The bit field of a cell as its image has it.
  private func renamed(_ index: Int, in target: Int) -> UInt64 {
    let field = fields[index]
    guard readings[index] >= 0 else { return field }
    let cell = plan.cells[index]
    switch cell.readings[readings[index]].kind {
    case .identity(let range):
      var value = Int64(bitPattern: field) &+ cell.minimum
      if range.contains(value), plan.memberOf[Int(value)] >= 0 {
        value = Int64(plan.identityOf[permutation[plan.memberOf[Int(value)]]])
      }
      let renamed = UInt64(bitPattern: value &- plan.cells[target].minimum)
      if renamed > plan.cells[target].mask { misfitCount += 1 }
      return renamed & plan.cells[target].mask
    case .mask(let first):
      var result: UInt64 = 0
      var rest = field
      while rest != 0 {
        let bit = rest.trailingZeroBitCount
        rest &= rest - 1
        let member = plan.memberOf[first + bit]
        let renamed = member < 0 ? bit : plan.identityOf[permutation[member]] - first
        result |= 1 << UInt64(renamed)
      }
      return result
    }
  }

  /// Puts the entries of a bag of the image in order: few, so by insertion.
  private func sort(_ bag: PlanBag) {
    let count = Int(image[bag.length])
    guard count > 1 else { return }
    for end in 1..<count {
      var place = end
      while place > 0, precedes(place, place - 1, bag) {
        for cell in 0..<bag.cellCount {
          let (a, b) = (
            bag.first + place * bag.cellCount + cell, bag.first + (place - 1) * bag.cellCount + cell
          )
          (image[a], image[b]) = (image[b], image[a])
        }
        place -= 1
      }
    }
  }

  private func precedes(_ entry: Int, _ other: Int, _ bag: PlanBag) -> Bool {
    for cell in 0..<bag.cellCount {
      let (a, b) = (
        image[bag.first + entry * bag.cellCount + cell],
        image[bag.first + other * bag.cellCount + cell]
      )
      if a != b { return a < b }
    }
    return false
  }
}

/// What demands need of local states, two bytes for each pair of a part of a demand and a kind of
/// local states of its group.
///
/// A cache with keys would do (`WordCache`, which takes over what has no room here), but such pairs
/// are looked up some twenty times for each state of a search, so that it counts how many of them
/// fit the first caches of a processor.
///
/// Safety: parts are below their count, kinds below `room`.
///
/// Threads: one; it belongs to its `LocalStates`.
struct DemandTable: ~Copyable {
  /// A part of a row, asked for by a spot.
  struct Part: BitwiseCopyable {
    let group: Int32
    /// Where the kinds of its local states begin in `cells`; those at 0 are never written.
    var firstCell: Int32
  }

  private struct Memory {
    var cells: UnsafeMutablePointer<UInt16>
    var capacity: Int
    var used: Int
    /// Kinds of each group that there is room for.
    var room: Int
  }

  /// Not worked out yet, or too large to be here.
  static let unknown = UInt16.max
  private static let roomMin = 4
  private static let cellsMax = 1 << 21

  let parts = Pool<Part>()
  private let memory: UnsafeMutablePointer<Memory>

  init() {
    memory = .allocate(capacity: 1)
    memory.initialize(to: DemandTable.unknown(cells: 1 << 12, room: DemandTable.roomMin))
  }

  deinit {
    memory.pointee.cells.deallocate()
    memory.deallocate()
  }

  private static func unknown(cells count: Int, room: Int) -> Memory {
    let cells = UnsafeMutablePointer<UInt16>.allocate(capacity: count)
    cells.initialize(repeating: unknown, count: count)
    return Memory(cells: cells, capacity: count, used: room, room: room)
  }

  var byteCount: Int {
    parts.byteCount + MemoryLayout<UInt16>.stride * memory.pointee.capacity
  }

  /// Adds a part of a demand.
  func addPart(of group: Int32) { parts.append(Part(group: group, firstCell: takeCells())) }

  /// Cells for a part; those that nobody writes where there are too many.
  private func takeCells() -> Int32 {
    let (first, room) = (memory.pointee.used, memory.pointee.room)
    if first + room > DemandTable.cellsMax { return 0 }
    if first + room > memory.pointee.capacity { replace(capacity: 2 * (first + room)) }
    memory.pointee.used = first + room
    return Int32(first)
  }

  private func replace(capacity: Int) {
    let old = memory.pointee
    memory.pointee = DemandTable.unknown(cells: capacity, room: old.room)
    memory.pointee.cells.update(from: old.cells, count: old.used)
    memory.pointee.used = old.used
    old.cells.deallocate()
  }

  /// Sees to it that each group has room for so many kinds.
  func makeRoom(for count: Int) {
    let old = memory.pointee
    if count <= old.room { return }
    var room = old.room
    while room < count { room *= 2 }
    let cellCount = min(room * (parts.count + 1), DemandTable.cellsMax)
    memory.pointee = DemandTable.unknown(cells: max(cellCount, room), room: room)
    for index in 0..<parts.count {
      var part = parts[index]
      let from = old.cells + Int(part.firstCell)
      part.firstCell = takeCells()
      if part.firstCell != 0 {
        (memory.pointee.cells + Int(part.firstCell)).update(from: from, count: old.room)
      }
      parts.replace(index, by: part)
    }
    old.cells.deallocate()
  }

  /// Where the cells lie until a local state or a demand is added.
  @inline(__always)
  var cells: UnsafePointer<UInt16> { UnsafePointer(memory.pointee.cells) }

  @inline(__always)
  subscript(part: Part, kind: Int32) -> UInt16 {
    memory.pointee.cells[Int(part.firstCell &+ kind)]
  }

  /// Notes what a part needs of a kind of local states; false where it does not fit.
  func note(_ spots: UInt64, _ part: Part, _ kind: Int32) -> Bool {
    if part.firstCell == 0 || spots >= UInt64(DemandTable.unknown) { return false }
    memory.pointee.cells[Int(part.firstCell &+ kind)] = UInt16(spots)
    return true
  }
}

/// `ActionVariants.variant`, for one worker and without checks.
///
/// Fields that lie side by side in a word are read as one, so that variants are in another order
/// than in `ActionVariants.table`.
///
/// Safety: actions are those of the system, states have its words.
@usableFromInline
struct VariantTable: ~Copyable {
  /// Bits of a word, and where they begin in the number of a place.
  @usableFromInline
  struct Run: BitwiseCopyable, Sendable {
    @usableFromInline let mask: UInt64
    @usableFromInline let word: Int32
    @usableFromInline let shift: UInt8
    @usableFromInline let offset: UInt8

    static let none = Run(mask: 0, word: 0, shift: 0, offset: 0)

    /// Its part of the number of a place.
    @inlinable
    @inline(__always)
    func part(_ state: UnsafePointer<UInt64>) -> Int {
      let bits = state[Int(word)] &>> UInt64(shift) & mask
      return Int(truncatingIfNeeded: bits &<< UInt64(offset))
    }
  }

  /// How the place of the variant of an action is read: two runs without a branch, as most actions
  /// have no more, and there is no telling which action comes next. Of runs that are not there the
  /// masks are 0.
  @usableFromInline
  struct Reading: BitwiseCopyable {
    @usableFromInline let firstPlace: Int32
    /// Of `runs`: where further ones begin and end.
    @usableFromInline let third: Int32
    @usableFromInline let end: Int32
    @usableFromInline let first: Run
    @usableFromInline let second: Run
  }

  private let readings: Cells<Reading>
  private let runs: Cells<Run>
  private let table: Cells<Int32>
  let placeCount: Int
  /// False only where there are no runs; then states may have no words.
  private let readsStates: Bool

  init(_ variants: ActionVariants) {
    var (firstRun, runs, table) = ([0], [Run](), [Int32]())
    for action in 0..<variants.wholeCount {
      let fields = variants.fields[
        variants.firstField[action]..<variants.firstField[action + 1]]
      let bits = fields.reduce(0) { $0 + Int($1.width) }
      var offset = 0
      /// By field, in the order of `fields`: its width, and its offset in the number of a place.
      var places = [(width: Int, offset: Int)](repeating: (0, 0), count: fields.count)
      for (index, field) in fields.enumerated().sorted(by: { $0.element.precedes($1.element) }) {
        places[index] = (Int(field.width), offset)
        VariantTable.add(field, offset, to: &runs, from: firstRun[action])
        offset += Int(field.width)
      }
      firstRun.append(runs.count)
      for place in 0..<1 << bits {
        let number = places.reduce(0) { number, field in
          number << field.width | place >> field.offset & (1 << field.width - 1)
        }
        table.append(variants.table[variants.firstPlace[action] + number])
      }
    }
    readings = Cells(
      (0..<variants.wholeCount).map { action in
        let own = runs[firstRun[action]..<firstRun[action + 1]]
        return Reading(
          firstPlace: Int32(variants.firstPlace[action]),
          third: Int32(min(own.startIndex + 2, own.endIndex)), end: Int32(own.endIndex),
          first: own.first ?? Run.none, second: own.dropFirst().first ?? Run.none)
      })
    self.runs = Cells(runs)
    self.table = Cells(table)
    placeCount = table.count
    readsStates = !runs.isEmpty
  }

  /// Adds a field to the last run of an action, where it lies behind that, or a run for it.
  private static func add(
    _ field: ActionVariants.Field, _ offset: Int, to runs: inout [Run], from first: Int
  ) {
    let mask = 1 << field.width - 1 as UInt64
    if runs.count > first, let last = runs.last, last.word == field.word,
      UInt64(last.shift) + UInt64(last.mask.nonzeroBitCount) == field.shift
    {
      runs[runs.count - 1] = Run(
        mask: last.mask | mask << UInt64(last.mask.nonzeroBitCount), word: last.word,
        shift: last.shift, offset: last.offset)
    } else {
      runs.append(
        Run(
          mask: mask, word: Int32(field.word), shift: UInt8(field.shift), offset: UInt8(offset)))
    }
  }

  /// The variant of an action that may be enabled in a state; -1 where none can be.
  @inline(__always)
  func variant(of action: Int, _ state: UnsafePointer<UInt64>) -> Int {
    self[place(of: action, state)]
  }

  /// The variant at a place.
  @inline(__always)
  subscript(place: Int) -> Int { Int(table[place]) }

  /// The place of that variant among those of all actions.
  @inline(__always)
  func place(of action: Int, _ state: UnsafePointer<UInt64>) -> Int {
    bases.place(of: action, state)
  }

  var bases: Bases { Bases(readings: readings.base, runs: runs.base, readsStates: readsStates) }

  /// Where all lies that a place is read with: valid as long as the table.
  @usableFromInline
  struct Bases: BitwiseCopyable {
    @usableFromInline let readings: UnsafePointer<Reading>
    @usableFromInline let runs: UnsafePointer<Run>
    @usableFromInline let readsStates: Bool

    @inlinable
    @inline(__always)
    func place(of action: Int, _ state: UnsafePointer<UInt64>) -> Int {
      let reading = readings + action
      var place = Int(reading.pointee.firstPlace)
      if !readsStates { return place }
      place &+= reading.pointee.first.part(state) &+ reading.pointee.second.part(state)
      for index in reading.pointee.third..<reading.pointee.end {
        place &+= runs[Int(index)].part(state)
      }
      return place
    }
  }
}

extension ActionVariants.Field {
  fileprivate func precedes(_ other: ActionVariants.Field) -> Bool {
    (word, shift) < (other.word, other.shift)
  }
}

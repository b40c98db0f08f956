/// `ActionVariants.variant`, for one worker and without checks.
///
/// Fields that lie side by side in a word are read as one, so that variants are in another order
/// than in `ActionVariants.table`.
///
/// Safety: actions are those of the system, states have its words.
struct VariantTable: ~Copyable {
  /// Bits of a word, and where they begin in the number of a place.
  private struct Run: BitwiseCopyable {
    let word: Int
    let shift: UInt64
    let mask: UInt64
    let offset: Int
  }

  private let firstRun: Cells<Int>
  private let firstPlace: Cells<Int>
  private let runs: Cells<Run>
  private let table: Cells<Int32>
  let placeCount: Int

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
    self.firstRun = Cells(firstRun)
    self.runs = Cells(runs)
    self.table = Cells(table)
    firstPlace = Cells(variants.firstPlace)
    placeCount = table.count
  }

  /// Adds a field to the last run of an action, where it lies behind that, or a run for it.
  private static func add(
    _ field: ActionVariants.Field, _ offset: Int, to runs: inout [Run], from first: Int
  ) {
    let mask = 1 << field.width - 1 as UInt64
    if runs.count > first, let last = runs.last, last.word == field.word,
      last.shift + UInt64(last.mask.nonzeroBitCount) == field.shift
    {
      runs[runs.count - 1] = Run(
        word: last.word, shift: last.shift,
        mask: last.mask | mask << UInt64(last.mask.nonzeroBitCount), offset: last.offset)
    } else {
      runs.append(Run(word: field.word, shift: field.shift, mask: mask, offset: offset))
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
    var place = firstPlace[action]
    for index in firstRun[action]..<firstRun[action &+ 1] {
      let run = runs[index]
      place &+= Int(truncatingIfNeeded: state[run.word] &>> run.shift & run.mask) &<< run.offset
    }
    return place
  }
}

extension ActionVariants.Field {
  fileprivate func precedes(_ other: ActionVariants.Field) -> Bool {
    (word, shift) < (other.word, other.shift)
  }
}

/// `ActionVariants.variant`, for one worker and without checks.
///
/// Safety: actions are those of the system, states have its words.
struct VariantTable: ~Copyable {
  private let firstField: Cells<Int>
  private let firstPlace: Cells<Int>
  private let fields: Cells<ActionVariants.Field>
  private let table: Cells<Int32>

  init(_ variants: ActionVariants) {
    firstField = Cells(variants.firstField)
    firstPlace = Cells(variants.firstPlace)
    fields = Cells(variants.fields)
    table = Cells(variants.table)
  }

  /// The variant of an action that may be enabled in a state; -1 where none can be.
  @inline(__always)
  func variant(of action: Int, _ state: UnsafePointer<UInt64>) -> Int {
    var number = 0
    for index in firstField[action]..<firstField[action &+ 1] {
      let field = fields[index]
      number = number << Int(truncatingIfNeeded: field.width)
      let value = state[field.word] >> field.shift & (1 << field.width &- 1)
      number |= Int(truncatingIfNeeded: value)
    }
    return Int(table[firstPlace[action] &+ number])
  }
}

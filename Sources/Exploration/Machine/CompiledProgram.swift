import TransitionSystem

/// Where code and tables lie: plain pointers, valid as long as their `CompiledProgram`.
struct ProgramPointers {
  let code: UnsafePointer<Instruction>
  let codeCount: Int
  /// Indices of instructions.
  let tables: UnsafePointer<Int32>
  /// The slots, then the entries of channels.
  let slots: UnsafePointer<SlotDescriptor>
  let channels: UnsafePointer<ChannelDescriptor>
  /// By action: whether it is a fault.
  let isFault: UnsafePointer<Bool>
  /// By action: whether it sends in part.
  let isPartial: UnsafePointer<Bool>
  /// Where each begins: properties, antecedents, waiting, undelivered, atoms, residuals.
  let predicates: UnsafePointer<Int32>
  let predicateCount: Int
  let propertyCount: Int
  let atomCount: Int
  /// Where each action begins, in a program of single actions (`SingleActions`).
  let actions: UnsafePointer<Int32>
  /// The code of all actions begins at 0.
  let initial: Int
  let wordCount: Int

  /// Where the code of a predicate begins.
  @inline(__always)
  func entry(_ predicate: PredicateID) -> Int {
    let index =
      switch predicate {
      case .property(let index): index
      case .antecedent(let index): propertyCount + index
      case .waiting: 2 * propertyCount
      case .undelivered: 2 * propertyCount + 1
      case .atom(let index): 2 * propertyCount + 2 + index
      case .residual(let index): 2 * propertyCount + 2 + atomCount + index
      }
    precondition(index >= 0 && index < predicateCount, "the system has the predicate")
    return Int(predicates[index])
  }
}

/// Code and tables in flat memory.
///
/// Threads: never written after `init`, which is what `@unchecked` rests on.
final class CompiledProgram: @unchecked Sendable {
  let pointers: ProgramPointers

  init(
    assembler: Assembler, system: TransitionSystem, registerCount: Int, initial: Int,
    predicates: [Int], actions: [Int] = []
  ) {
    var slots = system.layout.slots.indices.map { SlotDescriptor(SlotID($0), in: system.layout) }
    let channels = system.channels.map {
      ChannelDescriptor($0, in: system.layout, slots: &slots)
    }
    let isSound = Validator(system, registerCount, assembler).isSound(assembler.code)
    // A program that breaks the contract stops at once, whatever is asked of it.
    let code = isSound ? assembler.code : assembler.code.map { _ in Instruction(.malformed) }
    pointers = ProgramPointers(
      code: Self.copy(code), codeCount: code.count, tables: Self.copy(assembler.tables),
      slots: Self.copy(slots), channels: Self.copy(channels),
      isFault: Self.copy(system.actions.map(\.isFault)),
      isPartial: Self.copy(system.actions.map(\.hasPartialSends)),
      predicates: Self.copy(predicates.map { Int32($0) }), predicateCount: predicates.count,
      propertyCount: system.properties.count, atomCount: system.atoms.count,
      actions: Self.copy(actions.map { Int32($0) }), initial: initial,
      wordCount: system.layout.wordCount)
  }

  deinit {
    pointers.code.deallocate()
    pointers.tables.deallocate()
    pointers.slots.deallocate()
    pointers.channels.deallocate()
    pointers.isFault.deallocate()
    pointers.isPartial.deallocate()
    pointers.predicates.deallocate()
    pointers.actions.deallocate()
  }

  /// Safety: the copy is initialised whole, and freed by `deinit`.
  private static func copy<Element: BitwiseCopyable>(
    _ elements: [Element]
  ) -> UnsafePointer<Element> {
    let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(1, elements.count))
    for (index, element) in elements.enumerated() {
      (memory + index).initialize(to: element)
    }
    return UnsafePointer(memory)
  }
}

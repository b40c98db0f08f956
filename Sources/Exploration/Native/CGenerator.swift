import TransitionSystem

/// Writes a transition system as one C translation unit: the native tier of `Machine`.
///
/// The C gives what the machine gives: the same successors in the same order, the same hashes, the
/// same coverage. What it does not do itself it leaves to the machine (see `CProgram`).
///
/// Shape of the text: prelude, constant tables, a function for each run of actions of one agent,
/// one that calls them in order (`wfcheck_expand`), one that calls one of them
/// (`wfcheck_expand_run`), one for each property and atom, and three
/// filters over them (`wfcheck_inspect`, `wfcheck_antecedents`, `wfcheck_atoms`).
/// Deterministic: equal systems give equal texts, on which the cache of modules rests.
struct CGenerator {
  private let unit: CUnit
  private var functions = CText()
  private var nameCount = 0
  private var agents: [String] = []

  /// Actions of one function: compilers take more than linear time in the length of a function.
  private static let actionsPerFunctionMax = 64
  /// Properties that the filters know; further ones are evaluated by the machine.
  static let propertiesMax = 64

  private init(_ system: TransitionSystem) { unit = CUnit(system) }

  /// The text, without the constants that `NativeSource` adds.
  static func text(_ system: TransitionSystem) -> String {
    var generator = CGenerator(system)
    generator.writeAgents()
    generator.writeExpand()
    generator.writeProperties()
    generator.writeAtoms()
    return CPrelude.text + generator.unit.tables.text + generator.functions.text
  }

  private static let parameters =
    "const u64 *restrict s UNUSED, const u64 *restrict m UNUSED, u64 h UNUSED, "
    + "Output *restrict o UNUSED, i64 n"

  // MARK: Actions

  /// The actions of each function, by their indices.
  static func runs(_ system: TransitionSystem) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var rest = system.actions[...]
    while let first = rest.first {
      let run = rest.prefix { $0.agent == first.agent }.prefix(actionsPerFunctionMax)
      runs.append(run.indices)
      rest = rest.dropFirst(run.count)
    }
    return runs
  }

  private mutating func writeAgents() {
    for run in Self.runs(unit.system) {
      let name = "agent_\(agents.count)"
      agents.append(name)
      functions.open("static __attribute__((noinline)) i64 \(name)(\(Self.parameters))")
      write(unit.system.actions[run].map { CCandidate($0, unit.layout) }[...])
      functions.line("return n;")
      functions.close()
    }
  }

  /// Neighbouring actions that test one slot for some value become a `switch` over it, as in
  /// `ProgramCompiler+Decision`: an action that cannot be enabled costs nothing, and the order of
  /// the successors stays.
  private mutating func write(_ candidates: ArraySlice<CCandidate>) {
    var rest = candidates
    while let first = rest.first {
      if let (slot, count) = CCandidate.longestRun(rest) {
        writeDecision(rest.prefix(count), slot)
        rest = rest.dropFirst(count)
      } else {
        CProgram.write(
          first.action, first.conditions, unit, into: &functions, nameCount: &nameCount)
        rest = rest.dropFirst()
      }
    }
  }

  private mutating func writeDecision(_ run: ArraySlice<CCandidate>, _ slot: SlotID) {
    guard let field = Field(slot, in: unit.layout) else { return }
    var groups: [UInt64: [CCandidate]] = [:]
    for candidate in run {
      guard let (bits, rest) = candidate.testing(slot) else { continue }
      groups[bits, default: []].append(rest)
    }
    let word = "s[\(field.word)] >> \(field.shift)"
    functions.open("switch (\(word) & \(CLiteral.unsigned(field.maximum)))")
    for (bits, group) in groups.sorted(by: { $0.key < $1.key }) {
      functions.open("case \(CLiteral.unsigned(bits)):")
      write(group[...])
      functions.close("} break;")
    }
    functions.line("default: break;")
    functions.close()
  }

  private mutating func writeExpand() {
    functions.open(
      "EXPORT i64 wfcheck_expand(const u64 *s UNUSED, Output *o UNUSED, i64 n)")
    writeMixes()
    for agent in agents {
      functions.line("if ((n = \(agent)(s, m, h, o, n)) < 0) return n;")
    }
    functions.line("return n;")
    functions.close()
    functions.open(
      "EXPORT i64 wfcheck_expand_run(const u64 *s UNUSED, Output *o UNUSED, i64 n, i64 run)")
    writeMixes()
    functions.open("switch (run)")
    for (index, agent) in agents.enumerated() {
      functions.line("case \(index): return \(agent)(s, m, h, o, n);")
    }
    functions.line("default: return n;")
    functions.close()
    functions.close()
  }

  /// What the functions of agents are given.
  private mutating func writeMixes() {
    functions.line("u64 m[\(max(1, unit.wordCount))] UNUSED;")
    if unit.keepsMixes {
      for word in 0..<Int32(unit.wordCount) {
        functions.line("m[\(word)] = \(unit.mix(word, "s[\(word)]"));")
      }
    }
    let mixes = (0..<Int32(unit.wordCount)).map { unit.sourceMix($0) }
    functions.line("const u64 h UNUSED = \(mixes.isEmpty ? "0" : mixes.joined(separator: " ^ "));")
  }

  // MARK: Properties

  private mutating func writeProperties() {
    let properties = unit.system.properties.prefix(Self.propertiesMax)
    for (index, property) in properties.enumerated() {
      write(property.predicate, "property_\(index)")
      if let antecedent = property.antecedent { write(antecedent, "antecedent_\(index)") }
    }
    writeFilter(
      "wfcheck_inspect",
      properties.enumerated().map { index, property in
        (index, "property_\(index)(s, q, answers) != \(property.kind == .invariant ? 1 : 0)")
      })
    writeFilter(
      "wfcheck_antecedents",
      properties.enumerated().filter { $0.element.antecedent != nil }.map { index, _ in
        (index, "antecedent_\(index)(s, q, answers) != 0")
      })
  }

  /// A function that gives the atoms that are true, or all bits where the machine must.
  private mutating func writeAtoms() {
    let atoms = unit.system.atoms.prefix(AtomColumn.countMax)
    for (index, atom) in atoms.enumerated() { write(atom.predicate, "atom_\(index)") }
    functions.open(
      "EXPORT u64 wfcheck_atoms(const u64 *s UNUSED, u64 wanted UNUSED, i64 q UNUSED, "
        + "u64 *answers UNUSED)")
    functions.line("u64 found = 0;")
    for index in atoms.indices {
      functions.open("switch (atom_\(index)(s, q, answers))")
      functions.line("case 0: break;")
      functions.line("case 1: found |= \(CLiteral.unsigned(1 << UInt64(index))); break;")
      functions.line("default: return \(CLiteral.unsigned(.max));")
      functions.close()
    }
    functions.line("return found;")
    functions.close()
  }

  /// A function that gives 1, 0, or MACHINE.
  private mutating func write(_ predicate: Predicate, _ name: String) {
    let shape = ProgramShape(predicate.statements, result: predicate.result, unit)
    nameCount += 1
    let result = "result_\(nameCount)"
    var program = CProgram(unit, shape, ends: .predicate(result: result), nameCount: nameCount)
    swap(&program.text, &functions)
    program.text.open(
      "static int \(name)(const u64 *restrict s UNUSED, i64 quiescent UNUSED, u64 *answers UNUSED)")
    program.declareRegisters()
    program.write(predicate.statements)
    program.placeLabel(result)
    program.text.line("return (\(program.expression(predicate.result))) != 0;")
    program.text.close()
    swap(&program.text, &functions)
    nameCount = program.nameCount
  }

  /// A function that gives the bits of `wanted` for which the condition holds.
  private mutating func writeFilter(_ name: String, _ conditions: [(bit: Int, test: String)]) {
    functions.open(
      "EXPORT u64 \(name)(const u64 *s UNUSED, u64 wanted UNUSED, i64 q UNUSED, "
        + "u64 *answers UNUSED)")
    functions.line("u64 found = 0;")
    for (bit, test) in conditions {
      let mask = CLiteral.unsigned(1 << UInt64(bit))
      functions.line("if (wanted & \(mask) && \(test)) found |= \(mask);")
    }
    functions.line("return found;")
    functions.close()
  }
}

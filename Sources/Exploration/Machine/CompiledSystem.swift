import TransitionSystem

/// Every program of a transition system as bytecode; immutable.
///
/// Threads: shared by all machines.
struct CompiledSystem: Sendable {
  let system: TransitionSystem
  let program: CompiledProgram
  /// What properties need behind steps; nil where they are evaluated as a whole.
  let affected: AffectedProperties?
  /// Registers that any program needs.
  let registerCount: Int

  var wordCount: Int { system.layout.wordCount }

  init(_ system: TransitionSystem, affected: AffectedProperties? = nil) {
    self.system = system
    self.affected = affected
    var compiler = ProgramCompiler(system)
    compiler.compileActions(system.actions)
    let initial = compiler.compileInitial()
    let properties = system.properties.map { compiler.compile($0.predicate) }
    let antecedents = system.properties.map { property in
      property.antecedent.map { compiler.compile($0) }
    }
    let waiting = compiler.compile(system.waiting)
    let undelivered = compiler.compile(system.undelivered)
    let atoms = system.atoms.map { compiler.compile($0.predicate) }
    let residuals = (affected?.residuals ?? []).map { compiler.compile($0) }
    let always = compiler.assembler.labelHere()
    compiler.assembler.emit(Instruction(.yieldTrue))
    compiler.assembler.finish()
    registerCount = Int(compiler.registerMax)
    let assembler = compiler.assembler
    program = CompiledProgram(
      assembler: assembler, system: system, registerCount: registerCount,
      initial: assembler.place(of: initial),
      predicates: (properties + antecedents.map { $0 ?? always } + [waiting, undelivered] + atoms
        + residuals)
        .map { assembler.place(of: $0) })
  }

  /// Each action by itself, and nothing else.
  init(actionsOf system: TransitionSystem) {
    self.system = system
    affected = nil
    var compiler = ProgramCompiler(system)
    let actions = system.actions.map { compiler.compileAlone($0) }
    compiler.assembler.finish()
    registerCount = Int(compiler.registerMax)
    let assembler = compiler.assembler
    program = CompiledProgram(
      assembler: assembler, system: system, registerCount: registerCount, initial: 0,
      predicates: [], actions: actions.map { assembler.place(of: $0) })
  }
}

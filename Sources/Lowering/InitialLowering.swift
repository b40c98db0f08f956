import Diagnostics
import Semantics
import TransitionSystem

/// The initial states.
extension CodeLowering {
  /// Gives a variable its initial value; `identity` is that of the agent it belongs to.
  func initialize(_ variable: VariableID, of identity: Int?, _ kind: ChoiceInfo.Kind) {
    let description = spec.variables[variable.index]
    let owner = identity.map { identity in
      TypedExpression(.agent(identity), .agent(first: identity, count: 1), description.span)
    }
    let address = address(of: variable, owner: owner, description.span)
    switch description.initializer {
    case .value(let expression):
      store(lower(expression), at: address)
    case .any(where: let filter):
      let name = identity.map { "\(spec.name(ofAgent: $0)).\(description.name)" }
      guard
        let value = choose(
          from: .all(description.type), name ?? description.name, kind, description.span)
      else { return }
      store(value, at: address)
      if let filter { require(cell(filter)) }
    }
  }
}

/// The initial program: faults that are fixed at the start, then all variables in order.
func lowerInitial(_ plan: Plan, _ tables: Tables) -> (code: [ProgramStatement], registers: Int) {
  var code: [ProgramStatement] = []
  var registers = 0
  func append(actor: Int?, _ body: (CodeLowering) -> Void) {
    let lowering = CodeLowering(plan, tables, actor: actor)
    lowering.registerCount = registers
    body(lowering)
    registers = lowering.registerCount
    code += lowering.program
  }
  let spec = plan.spec
  func variables(_ owner: (Variable.Owner) -> Bool) -> [VariableID] {
    spec.variables.indices.filter { owner(spec.variables[$0].owner) }.map { VariableID($0) }
  }
  append(actor: nil) { lowering in
    let shared = variables { $0 == .shared }
    for variable in shared { lowering.initialize(variable, of: nil, .initial) }
  }
  for identity in 0..<spec.agentCount {
    append(actor: identity) { lowering in
      if lowering.plan.lifecycle(of: identity).states.contains(.starting) {
        lowering.become(identity, .starting)
      }
      let declaration = spec.agents[spec.declaration(ofAgent: identity).index]
      for variable in declaration.variables {
        lowering.initialize(variable, of: identity, .initial)
      }
    }
  }
  append(actor: nil) { lowering in
    let monitored = variables { if case .monitor = $0 { true } else { false } }
    for variable in monitored { lowering.initialize(variable, of: nil, .initial) }
    for clause in plan.faults.byzantine { lowering.chooseByzantine(clause) }
  }
  return (code, registers)
}

extension CodeLowering {
  /// One initial state for each set of at most so many byzantine agents.
  func chooseByzantine(_ clause: (index: Int, budget: Int, agents: [Int])) {
    let agents = Set(clause.agents).sorted()
    guard let first = agents.first, let last = agents.last else { return }
    let span = spec.faults[clause.index].span
    let count = last - first + 1
    guard count <= 16 else { return chooseOneByOne(agents, clause.budget, span) }
    let shape = Shape.set(.agent(first: first, count: count))
    let choice = tables.choice("byzantine", .initial, shape, span)
    let mask = newRegister()
    emit(.choose(mask, .range(.no, .constant((1 << Int64(count)) - 1)), choice))
    let others = (0..<count).filter { !agents.contains(first + $0) }
    let excluded = others.reduce(Int64(0)) { $0 | 1 << Int64($1) }
    require(.equal(.bitAnd(.register(mask), .constant(excluded)), .no))
    require(
      .lessEqual(
        .populationCount(.register(mask)), .constant(Int64(clause.budget))))
    for agent in agents {
      emitIf(testBit(Value(.bool, .register(mask)), .constant(Int64(agent - first)))) {
        become(agent, .byzantine)
      }
    }
  }

  private func chooseOneByOne(_ agents: [Int], _ budget: Int, _ span: Diagnostics.Span) {
    let count = newRegister()
    emit(.set(count, .no))
    for agent in agents {
      let name = "\(spec.name(ofAgent: agent)) byzantine"
      let choice = tables.choice(name, .initial, .bool, span)
      let register = newRegister()
      let isLeft = ProgramExpression.less(.register(count), .constant(Int64(budget)))
      emit(.choose(register, .range(.no, isLeft), choice))
      emit(.set(count, .sum(.register(count), .register(register))))
      emitIf(.register(register)) { become(agent, .byzantine) }
    }
  }
}

import Diagnostics
import Semantics
import Syntax

/// The most iterations of `while` and `loop` in one step.
let iterationsMax = 100_000

/// The way of an execution through a body.
struct Walk {
  let body: Body
  var path: [Int]
  var remains: [[Value]]
  var isStopped = false
}

extension Execution {
  /// Executes the body of a rule without blocking statements; false if the agent has stopped.
  func run(_ statements: [TypedStatement]) throws(Interruption) {
    var walk = Walk(body: Body(statements: statements), path: [0], remains: [])
    try advance(&walk)
  }

  /// Executes a `run` up to the next blocking statement or the end.
  func run(_ body: Body, from path: [Int], remains: [[Value]]) throws(Interruption) {
    guard let agent else { preconditionFailure("run outside of an agent") }
    var walk = Walk(body: body, path: path, remains: remains)
    try advance(&walk)
    if !walk.isStopped { state.agents[agent].control = control(of: walk, at: walk.path) }
  }

  private func control(of walk: Walk, at path: [Int]) -> Control {
    var control = Control(path: path, remains: walk.remains)
    for local in path.isEmpty ? [] : walk.body.scope(at: path) {
      control.locals[local.index] = locals[local.index]
    }
    return control
  }

  /// Executes until just before a blocking statement, to the end, or to a `stop`.
  private func advance(_ walk: inout Walk) throws(Interruption) {
    while !walk.isStopped {
      if let statement = walk.body.statement(at: walk.path) {
        if statement.isBlocking { return }
        try execute(statement, &walk)
      } else if walk.path.count == 1 {
        walk.path = []
        return
      } else {
        try leaveBlock(&walk)
      }
    }
  }

  private func leaveBlock(_ walk: inout Walk) throws(Interruption) {
    guard let (outer, around) = walk.body.parent(of: walk.path) else { return }
    switch around.kind {
    case .loop:
      try countIteration(around.span)
      walk.path = outer + [0, 0]
    case .while: walk.path = outer
    case .for(let local, _, _):
      walk.path = outer
      visitNext(local, &walk)
    default: walk.path = walk.body.following(outer)
    }
  }

  /// Goes into the body of the `for` at the path with the next element, or past it.
  private func visitNext(_ local: LocalID, _ walk: inout Walk) {
    if let next = walk.remains[walk.remains.count - 1].first {
      walk.remains[walk.remains.count - 1].removeFirst()
      locals[local.index] = next
      walk.path += [0, 0]
    } else {
      walk.remains.removeLast()
      walk.path = walk.body.following(walk.path)
    }
  }

  private func countIteration(_ span: Span) throws(Interruption) {
    iterations += 1
    if iterations > iterationsMax { throw .evaluation(span) }
  }

  private func execute(
    _ statement: TypedStatement, _ walk: inout Walk
  ) throws(Interruption) {
    let path = walk.path
    switch statement.kind {
    case .if(let condition, _, _): walk.path += [try evaluate(condition).truth ? 0 : 1, 0]
    case .match(let subject, let cases, _): walk.path += [try select(subject, cases), 0]
    case .for(let local, let set, _):
      walk.remains.append(try elements(of: set))
      visitNext(local, &walk)
    case .while(let condition, _):
      if try evaluate(condition).truth {
        try countIteration(statement.span)
        walk.path += [0, 0]
      } else {
        walk.path = walk.body.following(path)
      }
    case .loop: walk.path += [0, 0]
    case .checkpoint:
      guard let agent else { preconditionFailure("checkpoint outside of a run") }
      walk.path = walk.body.following(path)
      if interpreter.mayRecover[agent] {
        state.agents[agent].checkpoint = control(of: walk, at: walk.body.settled(walk.path))
      }
    case .stop:
      guard let agent else { preconditionFailure("stop outside of an agent") }
      if crashInside == nil { retire(agent, as: .stopped) }
      walk.isStopped = true
    default:
      try executeSimple(statement)
      walk.path = walk.body.following(path)
    }
  }

  /// The case whose value is equal, else the number of cases.
  private func select(
    _ subject: TypedExpression, _ cases: [TypedMatchCase]
  ) throws(Interruption) -> Int {
    let value = try evaluate(subject)
    for (index, candidate) in cases.enumerated() {
      for expected in candidate.values where try evaluate(expected) == value { return index }
    }
    return cases.count
  }

  private func executeSimple(_ statement: TypedStatement) throws(Interruption) {
    switch statement.kind {
    case .assign(let place, let value): try assign(place, value)
    case .bind(let local, let value): locals[local.index] = try evaluate(value)
    case .send(let type, let arguments, let target): try send(type, arguments, target)
    case .choice(let kind, let local, let set, let filter):
      locals[local.index] = try choose(among: elements(of: set), isDraw: kind == .flip)
      if let filter, !(try evaluate(filter).truth) { throw .blocked }
    case .assert(let condition):
      if !(try evaluate(condition).truth) { throw .failed(.assertion, statement.span) }
    case .commit(let commitment, let parts):
      state.claims.insert(Claim(commitment: commitment.index, values: try evaluate(all: parts)))
    default: preconditionFailure("\(statement.kind) is no simple statement")
    }
  }
}

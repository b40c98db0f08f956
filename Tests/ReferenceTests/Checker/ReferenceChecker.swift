import Semantics

/// Breadth-first search over the reference interpreter.
struct ReferenceChecker {
  struct Limits {
    /// States of depth below this are expanded.
    var depthMax = Int.max
    var statesMax = 100_000
    /// Messages in flight together.
    var messagesMax = 64
    /// Executions of steps.
    var executionsMax = Int.max
  }

  let interpreter: Interpreter
  let limits: Limits
  private var result = ReferenceResult()
  private var depths: [State: Int] = [:]
  private var frontier: [State] = []
  /// Some state was not expanded.
  private var isBounded = false

  init(_ spec: TypedSpec, limits: Limits = Limits()) {
    interpreter = Interpreter(spec)
    self.limits = limits
    interpreter.executionsMax = limits.executionsMax
  }

  /// Explores the reachable states.
  static func check(_ spec: TypedSpec, limits: Limits = Limits()) -> ReferenceResult {
    var checker = ReferenceChecker(spec, limits: limits)
    checker.search()
    return checker.result
  }

  private mutating func search() {
    let (initial, failures) = interpreter.initialStates()
    if !failures.isEmpty { result.evaluation = 0 }
    for state in initial { insert(state, depth: 0) }
    var depth = 0
    while !frontier.isEmpty && result.ending == .exhausted {
      result.depth = depth
      let level = frontier
      frontier = []
      for state in level where result.ending == .exhausted { visit(state, depth) }
      depth += 1
    }
    if isBounded && result.ending == .exhausted { result.ending = .depthBound }
    result.states = depths.count
  }

  private mutating func insert(_ state: State, depth: Int) {
    guard depths[state] == nil else { return }
    depths[state] = depth
    frontier.append(state)
    if depths.count > limits.statesMax { result.ending = .stateLimit }
    if state.messages.count > limits.messagesMax { result.ending = .channelLimit }
  }

  private mutating func visit(_ state: State, _ depth: Int) {
    let transitions = interpreter.successors(of: state)
    if interpreter.executions > limits.executionsMax {
      result.ending = .workLimit
      return
    }
    precondition(
      Set(transitions.map(\.label)).count == transitions.count, "two transitions with one label")
    let isQuiescent = transitions.allSatisfy(\.label.isFault)
    evaluateProperties(state, depth, isQuiescent)
    guard depth < limits.depthMax else {
      isBounded = true
      return
    }
    if isQuiescent && interpreter.isWaiting(state) {
      result.deadlocks += 1
      result.deadlock = result.deadlock ?? depth
    }
    if isQuiescent && interpreter.hasOrphan(state) { result.orphan = result.orphan ?? depth }
    for transition in transitions {
      note(transition.label)
      switch transition.outcome {
      case .state(let next):
        result.transitions += 1
        insert(next, depth: depth + 1)
      case .failure(.assertion, _): result.assertion = result.assertion ?? depth
      case .failure(.evaluation, _): result.evaluation = result.evaluation ?? depth
      }
    }
  }

  private mutating func evaluateProperties(_ state: State, _ depth: Int, _ isQuiescent: Bool) {
    for property in interpreter.spec.properties {
      let predicate: TypedExpression
      let wanted: Bool
      switch property.kind {
      case .invariant(let expression): (predicate, wanted) = (expression, false)
      case .reachability(let expression): (predicate, wanted) = (expression, true)
      case .resettability, .linear, .branching, .valence, .unsupported: continue
      }
      do {
        if try interpreter.evaluate(predicate, in: state, isQuiescent: { isQuiescent }) == wanted,
          result.properties[property.name] == nil
        {
          result.properties[property.name] = depth
        }
      } catch {
        if result.propertyFailures[property.name] == nil {
          result.propertyFailures[property.name] = depth
        }
      }
    }
  }

  private mutating func note(_ label: Label) {
    for fault in label.faults {
      switch fault {
      case .crash: result.features.insert("crash")
      case .recovery: result.features.insert("recovery")
      case .loss: result.features.insert("loss")
      case .copy: result.features.insert("copy")
      case .kept: result.features.insert("kept")
      case .forged: result.features.insert("forged")
      case .partial: result.features.insert("partial")
      }
    }
    switch label.action {
    case .rule: result.features.insert(label.message == nil ? "step" : "handler")
    case .run: result.features.insert(label.message == nil ? "segment" : "receive")
    case .fault: break
    }
    if !label.choices.isEmpty { result.features.insert("choice") }
  }
}

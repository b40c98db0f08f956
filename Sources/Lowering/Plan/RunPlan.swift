import Semantics
import TransitionSystem

/// Where control can rest in the `run` of a declaration, and the locals that live across steps.
///
/// A statement is named by its path: the index in its block, then, for a nested statement, the
/// index of the inner block and the index in that, and so on. A block is named by the path of its
/// statement and its index there; the body of `run` is `[]`.
struct RunPlan {
  enum Point: Hashable {
    /// Before the first statement, which does not block.
    case begin
    /// At a blocking statement.
    case blocking([Int])
    /// Behind a checkpoint whose next statement does not block.
    case resume([Int])
    case end
  }

  let body: [TypedStatement]
  let ruleIndex: Int
  /// No handlers and no steps: the end of `run` is the end of the agent.
  let isRunOnly: Bool
  private(set) var points: [Point] = []
  private(set) var names: [String] = []
  /// The locals in scope at each point.
  private(set) var scopes: [Point: [LocalID]] = [:]
  /// Locals that have slots, in order of binding.
  private(set) var slotted: [LocalID] = []
  /// The blocking `for` statements and the types of what remains of them, which has slots.
  private(set) var loops: [(path: [Int], remaining: Type)] = []
  /// Locals that a checkpoint saves.
  private(set) var saved: [LocalID] = []
  private var checkpoints: [[Int]] = []
  var hasCheckpoint: Bool { !checkpoints.isEmpty }

  /// The blocking `for` statements around a statement.
  func loops(around path: [Int]) -> [[Int]] {
    loops.map(\.path).filter { $0.count < path.count && path.starts(with: $0) }
  }
  /// Those around some checkpoint: it saves what remains of them.
  var savedLoops: [(path: [Int], remaining: Type)] {
    loops.filter { loop in
      checkpoints.contains { $0.count > loop.path.count && $0.starts(with: loop.path) }
    }
  }

  init(_ declaration: AgentDeclaration, ruleIndex: Int, recovers: Bool) {
    let rule = declaration.rules[ruleIndex]
    body = rule.body
    self.ruleIndex = ruleIndex
    isRunOnly = !declaration.rules.contains {
      switch $0.kind {
      case .message, .step: true
      default: false
      }
    }
    if !isEntered(body) { add(.begin, "begin", []) }
    scan(body, [], scope: [], recovers: recovers)
    if !isRunOnly && body.canComplete { add(.end, "end", []) }
    slotted = Set(scopes.values.joined()).sorted { $0.index < $1.index }
    saved = Set(checkpoints.flatMap { scopes[resumePoint(behind: $0)] ?? [] })
      .sorted { $0.index < $1.index }
  }

  func value(_ point: Point) -> Int64 { Int64(points.firstIndex(of: point) ?? 0) }

  /// The values of the points at which a local exists.
  func points(with local: LocalID) -> Set<Int64> {
    Set(points.filter { scopes[$0]?.contains(local) == true }.map(value))
  }

  /// The values of the points inside a loop.
  func points(inside loop: [Int]) -> Set<Int64> {
    let inside = points.filter { point in
      switch point {
      case .begin, .end: false
      case .blocking(let path), .resume(let path):
        path.count > loop.count && path.starts(with: loop)
      }
    }
    return Set(inside.map(value))
  }

  /// Whether control that comes to the block is at a blocking statement.
  private func isEntered(_ block: [TypedStatement]) -> Bool {
    switch block.first?.kind {
    case .loop(let body): isEntered(body)
    case .some(let kind): kind.isBlocking
    case nil: false
    }
  }

  private mutating func add(_ point: Point, _ name: String, _ scope: [LocalID]) {
    guard scopes[point] == nil else { return }
    points.append(point)
    scopes[point] = scope
    let same = names.count(where: { $0 == name || $0.hasPrefix(name + " (") })
    names.append(same == 0 ? name : "\(name) (\(same + 1))")
  }

  private mutating func scan(
    _ block: [TypedStatement], _ path: [Int], scope: [LocalID], recovers: Bool,
    headIsEntered: Bool = false
  ) {
    var scope = scope
    for (index, statement) in block.enumerated() {
      let here = path + [index]
      if statement.kind.isBlocking && !(headIsEntered && index == 0) {
        add(.blocking(here), statement.kind.pointName, scope)
      }
      switch statement.kind {
      case .bind(let local, _), .choice(_, let local, in: _, where: _): scope.append(local)
      case .receive(let cases, let timeout, _, let oneLine):
        if oneLine {
          scope += cases.first?.pattern.binders ?? []
        } else {
          for (number, alternative) in cases.enumerated() {
            scan(
              alternative.body, here + [number], scope: scope + alternative.pattern.binders,
              recovers: recovers)
          }
          scan(timeout ?? [], here + [cases.count], scope: scope, recovers: recovers)
        }
      case .either(let branches):
        for (number, branch) in branches.enumerated() {
          scan(
            branch, here + [number], scope: scope, recovers: recovers, headIsEntered: true)
        }
      case .for(let local, in: let domain, let body):
        if body.keepsPlace { loops.append((here, domain.type)) }
        scan(body, here + [0], scope: scope + [local], recovers: recovers)
      case .checkpoint:
        if recovers { checkpoint(here, scope) }
      default:
        for (number, inner) in statement.kind.blocks.enumerated() {
          scan(inner, here + [number], scope: scope, recovers: recovers)
        }
      }
    }
  }

  private mutating func checkpoint(_ path: [Int], _ scope: [LocalID]) {
    checkpoints.append(path)
    if resumePoint(behind: path) == .resume(path) {
      add(.resume(path), "behind checkpoint", scope)
    }
  }
}

/// Ways through the statements.
extension RunPlan {
  func block(_ path: [Int]) -> [TypedStatement] {
    var block = body
    var rest = path[...]
    while let statement = rest.popFirst(), let inner = rest.popFirst() {
      guard block.indices.contains(statement) else { return [] }
      let blocks = block[statement].kind.blocks
      guard blocks.indices.contains(inner) else { return [] }
      block = blocks[inner]
    }
    return block
  }

  func statement(_ path: [Int]) -> TypedStatement? {
    guard let index = path.last else { return nil }
    let block = block(Array(path.dropLast()))
    return block.indices.contains(index) ? block[index] : nil
  }

  /// Where control is behind a checkpoint: at the next statement if that blocks, else at a point of
  /// its own.
  func resumePoint(behind checkpoint: [Int]) -> Point {
    var path = checkpoint
    while let index = path.last {
      let blockPath = Array(path.dropLast())
      if let next = statement(blockPath + [index + 1]) {
        return entry(next, blockPath + [index + 1]) ?? .resume(checkpoint)
      }
      // The end of a block: what its statement does next.
      guard !blockPath.isEmpty else { break }
      path = Array(blockPath.dropLast())
      switch statement(path)?.kind {
      case .loop(let body):
        guard let first = body.first else { return .resume(checkpoint) }
        return entry(first, path + [0, 0]) ?? .resume(checkpoint)
      case .while, .for: return .resume(checkpoint)
      default: continue
      }
    }
    return .resume(checkpoint)
  }

  private func entry(_ statement: TypedStatement, _ path: [Int]) -> Point? {
    if statement.kind.isBlocking { return .blocking(path) }
    if case .loop(let body) = statement.kind, let first = body.first {
      return entry(first, path + [0, 0])
    }
    return nil
  }
}

extension TypedMessagePattern {
  /// The names it binds, in order.
  var binders: [LocalID] {
    let fields = fields.compactMap { if case .bind(let local) = $0 { local } else { nil } }
    return fields + (sender?.binder.map { [$0] } ?? [])
  }
}

extension TypedStatement.Kind {
  var isBlocking: Bool {
    switch self {
    case .receive, .await, .either, .yield: true
    default: false
    }
  }

  /// The inner blocks, as paths number them.
  var blocks: [[TypedStatement]] {
    switch self {
    case .if(_, let yes, else: let no): [yes, no]
    case .match(_, let cases, else: let other): cases.map(\.body) + [other]
    case .for(_, in: _, let body), .while(_, let body), .loop(let body): [body]
    case .receive(let cases, let timeout, _, _): cases.map(\.body) + [timeout ?? []]
    case .either(let branches): branches
    default: []
    }
  }

  fileprivate var pointName: String {
    switch self {
    case .receive: "receive"
    case .await: "await"
    case .either: "either"
    default: "yield"
    }
  }
}

extension [TypedStatement] {
  /// Whether control can rest inside, at a blocking statement or behind a checkpoint.
  var keepsPlace: Bool {
    contains { statement in
      if case .checkpoint = statement.kind { return true }
      return statement.kind.isBlocking || statement.kind.blocks.contains { $0.keepsPlace }
    }
  }

  /// Whether control can come behind the last statement.
  var canComplete: Bool {
    allSatisfy { statement in
      switch statement.kind {
      case .loop, .stop: false
      case .if(_, let yes, else: let no): yes.canComplete || no.canComplete
      default: true
      }
    }
  }

  /// The locals bound in it, at any depth.
  var boundLocals: [LocalID] {
    flatMap { statement -> [LocalID] in
      let inner = statement.kind.blocks.flatMap(\.boundLocals)
      switch statement.kind {
      case .bind(let local, _), .choice(_, let local, in: _, where: _),
        .for(let local, in: _, _):
        return [local] + inner
      case .receive(let cases, _, _, _): return cases.flatMap(\.pattern.binders) + inner
      default: return inner
      }
    }
  }

  /// The locals assigned in it, at any depth.
  var assignedLocals: [LocalID] {
    flatMap { statement -> [LocalID] in
      let inner = statement.kind.blocks.flatMap(\.assignedLocals)
      if case .assign(let place, _) = statement.kind, case .local(let local) = place.root {
        return [local] + inner
      }
      return inner
    }
  }
}

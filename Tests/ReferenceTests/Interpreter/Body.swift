import Semantics

extension TypedStatement {
  /// The blocks directly inside, in the order of writing.
  var blocks: [[TypedStatement]] {
    switch kind {
    case .if(_, let yes, let no): [yes, no]
    case .match(_, let cases, let otherwise): cases.map(\.body) + [otherwise]
    case .for(_, _, let body), .while(_, let body), .loop(let body): [body]
    case .receive(let cases, let timeout, _, _): cases.map(\.body) + [timeout ?? []]
    case .either(let branches): branches
    case .assign, .bind, .send, .choice, .assert, .commit, .stop, .await, .yield, .checkpoint: []
    }
  }

  /// Whether a step ends just before it.
  var isBlocking: Bool {
    switch kind {
    case .receive, .await, .either, .yield: true
    default: false
    }
  }

  /// The locals it binds in the block in which it stands.
  var bound: [LocalID] {
    switch kind {
    case .bind(let local, _), .choice(_, let local, _, _): [local]
    case .receive(let cases, _, _, true): cases.flatMap(\.pattern.bound)
    default: []
    }
  }

  /// The locals it binds for one of its blocks only.
  func bound(inBlock index: Int) -> [LocalID] {
    switch kind {
    case .for(let local, _, _): [local]
    case .receive(let cases, _, _, false): index < cases.count ? cases[index].pattern.bound : []
    default: []
    }
  }
}

extension TypedMessagePattern {
  var bound: [LocalID] {
    var locals: [LocalID] = []
    for case .bind(let local) in fields { locals.append(local) }
    if let binder = sender?.binder { locals.append(binder) }
    return locals
  }
}

/// A body of statements with the places in it.
struct Body {
  let statements: [TypedStatement]

  /// The block in which a path ends, and the place there.
  func block(at path: [Int]) -> [TypedStatement] {
    var block = statements
    var position = 0
    while position + 2 < path.count {
      block = block[path[position]].blocks[path[position + 1]]
      position += 2
    }
    return block
  }

  /// The statement at a path; nil at the end of a block.
  func statement(at path: [Int]) -> TypedStatement? {
    let block = block(at: path)
    let index = path[path.count - 1]
    return index < block.count ? block[index] : nil
  }

  /// The statement around the block in which a path ends; nil in the outermost.
  func parent(of path: [Int]) -> (path: [Int], statement: TypedStatement)? {
    guard path.count >= 3 else { return nil }
    let parent = Array(path.dropLast(2))
    guard let statement = statement(at: parent) else { preconditionFailure("no such block") }
    return (parent, statement)
  }

  /// The locals in scope just before the statement at a path.
  func scope(at path: [Int]) -> [LocalID] {
    var block = statements
    var locals: [LocalID] = []
    var position = 0
    while true {
      for statement in block.prefix(path[position]) { locals += statement.bound }
      guard position + 2 < path.count else { return locals }
      let statement = block[path[position]]
      locals += statement.bound(inBlock: path[position + 1])
      block = statement.blocks[path[position + 1]]
      position += 2
    }
  }

  /// Enters `loop`s: that is no step.
  func enteringLoops(_ path: [Int]) -> [Int] {
    var path = path
    while let statement = statement(at: path), case .loop(let body) = statement.kind, !body.isEmpty
    {
      path += [0, 0]
    }
    return path
  }

  /// The blocking statement that a path comes to by leaving blocks and entering `loop`s, without
  /// evaluating anything; else the path itself.
  func settled(_ start: [Int]) -> [Int] {
    var path = start
    while true {
      path = enteringLoops(path)
      if let statement = statement(at: path) { return statement.isBlocking ? path : start }
      guard let (outer, around) = parent(of: path) else { return start }
      switch around.kind {
      case .for, .while: return start
      case .loop: path = outer + [0, 0]
      default: path = following(outer)
      }
    }
  }

  func following(_ path: [Int]) -> [Int] { path.dropLast() + [path[path.count - 1] + 1] }
}

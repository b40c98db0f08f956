import Diagnostics

/// The parts of typed trees, in the order of evaluation.

extension TypedExpression {
  /// The expressions directly in it; not the body of a function that it calls.
  public var operands: [TypedExpression] {
    switch kind {
    case .boolean, .integer, .enumerationCase, .agent, .none, .local, .selfAgent, .sender,
      .allValues, .quiescent, .inFlight, .coherent, .determined:
      []
    case .some(let a), .convert(let a), .field(let a, _), .unwrap(let a), .not(let a),
      .negate(let a), .extremumOfSet(_, let a), .size(let a), .first(let a), .rest(let a),
      .index(let a), .member(_, let a), .status(_, let a), .mapComprehension(_, let a):
      [a]
    case .variable(_, let owner): owner.map { [$0] } ?? []
    case .lookup(let a, let b), .element(let a, let b), .connective(_, let a, let b),
      .equal(let a, let b), .notEqual(let a, let b), .compare(_, let a, let b),
      .arithmetic(_, let a, let b), .contains(let a, let b), .setOperation(_, let a, let b),
      .range(let a, let b), .concatenate(let a, let b),
      .setComprehension(_, let a, let b):
      [a, b]
    case .conditional(let a, let b, let c): [a, b, c]
    case .set(let all), .sequence(let all), .record(let all), .extremum(_, let all),
      .call(_, let all):
      all
    case .quantifier(_, _, let domain, let filter, let body):
      [domain] + (filter.map { [$0] } ?? []) + [body]
    }
  }
}

extension TypedStatement {
  /// The expressions directly in it, those of its place and patterns aside.
  var expressions: [TypedExpression] {
    switch kind {
    case .assign(let place, let value): place.keys + [value]
    case .bind(_, let value): [value]
    case .if(let condition, _, else: _): [condition]
    case .match(let subject, let cases, else: _): [subject] + cases.flatMap(\.values)
    case .for(_, let domain, _): [domain]
    case .while(let condition, _): [condition]
    case .send(_, let arguments, let target): arguments + [target]
    case .choice(_, _, let domain, let filter): [domain] + (filter.map { [$0] } ?? [])
    case .assert(let condition), .await(let condition): [condition]
    case .commit(_, let parts): parts
    case .stop, .receive, .either, .yield, .checkpoint, .loop: []
    }
  }

  var patterns: [TypedMessagePattern] {
    if case .receive(let cases, _, _, _) = kind { cases.map(\.pattern) } else { [] }
  }

  /// The blocks directly in it.
  public var blocks: [[TypedStatement]] {
    switch kind {
    case .if(_, let yes, let no): [yes, no]
    case .match(_, let cases, let other): cases.map(\.body) + [other]
    case .for(_, in: _, let body), .while(_, let body), .loop(let body): [body]
    case .receive(let cases, let timeout, _, _): cases.map(\.body) + [timeout ?? []]
    case .either(let branches): branches
    default: []
    }
  }

  /// Whether a `run` can rest in it.
  public var rests: Bool {
    switch kind {
    case .receive, .await, .either, .yield, .checkpoint: true
    default: blocks.contains { $0.contains(where: \.rests) }
    }
  }
}

extension Place {
  /// The expressions in the way to it.
  var keys: [TypedExpression] {
    path.compactMap { step in
      switch step {
      case .field: nil
      case .key(let key), .element(let key): key
      }
    }
  }
}

extension [TypedStatement] {
  /// Itself and all statements in it, at any depth.
  var all: [TypedStatement] { flatMap { [$0] + $0.blocks.flatMap(\.all) } }

  var sentMessages: Set<MessageID> {
    Set(all.compactMap { if case .send(let message, _, to: _) = $0.kind { message } else { nil } })
  }
}

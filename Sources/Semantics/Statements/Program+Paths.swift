/// What may happen on the way from the start of a body to its end.
struct Paths {
  /// Some path gets to the end.
  var completes: Bool
  /// Some path gets to the end without a blocking statement.
  var silent: Bool

  static let through = Paths(completes: true, silent: true)
  static let never = Paths(completes: false, silent: false)
  static let blocking = Paths(completes: true, silent: false)

  func or(_ other: Paths) -> Paths {
    Paths(completes: completes || other.completes, silent: silent || other.silent)
  }

  func then(_ other: Paths) -> Paths {
    Paths(completes: completes && other.completes, silent: silent && other.silent)
  }
}

extension Program {
  func paths(through body: [TypedStatement]) -> Paths {
    body.reduce(.through) { $0.then(paths(of: $1)) }
  }

  func paths(of statement: TypedStatement) -> Paths {
    switch statement.kind {
    case .assign, .bind, .send, .choice, .assert, .commit, .checkpoint: .through
    case .stop, .loop: .never
    case .await, .yield: .blocking
    case .if(_, let then, let otherwise):
      paths(through: then).or(paths(through: otherwise))
    case .match(let subject, let cases, let otherwise):
      cases.reduce(coversAll(subject, cases) ? .never : paths(through: otherwise)) {
        $0.or(paths(through: $1.body))
      }
    case .for(_, let domain, let body):
      isNeverEmpty(domain) ? paths(through: body) : Paths.through
    case .while: .through
    case .receive(let cases, let timeout, _, _):
      blocked(cases.map(\.body) + (timeout.map { [$0] } ?? []))
    case .either(let branches): blocked(branches)
    }
  }

  private func blocked(_ branches: [[TypedStatement]]) -> Paths {
    Paths(completes: branches.contains { paths(through: $0).completes }, silent: false)
  }

  private func coversAll(_ subject: TypedExpression, _ cases: [TypedMatchCase]) -> Bool {
    let values = Set(cases.flatMap(\.values).compactMap { valueIfConstant($0) })
    return values.count >= spec.cardinality(of: subject.type)
  }

  private func isNeverEmpty(_ domain: TypedExpression) -> Bool {
    switch domain.kind {
    case .allValues: true
    case .set(let elements), .sequence(let elements): !elements.isEmpty
    case .range(let lower, let upper):
      (lower.type.interval?.upper ?? .max) <= (upper.type.interval?.lower ?? .min)
    default: false
    }
  }
}

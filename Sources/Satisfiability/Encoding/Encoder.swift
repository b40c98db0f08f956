import Decisions
import Semantics

/// Writes typed expressions as terms over what they read.
///
/// Types are finite, so that quantifiers, sets and maps are written out, and terms have no
/// quantifiers. An evaluation error is no value: what must be true for an expression to have one is
/// collected in `obligations`, each under the conditions that lead to it. What is large becomes a
/// variable with a definition (Tseitin 1968), so that terms grow no faster than expressions.
final class Encoder {
  let spec: TypedSpec
  /// Whether the expressions read variables of any agent, as properties and environments do.
  let readsAll: Bool
  private(set) var sorts: [ScalarSort] = []
  /// What holds of the variables that stand for larger terms.
  private(set) var definitions: [Term] = []
  private(set) var subjects: [(subject: Subject, type: Type, value: SymbolicValue)] = []
  private var known: [Subject: SymbolicValue] = [:]
  var locals: [LocalID: SymbolicValue] = [:]
  var obligations: [Term] = []
  /// What leads to the expression at hand, within the one that is encoded.
  var path = Term.bool(true)
  private var depth = 0
  private var budget = 40_000
  private var universes: [Type: [SymbolicValue]] = [:]

  init(_ spec: TypedSpec, readsAll: Bool) {
    self.spec = spec
    self.readsAll = readsAll
  }

  // MARK: Conditions

  /// That a condition has a value and that it is `wanted`.
  func condition(_ e: TypedExpression, is wanted: Bool = true) throws(NotEncoded) -> Term {
    try collected { () throws(NotEncoded) in
      let value = try truth(e)
      return wanted ? value : .negation(value)
    }
  }

  /// A term together with all that must be true for it to have a value.
  func collected(_ body: () throws(NotEncoded) -> Term) throws(NotEncoded) -> Term {
    let outer = (obligations, path)
    obligations = []
    path = .bool(true)
    defer { (obligations, path) = outer }
    let value = try body()
    return .conjunction(obligations + [value])
  }

  /// An evaluation error unless the term holds.
  func require(_ term: Term) {
    let obligation = Term.disjunction([.negation(path), term])
    if obligation != .bool(true) { obligations.append(obligation) }
  }

  /// What `body` needs counts only where the condition holds.
  func under<Result>(
    _ condition: Term, _ body: () throws(NotEncoded) -> Result
  ) throws(NotEncoded) -> Result {
    let outer = path
    path = named(.conjunction([path, condition]))
    defer { path = outer }
    return try body()
  }

  // MARK: Expressions

  func evaluate(_ e: TypedExpression) throws(NotEncoded) -> SymbolicValue {
    depth += 1
    defer { depth -= 1 }
    try spend(1)
    if depth > depthMax { throw .tooLarge }
    return named(try encode(e))
  }

  func spend(_ steps: Int) throws(NotEncoded) {
    budget -= steps
    if budget < 0 || sorts.count > sortsMax { throw .tooLarge }
  }

  func truth(_ e: TypedExpression) throws(NotEncoded) -> Term {
    guard case .bool(let term) = try evaluate(e) else { throw .noValues }
    return term
  }

  func number(_ e: TypedExpression) throws(NotEncoded) -> Term {
    guard case .number(let term) = try evaluate(e) else { throw .noValues }
    return term
  }

  func evaluate(all list: [TypedExpression]) throws(NotEncoded) -> [SymbolicValue] {
    var values: [SymbolicValue] = []
    for e in list { values.append(try evaluate(e)) }
    return values
  }

  /// The value of an expression with a local bound.
  func with<Result>(
    _ local: LocalID, _ value: SymbolicValue, _ body: () throws(NotEncoded) -> Result
  ) throws(NotEncoded) -> Result {
    let outer = locals[local]
    locals[local] = value
    defer { locals[local] = outer }
    return try body()
  }

  func choice(
    _ condition: Term, _ a: SymbolicValue, _ b: SymbolicValue
  ) throws(NotEncoded) -> SymbolicValue {
    guard let value = SymbolicValue.choice(condition, a, b) else { throw .tooLarge }
    return named(value)
  }

  // MARK: Variables

  /// What the expressions read under a name: one value, whoever asks.
  func free(_ subject: Subject, _ type: Type) throws(NotEncoded) -> SymbolicValue {
    if let value = known[subject] { return value }
    let value = try fresh(type)
    known[subject] = value
    subjects.append((subject, type, value))
    return value
  }

  private func fresh(_ type: Type) throws(NotEncoded) -> SymbolicValue {
    try spend(1)
    switch type {
    case .bool: return .bool(variable(.bool))
    case .integer(let lower, let upper): return .number(try variable(lower, upper))
    case .enumeration(let id):
      return .number(try variable(0, Int64(spec.enumerations[id.index].cases.count) - 1))
    case .agent(let first, let count):
      return .number(try variable(Int64(first), Int64(first + count) - 1))
    case .optional(let inner):
      return .optional(isPresent: variable(.bool), try fresh(inner))
    case .record(let id):
      return .record(try fresh(all: spec.records[id.index].fields.map(\.type)))
    case .map(let key, let value):
      return .map(try fresh(all: Array(repeating: value, count: try universe(key).count)))
    case .set(let element):
      let elements = try universe(element)
      return .set(elements, isIn: elements.map { _ in variable(.bool) })
    case .sequence(let element, let capacity):
      if capacity > universeMax { throw .tooLarge }
      return .sequence(
        length: try variable(0, Int64(capacity)),
        try fresh(all: Array(repeating: element, count: capacity)))
    }
  }

  private func fresh(all types: [Type]) throws(NotEncoded) -> [SymbolicValue] {
    var values: [SymbolicValue] = []
    for type in types { values.append(try fresh(type)) }
    return values
  }

  private func variable(_ lower: Int64, _ upper: Int64) throws(NotEncoded) -> Term {
    if lower > upper { throw .noValues }
    return variable(.integer(lower...upper))
  }

  private func variable(_ sort: ScalarSort) -> Term {
    sorts.append(sort)
    return .leaf(LeafID(sorts.count - 1))
  }

  // MARK: Names for terms

  /// The term, or a variable that is defined as the term where that is large.
  func named(_ term: Term, isNumber: Bool = false) -> Term {
    var room = termSizeMax
    if term.fits(&room) { return term }
    let name = variable(isNumber ? .integer(nil) : .bool)
    definitions.append(.equal(name, term))
    return name
  }

  private func named(_ value: SymbolicValue) -> SymbolicValue {
    switch value {
    case .bool(let term): .bool(named(term))
    case .number(let term): .number(named(term, isNumber: true))
    case .optional(let isPresent, let inner):
      .optional(isPresent: named(isPresent), named(inner))
    case .set(let elements, let isIn): .set(elements, isIn: isIn.map { named($0) })
    case .sequence(let length, let elements):
      .sequence(length: named(length, isNumber: true), elements.map { named($0) })
    case .map(let values): .map(values.map { named($0) })
    case .record(let values): .record(values.map { named($0) })
    }
  }

  // MARK: Constants

  /// All values of a type, ascending.
  func universe(_ type: Type) throws(NotEncoded) -> [SymbolicValue] {
    if let values = universes[type] { return values }
    if spec.cardinality(of: type) > universeMax { throw .tooLarge }
    let values = spec.constants(of: type)
    universes[type] = values
    return values
  }
}

/// The most values of a set's elements, of a map's keys and of what a quantifier runs over.
let universeMax = 256

private let depthMax = 150
private let sortsMax = 20_000
private let termSizeMax = 24

extension Term {
  /// Whether the term has no more parts than there is room for, which it takes up.
  fileprivate func fits(_ room: inout Int) -> Bool {
    room -= 1
    for part in parts where room >= 0 { _ = part.fits(&room) }
    return room >= 0
  }
}

extension RandomSpec {
  /// A value of a type, written without variables other than `self`.
  mutating func literal(_ type: SpecType) -> Term {
    switch type {
    case .bool: return Term(chance(50) ? "true" : "false")
    case .range(let lower, let upper):
      let value = number(lower...upper)
      return Term("\(value)", value < 0 ? .negation : .postfix)
    case .enumeration(let index): return Term(pick(enumerations[index].cases))
    case .record(let index): return record(index) { $0.literal($1) }
    case .optional(let inner): return chance(40) ? Term("none") : literal(inner)
    case .set(let element):
      return listed("{", (0..<number(0...2)).map { _ in literal(element).text }, "}")
    case .sequence(let element, let capacity):
      return listed("[", (0..<number(0...capacity)).map { _ in literal(element).text }, "]")
    case .map(let key, let value):
      return Term("map \(name("k")) in \(text(key)): \(literal(value).text)", .open)
    case .agent(let index): return identity(index)
    case .anyAgent: return identity(number(0...agents.count - 1))
    }
  }

  func listed(_ open: String, _ elements: [String], _ close: String) -> Term {
    Term(open + elements.joined(separator: ", ") + close)
  }

  mutating func record(
    _ index: Int, _ value: (inout RandomSpec, SpecType) -> Term
  ) -> Term {
    let fields = records[index].fields.map { "\($0.text): \(value(&self, $0.type).text)" }
    return listed("\(records[index].name)(", fields, ")")
  }

  /// A member of a declaration, by number.
  mutating func identity(_ index: Int) -> Term {
    guard let count = agents[index].count else { return Term(agents[index].name) }
    return Term("\(agents[index].name)[\(number(0...count - 1))]")
  }
}

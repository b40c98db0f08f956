import Decisions
import Semantics

extension Encoder {
  /// That the message at hand matches a pattern, its condition aside; binds the pattern's names.
  ///
  /// Fields are compared from left to right, up to the first that differs, then the sender.
  func matches(_ pattern: TypedMessagePattern) throws(NotEncoded) -> Term {
    let fields = spec.messages[pattern.message.index].fields
    var isOpen = Term.bool(true)
    for (index, field) in pattern.fields.enumerated() {
      let type = fields[index].type
      switch field {
      case .any: break
      case .bind(let local): locals[local] = try free(.field(pattern.message, index), type)
      case .equal(let expected):
        let value = try free(.field(pattern.message, index), type)
        let isEqual = try under(isOpen) { () throws(NotEncoded) -> Term in
          .equality(value, try evaluate(expected))
        }
        isOpen = named(.conjunction([isOpen, isEqual]))
      }
    }
    guard let filter = pattern.sender else { return isOpen }
    return .conjunction([isOpen, try passes(filter, isOpen)])
  }

  private func passes(_ filter: PartyFilter, _ isOpen: Term) throws(NotEncoded) -> Term {
    let sender = try free(.sender, .agent(first: 0, count: spec.agentCount))
    guard case .number(let identity) = sender, case .agent(let first, let count) = filter.type
    else { throw .noValues }
    if let binder = filter.binder { locals[binder] = sender }
    let isOfType = Term.conjunction([
      .comparison(.integer(Int64(first)), identity, orEqual: true),
      .comparison(identity, .integer(Int64(first + count)), orEqual: false),
    ])
    guard let wanted = filter.equal else { return isOfType }
    let isEqual = try under(.conjunction([isOpen, isOfType])) { () throws(NotEncoded) -> Term in
      .equality(sender, try evaluate(wanted))
    }
    return .conjunction([isOfType, isEqual])
  }

  /// That a rule with this pattern may take the message at hand.
  func takes(_ pattern: TypedMessagePattern) throws(NotEncoded) -> Term {
    try collected { () throws(NotEncoded) in
      let isMatch = named(try matches(pattern))
      guard let condition = pattern.guardExpression else { return isMatch }
      let holds = try under(isMatch) { () throws(NotEncoded) in try truth(condition) }
      return .conjunction([isMatch, holds])
    }
  }

  /// That a rule leaves the message at hand where it is, without an evaluation error.
  func refuses(_ pattern: TypedMessagePattern) throws(NotEncoded) -> Term {
    try collected { () throws(NotEncoded) in
      let isMatch = named(try matches(pattern))
      guard let condition = pattern.guardExpression else { return .negation(isMatch) }
      let holds = try under(isMatch) { () throws(NotEncoded) in try truth(condition) }
      return .negation(.conjunction([isMatch, holds]))
    }
  }
}

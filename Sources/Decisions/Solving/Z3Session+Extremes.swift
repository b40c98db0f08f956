import CZ3

extension Z3Session {
  enum Extreme {
    case bound(String, isAttained: Bool)
    case unbounded
    case unknown(String)
  }

  /// How far a real can go where all of `hard` holds. Requires: that is satisfiable.
  func extreme(of term: cz3_ast, isUpper: Bool, hard: [cz3_ast]) -> Extreme {
    optimizing { optimizer in
      for fact in hard { cz3_optimize_assert(context, optimizer, fact) }
      let objective =
        isUpper
        ? cz3_optimize_maximize(context, optimizer, term)
        : cz3_optimize_minimize(context, optimizer, term)
      let verdict = cz3_optimize_check(context, optimizer, 0, nil)
      guard verdict == 1 else { return .unknown(reasonUnknown(optimizer)) }
      // A multiple of infinity, a number, and a multiple of an infinitesimal.
      let parts =
        isUpper
        ? cz3_optimize_get_upper_as_vector(context, optimizer, objective)
        : cz3_optimize_get_lower_as_vector(context, optimizer, objective)
      guard let parts else { return .unknown("no bound given") }
      cz3_ast_vector_inc_ref(context, parts)
      defer { cz3_ast_vector_dec_ref(context, parts) }
      let texts = (0..<cz3_ast_vector_size(context, parts)).compactMap { index -> String? in
        guard let part = cz3_ast_vector_get(context, parts, index),
          cz3_is_numeral_ast(context, part)
        else { return nil }
        return cz3_get_numeral_string(context, part).map { String(cString: $0) }
      }
      guard texts.count == 3 else { return .unknown("its bound is irrational") }
      return texts[0] == "0" ? .bound(texts[1], isAttained: texts[2] == "0") : .unbounded
    } orElse: {
      .unknown($0)
    }
  }
}

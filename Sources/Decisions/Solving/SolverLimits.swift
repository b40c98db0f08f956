import CZ3

/// What a query may cost.
public struct SolverLimits: Sendable {
  /// For one query, in milliseconds.
  public var milliseconds: UInt32
  /// For the solver altogether, in MiB.
  public var megabytes: UInt32 = 4_096
  public init(milliseconds: UInt32 = 5_000) { self.milliseconds = milliseconds }

  /// For a call that is ended from outside. A timer of Z3's own that runs out while a query is deaf
  /// is given to the next query with its lock held, and that one waits forever.
  var untimed: SolverLimits {
    var limits = self
    limits.milliseconds = .max
    return limits
  }

  /// For a solver. A new reference; requires: the caller drops it.
  func parameters(in context: cz3_context) -> cz3_params {
    let parameters = optimizerParameters(in: context)
    cz3_params_set_uint(
      context, parameters, cz3_mk_string_symbol(context, "max_memory"), megabytes)
    return parameters
  }

  /// For an optimizer, which refuses all of its parameters if it does not know one: its memory is
  /// bounded by what `cz3_load` sets for all contexts.
  func optimizerParameters(in context: cz3_context) -> cz3_params {
    let parameters: cz3_params = cz3_mk_params(context)
    cz3_params_inc_ref(context, parameters)
    cz3_params_set_uint(
      context, parameters, cz3_mk_string_symbol(context, "timeout"), milliseconds)
    // Ctrl-C is for whoever runs the queries; a query that took it would hide it.
    cz3_params_set_bool(context, parameters, cz3_mk_string_symbol(context, "ctrl_c"), false)
    return parameters
  }
}

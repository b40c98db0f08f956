import Semantics

@testable import Driver

/// One spec, checked by both sides.
struct Trial {
  enum Outcome {
    /// The front end does not take it.
    case refused(String)
    /// Not compared: the reference would take too long, or channels grow without end.
    case tooLarge
    case compared(ReferenceResult, differences: [String])
  }

  /// Where the reference gives up and compares up to a depth only.
  struct Limits {
    var states = 1_500
    var messages = 10
    var executions = 60_000
  }

  var limits = Limits()
  /// Whether compiled C is compared with bytecode: some hundredths of a second of a C compiler.
  var comparesTiers = true

  func run(_ text: String) -> Outcome {
    switch SpecText(text).analyzed() {
    case .failure(let refusal): .refused(refusal.description)
    case .success(let spec): run(spec)
    }
  }

  func run(_ analyzed: AnalyzedSpec) -> Outcome {
    let spec = analyzed.spec
    // A prompt without bounds, or too large to try everything.
    if spec.prompt != nil, Claims(spec) == nil { return .tooLarge }
    var bounds = ReferenceChecker.Limits()
    bounds.statesMax = limits.states
    bounds.messagesMax = limits.messages
    bounds.executionsMax = limits.executions
    var reference = ReferenceChecker.check(spec, limits: bounds)
    var product = ProductAdapter(spec: spec, prompt: analyzed.prompt)
    product.comparesTiers = comparesTiers
    if reference.ending == .stateLimit || reference.ending == .channelLimit {
      bounds.depthMax = reference.depth
      product.depthMax = reference.depth
      reference = ReferenceChecker.check(spec, limits: bounds)
    }
    guard reference.ending == .exhausted || reference.ending == .depthBound else {
      return .tooLarge
    }
    let found = product.check()
    var differences = Disagreement(reference: reference, product: found).differences
    differences += found.tierDifferences
    let replay = TraceReplay(interpreter: Interpreter(spec))
    for (name, trace) in found.traces.sorted(by: { $0.key < $1.key }) {
      if let fault = replay.fault(of: trace) { differences.append("trace of \(name): \(fault)") }
    }
    return .compared(reference, differences: differences)
  }

  /// The least text that shows the first of the differences.
  func shrink(_ text: String, _ differences: [String]) -> String {
    let subject = differences.first?.prefix { $0 != ":" } ?? ""
    return Shrinker { candidate in
      guard case .compared(_, let differences) = run(candidate) else { return false }
      return differences.contains { $0.hasPrefix(subject) }
    }.shrink(text)
  }
}

import Diagnostics
import Semantics
import Syntax

/// A spec under each of its checks, and under extreme values of its parameters.
struct Scenarios {
  private(set) var specs: [TypedSpec] = []
  /// Those of the checks and the defaults; what is wrong under extreme values only is no mistake.
  private(set) var diagnostics: [Diagnostic] = []

  init(_ loaded: LoadedSpec, _ sources: SourceSet) {
    let checks = checkNames(in: loaded.files).map { Optional($0.text) }
    for check in checks + [nil] {
      let (spec, found) = analyze(
        loaded.files, configuration: Configuration(check: check), in: sources)
      diagnostics += found
      if let spec { specs.append(spec) }
    }
    guard let plain = specs.last, !diagnostics.contains(where: { $0.severity == .error }) else {
      return
    }
    for (parameter, type) in zip(plain.parameters, plain.parameterTypes) {
      for value in plain.extremes(of: type) where specs.count < scenariosMax {
        let configuration = Configuration(overrides: [(parameter.name, value)])
        if let spec = analyze(loaded.files, configuration: configuration, in: sources).spec {
          specs.append(spec)
        }
      }
    }
  }
}

/// Each costs as much as all questions about the spec.
private let scenariosMax = 16

extension TypedSpec {
  fileprivate func extremes(of type: Type) -> [String] {
    switch type {
    case .bool: return ["false", "true"]
    case .integer(let lower, let upper): return [String(lower), String(upper)]
    case .enumeration(let id):
      let cases = enumerations[id.index].cases
      return [cases.first, cases.last].compactMap(\.self)
    default: return []
    }
  }
}

import Decisions
import Diagnostics
import Semantics
import Syntax

/// A spec's prompt with the claims that its agents can commit to, elaborated.
struct PromptClaims {
  let model: PromptModel
  /// By `commit` statement.
  let terms: [ClaimTerm]
}

/// A spec for one check, with its prompt where it has one.
struct AnalyzedSpec {
  let spec: TypedSpec
  let prompt: PromptClaims?
}

/// Analyses a spec and, where it is right, the prompt in it; nil where something is wrong.
func analyzeWithPrompt(
  _ files: [FileSyntax], _ configuration: Configuration, in sources: SourceSet
) -> (spec: AnalyzedSpec?, diagnostics: [Diagnostic]) {
  let (analyzed, diagnostics) = analyze(files, configuration: configuration, in: sources)
  guard let spec = analyzed else { return (nil, diagnostics) }
  guard spec.prompt != nil else { return (AnalyzedSpec(spec: spec, prompt: nil), diagnostics) }
  let (model, terms, found) = elaborate(
    files, in: sources, parameters: spec.parameters, claims: spec.commitments.map(spec.openClaim))
  let prompt = model.map { PromptClaims(model: $0, terms: terms) }
  return (prompt.map { AnalyzedSpec(spec: spec, prompt: $0) }, diagnostics + found)
}

extension TypedSpec {
  fileprivate func openClaim(_ commitment: Commitment) -> OpenClaim {
    OpenClaim(
      claim: commitment.claim,
      parts: commitment.parts.map { part in
        if case .set(let element) = part.type {
          return OpenClaim.Part(name: part.name, sort: sort(element), isSet: true)
        }
        return OpenClaim.Part(name: part.name, sort: sort(part.type), isSet: false)
      })
  }

  /// Requires: the type is one that a part of a claim may have.
  private func sort(_ type: Type) -> OpenClaim.Sort {
    switch type {
    case .integer(let lower, let upper): .integer(lower...upper)
    case .enumeration(let id): .enumeration(enumerations[id.index].name)
    default: .bool
    }
  }
}

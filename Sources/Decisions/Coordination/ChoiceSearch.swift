import CZ3

/// What agents choose: a value for each of some leaves.
typealias Choices = [Int: [LeafID: Scalar]]

/// Looks for choices that a part of the prompt cannot be completed with.
///
/// Idea. ∃ choices ∀ rest is decided by guessing and learning (Solar-Lezama et al. 2006; Janota and
/// Marques-Silva 2011). A guess is, for each agent, a member of the prompt that its choice is taken
/// from. What is learned from a completion is a way to complete: each leaf that nobody chose has
/// the value of one of these members, or a constant; the next guess is one for which that way
/// fails. The first way is known beforehand: each leaf goes with the agent that is nearest to it,
/// so that only where the members meet can it fail.
///
/// Price: some rounds of two small queries for each part that connects agents.
final class ChoiceSearch {
  enum Verdict {
    case clash(Choices)
    case free
    case unknown(String)
  }

  private static let roundsMax = 400

  private let model: PromptModel
  private let guesses: Z3Session
  private let completions: Z3Session
  private let rest: Translation
  /// Constants of all leaves for each guessed member, as many as were needed at once.
  private var copies: [Translation] = []
  let isOver: () -> String?

  /// `isOver`: why no more may be asked.
  init(
    _ model: PromptModel, _ limits: SolverLimits, in shared: SolverContext,
    isOver: @escaping () -> String?
  ) throws(SolverUnavailable) {
    self.model = model
    self.isOver = isOver
    guesses = try Z3Session(limits, in: shared)
    completions = try Z3Session(limits, in: shared)
    rest = Translation(completions, leaves: Self.constants(completions, model))
  }

  var queryCount: Int { guesses.queryCount + completions.queryCount }

  private static func constants(_ session: Z3Session, _ model: PromptModel) -> [cz3_ast] {
    model.leaves.map { session.constant($0.sort, $0.name) }
  }

  /// Whether agents can choose the leaves of a cluster such that it cannot be completed.
  ///
  /// Requires: a cluster for these leaves protected; each agent has one at least.
  func search(_ prompt: OpenPrompt, _ cluster: [Int], _ chosen: [Int: [Int]]) -> Verdict {
    guesses.scoped {
      let game = Game(prompt, cluster, chosen)
      while copies.count < game.agents.count {
        copies.append(Translation(guesses, leaves: Self.constants(guesses, model)))
      }
      for (place, agent) in game.agents.enumerated() {
        for term in game.legality(of: agent) { guesses.assert(copies[place].ast(term)) }
      }
      guesses.assert(fails(game, game.nearest))
      for _ in 0..<Self.roundsMax {
        if let reason = isOver() { return .unknown(reason) }
        switch guesses.check([]) {
        case .unsatisfiable: return .free
        case .unknown(let reason): return .unknown(reason)
        case .satisfiable: break
        }
        guard let members = members(game) else { return .unknown("a choice is irrational") }
        let choices = game.choices(members)
        switch complete(game, choices) {
        case .unknown(let reason): return .unknown(reason)
        case .impossible(let needed): return .clash(needed)
        case .possible(let completion):
          guesses.assert(fails(game, game.sources(of: completion, members)))
        }
      }
      return .unknown("no end after \(Self.roundsMax) guesses")
    }
  }

  /// By place of the agent, the values of the leaves of the game.
  private func members(_ game: Game) -> [[Int: Scalar]]? {
    var result: [[Int: Scalar]] = []
    for place in game.agents.indices {
      var values: [Int: Scalar] = [:]
      for leaf in game.leaves {
        guard let value = guesses.value(of: copies[place].leaves[leaf]).flatMap(Scalar.init) else {
          return nil
        }
        values[leaf] = value
      }
      result.append(values)
    }
    return result
  }

  /// That this way to complete breaks a requirement.
  private func fails(_ game: Game, _ sources: [Int: Game.Source]) -> cz3_ast {
    var constants: [LeafID: Term] = [:]
    var leaves = copies[0].leaves
    for (leaf, source) in sources {
      switch source {
      case .member(let place): leaves[leaf] = copies[place].leaves[leaf]
      case .constant(let value):
        constants[LeafID(leaf)] = Term(value, model, LeafID(leaf))
      }
    }
    let mixed = Translation(guesses, leaves: leaves)
    let terms = game.cluster.map { mixed.ast(game.prompt.terms[$0].replacing(constants)) }
    return guesses.anyOf(terms, negated: true)
  }

  // MARK: Completions

  private enum Completion {
    case possible([Int: Scalar])
    /// Not with these choices, none of which can be left out.
    case impossible(Choices)
    case unknown(String)
  }

  private func complete(_ game: Game, _ choices: Choices) -> Completion {
    completions.scoped {
      for term in game.terms { completions.assert(rest.ast(term)) }
      var meaning: [Literal: (agent: Int, leaf: LeafID)] = [:]
      var literals: [Literal] = []
      for agent in game.agents {
        for (leaf, value) in (choices[agent] ?? [:]).sorted(by: { $0.key.index < $1.key.index }) {
          let term = Term.equality(.leaf(leaf), Term(value, model, leaf))
          let literal = completions.literal(for: rest.ast(term))
          meaning[literal] = (agent, leaf)
          literals.append(literal)
        }
      }
      switch completions.check(literals) {
      case .unknown(let reason): return .unknown(reason)
      case .satisfiable:
        var values: [Int: Scalar] = [:]
        for leaf in game.free {
          guard let value = completions.value(of: rest.leaves[leaf]).flatMap(Scalar.init) else {
            return .unknown("a value is irrational")
          }
          values[leaf] = value
        }
        return .possible(values)
      case .unsatisfiable(let core):
        var needed: Choices = [:]
        for literal in completions.shrunk(core) {
          guard let (agent, leaf) = meaning[literal] else { continue }
          needed[agent, default: [:]][leaf] = choices[agent]?[leaf]
        }
        return .impossible(needed)
      }
    }
  }
}

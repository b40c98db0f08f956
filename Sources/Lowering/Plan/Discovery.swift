import Semantics
import TransitionSystem

/// What the rules can do at all: who can send what to whom, and who can stop.
///
/// The least fixpoint: a handler is looked at only once something can reach it, and its sender is
/// only who can have sent it.
final class Discovery {
  struct Route: Hashable {
    let sender: Int
    let receiver: Int
    let message: MessageID
  }
  private(set) var routes: Set<Route> = []
  /// Declarations, by index, whose members can stop or come to the end.
  private(set) var stopping: Set<Int> = []
  /// By commitment, the numbers of the claims that can be made.
  private(set) var claims: [CommitmentID: Set<Int>] = [:]
  private(set) var hasChanged = false

  func add(sender: Int, receiver: Int, message: MessageID) {
    let route = Route(sender: sender, receiver: receiver, message: message)
    if routes.insert(route).inserted { hasChanged = true }
  }

  func addStop(_ declaration: AgentID) {
    if stopping.insert(declaration.index).inserted { hasChanged = true }
  }

  func addClaims(_ numbers: [Int], of commitment: CommitmentID) {
    let known = claims[commitment, default: []]
    claims[commitment] = known.union(numbers)
    if claims[commitment] != known { hasChanged = true }
  }

  /// Whether something was learnt since the last call.
  func takeChange() -> Bool {
    defer { hasChanged = false }
    return hasChanged
  }

  func senders(of message: MessageID, to receiver: Int) -> [Int] {
    routes.filter { $0.receiver == receiver && $0.message == message }.map(\.sender).sorted()
  }
}

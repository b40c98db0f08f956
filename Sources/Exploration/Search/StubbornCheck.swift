import Reduction
import TransitionSystem

/// Verifies a stubborn set at one state by exploring what the actions outside of it can do.
///
/// From the state, all states are visited that actions outside the set lead to, members never. At
/// each of them: every enabled member is enabled as it was, with as many instances (D2, and D1 that
/// nothing changes it); no other member is enabled or fails (D1, disabled members); what an outside
/// action and then a member lead to, they lead to in the other order too, failing steps included
/// (D1, the diamonds). No property changes with a step of an enabled member and also with one of an
/// outside action (visibility), and no enabled member takes from a growing channel into which an
/// outside action sends. One enabled member is no fault; for executions one is owed fairness, and
/// no outside action serves its constraint. It shares nothing with the static analysis but the
/// question whether an action is in the set.
///
/// Not verified: that conditions hold beyond `statesMax` outside states. The proviso is judged by
/// the caller.
///
/// Source of the idea: LTSmin's `--check`. Price: up to thousands of expansions for each state.
struct StubbornCheck: ~Copyable {
  private let compiled: CompiledSystem
  private let properties: [Int]
  /// Whether it is executions that are preserved; then where the atoms of each of their properties
  /// begin, and the end.
  private let preservesExecutions: Bool
  private let firstAtoms: [Int]
  private var machine: Machine
  private var buffer: SuccessorBuffer
  /// Checks that met the bound.
  private(set) var boundedCount = 0

  /// Most outside states that one state is checked with.
  private static var statesMax: Int { 2_000 }

  /// What can happen in a state, by action.
  private struct Steps {
    var successors: [Int32: [[UInt64]]] = [:]
    var failures: [Int32: Set<FailureID>] = [:]
    var actions: Set<Int32> { Set(successors.keys).union(failures.keys) }
  }

  init(_ compiled: CompiledSystem, _ options: SearchOptions) {
    self.compiled = compiled
    properties = (options.properties ?? Set(compiled.system.properties.indices)).sorted()
    preservesExecutions = options.preservesExecutions
    firstAtoms = compiled.system.temporalProperties.reduce(into: [0]) {
      $0.append($0[$0.count - 1] + $1.atoms.count)
    }
    machine = Machine(compiled)
    buffer = SuccessorBuffer(wordCount: compiled.wordCount)
  }

  /// Whether something may be put off for ever that is looked for; a lower bound of what the tables
  /// say, which know of steps that may fail.
  var needsProviso: Bool {
    preservesExecutions || !properties.isEmpty
      || compiled.system.channels.contains(where: \.isUnbounded)
  }

  /// That no kept successor is nearer to a full expansion.
  func ignoringFault(at source: UnsafePointer<UInt64>) -> String {
    let state = Array(UnsafeBufferPointer(start: source, count: compiled.wordCount))
    return describe("what it leaves out may be put off for ever", state, [])
  }

  /// That another set is chosen than was said in advance.
  func outlookFault(at source: UnsafePointer<UInt64>) -> String {
    let state = Array(UnsafeBufferPointer(start: source, count: compiled.wordCount))
    return describe("it is not what was to be chosen", state, [])
  }

  /// What is wrong with the set that was chosen for a state; nil where nothing is.
  mutating func fault(of set: StubbornSets, at source: UnsafePointer<UInt64>) -> String? {
    let start = Array(UnsafeBufferPointer(start: source, count: compiled.wordCount))
    if !set.complete(source) { return describe("its needs are not met", start, []) }
    guard let atStart = steps(from: start) else { return nil }
    let members = atStart.actions.filter { isMember($0, of: set, in: start) }
    var keys = members.filter { isKey(compiled.system.actions[Int($0)]) }
    if keys.isEmpty {
      return describe(
        preservesExecutions
          ? "no member that is enabled is owed fairness"
          : "no member that is enabled is more than a fault", start, [])
    }
    var sight = Sight()
    var (open, seen): ([[UInt64]], Set<[UInt64]>) = ([start], [start])
    var next = 0
    while next < open.count {
      let state = open[next]
      next += 1
      guard let here = steps(from: state) else { continue }
      if let fault = compare(here, atStart, members, of: set, in: state) {
        return describe(fault.what, start, fault.actions)
      }
      let outside = here.actions.subtracting(members).sorted()
      if preservesExecutions {
        keys = keys.filter { key in !outside.contains { serves($0, constraintOf: key) } }
        if keys.isEmpty {
          return describe("what it owes may be done by others", start, outside)
        }
      }
      for action in outside {
        for member in members.sorted() {
          if !commute(member, action, here) {
            return describe(
              "a member and an outside action do not commute", start, [member, action])
          }
        }
        for successor in here.successors[action] ?? [] {
          sight.note(changes(from: state, to: successor), by: action, isMember: false)
          if seen.count >= StubbornCheck.statesMax {
            boundedCount += 1
            return nil
          }
          if seen.insert(successor).inserted { open.append(successor) }
        }
      }
      for member in members {
        for successor in here.successors[member] ?? [] {
          sight.note(changes(from: state, to: successor), by: member, isMember: true)
        }
      }
      if let pair = sight.conflict {
        return describe("a member and an outside action change what is looked for", start, pair)
      }
    }
    return nil
  }

  // MARK: Conditions

  private func isKey(_ action: Action) -> Bool {
    preservesExecutions ? action.isOwed : !action.isFault
  }

  /// Whether one action serves the only constraint of another one: both are segments of a `run`,
  /// and the other receives nothing.
  private func serves(_ one: Int32, constraintOf other: Int32) -> Bool {
    let (one, other) = (compiled.system.actions[Int(one)], compiled.system.actions[Int(other)])
    return one.isSegment && other.isSegment && one.agent == other.agent && one.isOwed
      && other.fairness == .weak
  }

  private func isMember(_ action: Int32, of set: StubbornSets, in state: [UInt64]) -> Bool {
    state.withUnsafeBufferPointer { words in
      // Safety: a state of a system with an enabled action has a word.
      words.baseAddress.map { set.contains(action, in: $0) } ?? false
    }
  }

  /// Whether the members are there as they were.
  private func compare(
    _ here: Steps, _ atStart: Steps, _ members: Set<Int32>, of set: StubbornSets,
    in state: [UInt64]
  ) -> (what: String, actions: [Int32])? {
    for member in members.sorted() {
      let isSame =
        here.successors[member]?.count == atStart.successors[member]?.count
        && here.failures[member] == atStart.failures[member]
        && isMember(member, of: set, in: state)
      if !isSame { return ("outside actions change a member", [member]) }
    }
    for action in here.actions.subtracting(members).sorted()
    where isMember(action, of: set, in: state) {
      return ("outside actions enable a disabled member", [action])
    }
    return nil
  }

  /// Whether all that the outside action and then the member lead to is also reached in the other
  /// order, and what fails before the member fails behind it.
  ///
  /// Not the converse: a member may bring the other action new instances, as a send does to the
  /// receiver. They are met behind the member.
  private mutating func commute(_ member: Int32, _ other: Int32, _ here: Steps) -> Bool {
    var (found, wanted): (Set<[UInt64]>, Set<[UInt64]>) = ([], [])
    for middle in here.successors[member] ?? [] {
      // Where a channel overflows, the search starts again with more room.
      guard let steps = steps(from: middle) else { return true }
      found.formUnion(steps.successors[other] ?? [])
      let failures = here.failures[other] ?? []
      if !failures.isSubset(of: steps.failures[other] ?? []) { return false }
    }
    for middle in here.successors[other] ?? [] {
      guard let steps = steps(from: middle) else { return true }
      wanted.formUnion(steps.successors[member] ?? [])
    }
    return wanted.isSubset(of: found)
  }

  /// What was seen to change, and by whom.
  private struct Sight {
    var members: [Int: Int32] = [:]
    var others: [Int: Int32] = [:]

    mutating func note(
      _ changes: (ofMembers: [Int], ofOthers: [Int]), by action: Int32, isMember: Bool
    ) {
      for change in isMember ? changes.ofMembers : changes.ofOthers {
        if isMember { members[change] = action } else { others[change] = action }
      }
    }

    var conflict: [Int32]? {
      members.keys.sorted().compactMap { change in
        if let member = members[change], let other = others[change] {
          [member, other]
        } else {
          nil
        }
      }.first
    }
  }

  /// The properties that a step changes, and behind them the growing channels: those that it takes
  /// from count for members, those that it sends into for others.
  private mutating func changes(
    from before: [UInt64], to after: [UInt64]
  ) -> (ofMembers: [Int], ofOthers: [Int]) {
    let seen = properties.filter { truth(.property($0), before) != truth(.property($0), after) }
    var result = (ofMembers: seen, ofOthers: seen)
    let system = compiled.system
    for (index, channel) in system.channels.enumerated() where channel.isUnbounded {
      let number = system.properties.count + index
      let lengths = (
        system.layout.read(channel.length, from: before),
        system.layout.read(channel.length, from: after)
      )
      if lengths.1 < lengths.0 { result.ofMembers.append(number) }
      if lengths.1 > lengths.0 { result.ofOthers.append(number) }
    }
    if preservesExecutions { addFormulas(before, after, &result) }
    return result
  }

  /// Adds, behind all others, the properties of executions of which atoms change.
  private mutating func addFormulas(
    _ before: [UInt64], _ after: [UInt64], _ result: inout (ofMembers: [Int], ofOthers: [Int])
  ) {
    let changed = atoms(before) ^ atoms(after)
    let first = compiled.system.properties.count + compiled.system.channels.count
    for property in firstAtoms.indices.dropLast() {
      let own = (firstAtoms[property]..<firstAtoms[property + 1]).contains {
        changed >> UInt64($0) & 1 == 1
      }
      if own {
        result.ofMembers.append(first + property)
        result.ofOthers.append(first + property)
      }
    }
  }

  /// The first 64 of them.
  private mutating func atoms(_ state: [UInt64]) -> UInt64 {
    let count = min(64, firstAtoms[firstAtoms.count - 1])
    return (0..<count).reduce(0) { bits, atom in
      truth(.atom(atom), state) == .true ? bits | 1 << UInt64(atom) : bits
    }
  }

  // MARK: Machine

  private mutating func truth(_ predicate: PredicateID, _ state: [UInt64]) -> Truth {
    state.withUnsafeBufferPointer { words in
      // Safety: the state has a word, and the machine does not keep the pointer.
      words.baseAddress.map { machine.evaluate(predicate, on: $0, quiescent: false) }
        ?? .false
    }
  }

  /// Nil where a channel overflows.
  private mutating func steps(from state: [UInt64]) -> Steps? {
    buffer.removeAll()
    let expansion = state.withUnsafeBufferPointer { words -> Expansion? in
      // Safety: the state has a word, and the machine does not keep the pointer.
      words.baseAddress.map {
        machine.expand($0, hash: StateHash.hash($0, compiled.wordCount), into: &buffer)
      }
    }
    guard let expansion, expansion.interruption == nil else { return nil }
    var result = Steps()
    for index in 0..<buffer.count {
      let words = Array(
        UnsafeBufferPointer(start: buffer.state(index), count: compiled.wordCount))
      result.successors[buffer.actions[index], default: []].append(words)
    }
    for failure in machine.failures {
      result.failures[failure.action, default: []].insert(failure.failure)
    }
    return result
  }

  private func describe(_ what: String, _ state: [UInt64], _ actions: [Int32]) -> String {
    let system = compiled.system
    let names = actions.map { system.actions[Int($0)].label }.joined(separator: "; ")
    let values = system.variables.map { "\($0.name) = \(system.text(of: $0, in: state))" }
    return "the set chosen at a state is not stubborn: \(what)"
      + (names.isEmpty ? "" : " (\(names))") + ", at " + values.joined(separator: ", ")
  }
}

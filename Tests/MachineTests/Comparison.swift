import Testing
import TransitionSystem

@testable import Exploration

/// A machine and the reference on the same system.
struct Comparison: ~Copyable {
  let reference: ReferenceMachine
  var machine: Machine
  private var wordCount: Int { reference.system.layout.wordCount }
  /// Instances compared, failures included.
  private(set) var instanceCount = 0
  private(set) var hasGrown = false

  init(_ system: TransitionSystem) {
    reference = ReferenceMachine(system: system)
    machine = Machine(CompiledSystem(system))
  }

  /// Explores up to `limit` states, from `others` too, and compares everything in each of them.
  @discardableResult
  mutating func explore(
    limit: Int = 300, from others: [[UInt64]] = [], _ comment: Comment = ""
  ) -> Set<[UInt64]> {
    var buffer = SuccessorBuffer(wordCount: wordCount, capacity: 2)
    let expansion = machine.initialStates(into: &buffer)
    let initial = reference.initial()
    compare(expansion, buffer, initial.instances, initial.full, comment)
    if initial.full == nil { compareRecords(nil, initial.instances, comment) }
    var states = others
    if initial.full == nil { states += initial.instances.compactMap(\.state) }
    var seen = Set(states)
    var next = 0
    while next < states.count, next < limit {
      for state in expandBoth(states[next], comment) where seen.insert(state).inserted {
        states.append(state)
      }
      next += 1
    }
    return seen
  }

  /// Compares the successors and predicates of one state; returns the successors.
  mutating func expandBoth(_ state: [UInt64], _ comment: Comment = "") -> [[UInt64]] {
    var buffer = SuccessorBuffer(wordCount: wordCount, capacity: 2)
    let source = state.isEmpty ? [0] : state
    let expansion = source.withUnsafeBufferPointer {
      machine.expand(
        $0.baseAddress!, hash: StateHash.hash($0.baseAddress!, wordCount), into: &buffer)
    }
    let (instances, full) = reference.expand(state)
    compare(expansion, buffer, instances, full, comment)
    comparePredicates(source, state, comment)
    if full != nil { return [] }
    compareRecords(state, instances, comment)
    return instances.compactMap(\.state)
  }

  private mutating func compare(
    _ expansion: Expansion, _ buffer: borrowing SuccessorBuffer,
    _ instances: [ReferenceInstance], _ full: Int?, _ comment: Comment
  ) {
    if let full {
      hasGrown = true
      let channel = ChannelID(full)
      let grows = reference.system.channels[full].grows
      #expect(
        expansion.interruption == (grows ? .growth(channel) : .fullChannel(channel)), comment)
      return
    }
    instanceCount += instances.count
    #expect(expansion.interruption == nil, comment)
    let successors = instances.filter { $0.state != nil }
    #expect(expansion.transitions == successors.count, comment)
    #expect(buffer.count == successors.count, comment)
    guard buffer.count == successors.count else { return }
    for (index, successor) in successors.enumerated() {
      let words = (0..<wordCount).map { buffer.state(index)[$0] }
      #expect(words == successor.state, comment)
      #expect(buffer.actions[index] == Int32(successor.action), comment)
      #expect(buffer.hashes[index] == StateHash.hash(buffer.state(index), wordCount), comment)
    }
    let failures = instances.compactMap { instance in
      instance.failure.map {
        StepFailure(action: Int32(instance.action), failure: FailureID($0))
      }
    }
    #expect(machine.failures == failures, comment)
    #expect(expansion.failureCount == failures.count, comment)
    let enabled = instances.contains {
      $0.action < 0 || !reference.system.actions[$0.action].isFault
    }
    #expect(expansion.enabled == enabled, comment)
  }

  private mutating func comparePredicates(
    _ source: [UInt64], _ state: [UInt64], _ comment: Comment
  ) {
    for (index, property) in reference.system.properties.enumerated() {
      for quiescent in [false, true] {
        let truth = source.withUnsafeBufferPointer {
          machine.evaluate(.property(index), on: $0.baseAddress!, quiescent: quiescent)
        }
        let expected: Truth? =
          switch reference.evaluate(property.predicate, state, quiescent: quiescent) {
          case .success(let value): value ? .true : .false
          case .failure(.failed(let failure)): .failure(FailureID(failure))
          case .failure: nil
          }
        #expect(truth == expected, comment)
      }
    }
  }

  /// Each instance is recorded as the reference saw it.
  private mutating func compareRecords(
    _ source: [UInt64]?, _ instances: [ReferenceInstance], _ comment: Comment
  ) {
    var index = 0
    var seen: Set<StepFailure> = []
    for instance in instances {
      var target = InstanceTarget.successor(index)
      if let failure = instance.failure {
        let failure = StepFailure(action: Int32(instance.action), failure: FailureID(failure))
        if !seen.insert(failure).inserted { continue }
        target = .failure(failure)
      } else {
        index += 1
      }
      let step =
        source.map { machine.record(from: $0, target) } ?? machine.recordInitial(target)
      let recorded = step.map {
        ReferenceInstance(
          action: $0.action.index, received: $0.received, choices: $0.choices, sent: $0.sent,
          state: $0.state, failure: $0.failure?.index)
      }
      #expect(recorded == instance, comment)
    }
  }
}

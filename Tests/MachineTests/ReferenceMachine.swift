import Diagnostics
import TransitionSystem

/// One instance of an action as the reference sees it.
struct ReferenceInstance: Equatable {
  var action: Int
  var received: [Int64]?
  var choices: [(choice: ChoiceID, value: Int64)]
  var sent: [SentMessage]
  /// Nil where it fails.
  var state: [UInt64]?
  var failure: Int?

  static func == (a: ReferenceInstance, b: ReferenceInstance) -> Bool {
    a.action == b.action && a.received == b.received && a.sent == b.sent && a.state == b.state
      && a.failure == b.failure && a.choices.map(\.choice) == b.choices.map(\.choice)
      && a.choices.map(\.value) == b.choices.map(\.value)
  }
}

/// Why a program stopped early.
enum Stop: Error, Equatable {
  case incomplete, finished, broken
  case failed(Int)
  case full(Int)
}

/// A slow machine straight from the doc comments of the contract: it walks the trees, keeps one
/// number for each slot, and shares no code with the engine.
struct ReferenceMachine {
  let system: TransitionSystem

  /// All instances of all actions, in order, and the channel that was full, if one was (then the
  /// list ends before it).
  func expand(_ words: [UInt64]) -> (instances: [ReferenceInstance], full: Int?) {
    var result: [ReferenceInstance] = []
    let before = unpack(words)
    do {
      for action in system.actions { try expand(action, before, &result) }
    } catch .full(let channel) {
      return (result, channel)
    } catch { fatalError("the reference stopped: \(error)") }
    return (result, nil)
  }

  func initial() -> (instances: [ReferenceInstance], full: Int?) {
    var result: [ReferenceInstance] = []
    let zero = unpack(Array(repeating: 0, count: system.layout.wordCount))
    do {
      try ways(-1, system.initial, zero, system.initialRegisterCount, nil, nil, &result)
    } catch .full(let channel) {
      return (result, channel)
    } catch { fatalError("the reference stopped: \(error)") }
    return (result, nil)
  }

  /// 0, 1, or the failure.
  func evaluate(
    _ predicate: Predicate, _ words: [UInt64], quiescent: Bool
  ) -> Result<Bool, Stop> {
    evaluate(predicate, unpack(words), quiescent)
  }

  private func evaluate(
    _ predicate: Predicate, _ values: [Int64], _ quiescent: Bool
  ) -> Result<Bool, Stop> {
    var frame = ReferenceFrame(
      system: system, values: values, registerCount: predicate.registerCount)
    frame.quiescent = quiescent
    do {
      do { try frame.run(predicate.statements) } catch .finished {}
      return .success(try frame.value(predicate.result) != 0)
    } catch .incomplete {
      return .success(false)
    } catch { return .failure(error) }
  }

  private func expand(
    _ action: Action, _ before: [Int64], _ result: inout [ReferenceInstance]
  ) throws(Stop) {
    for condition in action.guards {
      switch evaluate(condition, before, false) {
      case .success(true): continue
      case .success(false): return
      case .failure(.failed(let failure)):
        // The guard of the step with all its messages fails too.
        if isPartial(action.body) { return }
        result.append(
          ReferenceInstance(
            action: action.id.index, choices: [], sent: [], state: nil, failure: failure))
        return
      case .failure(let stop): throw stop
      }
    }
    guard let trigger = action.trigger else {
      return try ways(
        action.id.index, action.body, before, action.registerCount, nil, nil, &result)
    }
    let frame = ReferenceFrame(system: system, values: before, registerCount: 0)
    let entries = frame.entries(trigger.channel.index)
    let isHead =
      trigger.candidates == .deliverable
      && system.channels[trigger.channel.index].order == .queue
    for index in entries.indices where index == 0 || !isHead && entries[index] != entries[index - 1]
    {
      try ways(
        action.id.index, action.body, before, action.registerCount, trigger.index.index, index,
        &result)
    }
  }

  /// Every way through the choices.
  private func ways(
    _ action: Int, _ body: [ProgramStatement], _ before: [Int64], _ registerCount: Int,
    _ indexRegister: Int?, _ index: Int?, _ result: inout [ReferenceInstance]
  ) throws(Stop) {
    var script: [Int] = []
    var complete: [[Int64]] = []
    var seen: [(choices: [Int64], kept: [[Int64]])] = []
    while true {
      var frame = ReferenceFrame(system: system, values: before, registerCount: registerCount)
      frame.script = script
      if let indexRegister, let index { frame.registers[indexRegister] = Int64(index) }
      var instance = ReferenceInstance(
        action: action, received: nil, choices: [], sent: [], state: nil, failure: nil)
      if let index, let trigger = system.actions[action].trigger {
        instance.received = ReferenceFrame(system: system, values: before, registerCount: 0)
          .cells(trigger.channel.index, index)
      }
      do {
        do { try frame.run(body) } catch .finished {}
        instance.state = pack(frame.values)
        (instance.choices, instance.sent) = (frame.choices, frame.sent)
        if isNew(frame, &complete, &seen) { result.append(instance) }
      } catch .incomplete {
      } catch .failed(let failure) {
        (instance.choices, instance.sent) = (frame.choices, frame.sent)
        instance.failure = failure
        if action < 0 || !isPartial(body) || isNewFailure(frame, &complete) {
          result.append(instance)
        }
      }
      // The last choice that has another value takes it.
      script = frame.options.indices.map { frame.options[$0].at }
      while let last = script.last, last + 1 == frame.options[script.count - 1].count {
        script.removeLast()
      }
      if script.isEmpty { return }
      script[script.count - 1] += 1
    }
  }

  /// Partial sends: once for each sub-multiset, and only where the full variant completed.
  private func isNew(
    _ frame: ReferenceFrame, _ complete: inout [[Int64]],
    _ seen: inout [(choices: [Int64], kept: [[Int64]])]
  ) -> Bool {
    if !frame.isPartial { return true }
    let choices = frame.choices.map(\.value)
    if !frame.hasDropped { complete.append(choices) }
    guard complete.contains(choices) else { return false }
    let kept = frame.kept.sorted { $0.lexicographicallyPrecedes($1) }
    if seen.contains(where: { $0.choices == choices && $0.kept == kept }) { return false }
    seen.append((choices, kept))
    return true
  }

  /// Partial sends: a failure that needs a dropped message, of a step that could complete, or one
  /// behind such a step.
  private func isNewFailure(_ frame: ReferenceFrame, _ complete: inout [[Int64]]) -> Bool {
    if let choices = frame.stepChoices {
      if !frame.hasDropped { complete.append(choices) }
      return complete.contains(choices)
    }
    let choices = frame.choices.map(\.value)
    return frame.hasDropped && complete.contains { $0.starts(with: choices) }
  }

  private func isPartial(_ statements: [ProgramStatement]) -> Bool {
    statements.contains { statement in
      switch statement {
      case .sendOrDrop: true
      case .if(_, let body, let other): isPartial(body) || isPartial(other)
      case .switch(_, let cases, let other):
        isPartial(other) || cases.contains { isPartial($0.body) }
      case .while(_, let body, _), .forRange(_, _, _, let body), .forBits(_, _, let body):
        isPartial(body)
      default: false
      }
    }
  }

  func unpack(_ words: [UInt64]) -> [Int64] {
    system.layout.slots.indices.map { system.layout.read(SlotID($0), from: words) }
  }

  func pack(_ values: [Int64]) -> [UInt64] {
    var words = Array(repeating: 0 as UInt64, count: system.layout.wordCount)
    for (slot, value) in values.enumerated() {
      let (place, slot) = (system.layout.positions[slot], system.layout.slots[slot])
      if slot.width == 0 { continue }
      words[Int(place.word)] |= UInt64(bitPattern: value &- slot.minimum) << UInt64(place.shift)
    }
    return words
  }
}

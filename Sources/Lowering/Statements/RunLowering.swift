import Semantics
import TransitionSystem

/// The sequential code of `run`: from one blocking statement to the next.
extension CodeLowering {
  /// Takes up the locals that the state holds at a point.
  func enter(_ point: RunPlan.Point) {
    guard let actor, let run = plan.run(of: actor) else { return }
    let scope = run.scopes[point] ?? []
    occupied = Set(scope)
    for local in scope {
      guard let slot = plan.slot(actor, local: local) else { continue }
      locals[local] = .address(Address(.slots, slot), spec.locals[local.index].type)
    }
  }

  /// Comes to rest at a point: control and locals as they are there, and the step is done.
  func reach(_ point: RunPlan.Point) {
    guard let actor, let run = plan.run(of: actor), let control = plan.controlSlot(actor) else {
      return
    }
    emit(.store(control, .constant(run.value(point))))
    let scope = Set(run.scopes[point] ?? [])
    for local in occupied.subtracting(scope).sorted(by: { $0.index < $1.index }) {
      clear(local)
    }
    exit()
  }

  private func clear(_ local: LocalID) {
    guard let actor, let slot = plan.slot(actor, local: local) else { return }
    let count = types.cellCount(spec.locals[local.index].type)
    emit(.clear(first: SlotID(slot), count: count))
  }

  /// The whole body, from its first statement to the next blocking one.
  func beginRun() {
    guard let actor, let run = plan.run(of: actor) else { return }
    if lower(run.body, path: []) { endRun() }
  }

  /// What follows a statement, up to the next blocking one.
  func continueRun(behind path: [Int]) {
    guard let actor, let run = plan.run(of: actor), let index = path.last else { return }
    let blockPath = Array(path.dropLast())
    if lower(run.block(blockPath), path: blockPath, from: index + 1) { continueBlock(blockPath) }
  }

  /// What follows the end of a block: its loop again, or the rest of the block around it.
  func continueBlock(_ path: [Int]) {
    guard let actor, let run = plan.run(of: actor) else { return }
    let path = Array(path.dropLast())
    guard let outer = run.statement(path) else { return endRun() }
    switch outer.kind {
    case .loop(let body):
      _ = repeatForever(body, path, outer.span)
      return
    case .while(let condition, let body):
      if !repeatWhile(condition, body, path, outer.span) { return }
    case .for(let local, in: let domain, let body):
      resumeLoop(local, domain.type, body, path)
    default: break
    }
    continueRun(behind: path)
  }

  private func endRun() {
    guard let actor, let run = plan.run(of: actor) else { return }
    run.isRunOnly ? stop() : reach(.end)
  }

  /// The agent's last step: it leaves nothing but its variables.
  func stop() {
    guard let actor else { return }
    switch variant {
    case .discovery(let discovery): discovery.addStop(spec.declaration(ofAgent: actor))
    case .crashing: break
    case .normal: leave(actor, as: .stopped)
    }
    exit()
  }

  /// Ends the step here.
  func exit() {
    finishStep()
    emit(.finish)
  }

  /// What a step does at its very end.
  func finishStep() {
    if case .crashing(let inside) = variant { finishCrash(inside) }
  }

  /// Saves where a recovered agent resumes.
  func checkpoint(_ path: [Int]) {
    guard let actor, let run = plan.run(of: actor), let control = plan.savedControlSlot(actor)
    else { return }
    let point = run.resumePoint(behind: path)
    emit(.store(control, .constant(run.value(point))))
    let scope = Set(run.scopes[point] ?? [])
    for local in run.saved {
      guard let saved = plan.slot(actor, saved: local), let slot = plan.slot(actor, local: local)
      else { continue }
      let count = types.cellCount(spec.locals[local.index].type)
      copy(scope.contains(local) ? slot : nil, to: saved, count)
    }
    let around = run.loops(around: path)
    for loop in run.savedLoops {
      guard let saved = plan.slot(actor, savedRemainingOf: loop.path),
        let slot = plan.slot(actor, remainingOf: loop.path)
      else { continue }
      copy(around.contains(loop.path) ? slot : nil, to: saved, types.cellCount(loop.remaining))
    }
  }

  /// Copies a run of slots, or clears the target.
  private func copy(_ source: Int?, to target: Int, _ count: Int) {
    guard let source else { return emit(.clear(first: SlotID(target), count: count)) }
    for cell in 0..<count { emit(.store(SlotID(target + cell), .slot(SlotID(source + cell)))) }
  }

  /// Puts control and locals back to the checkpoint, or to the beginning.
  func rewind(_ identity: Int) {
    guard let run = plan.run(of: identity), let control = plan.controlSlot(identity) else {
      return
    }
    emit(.store(control, plan.savedControlSlot(identity).map { .slot($0) } ?? .no))
    for local in run.slotted {
      guard let slot = plan.slot(identity, local: local) else { continue }
      let count = types.cellCount(spec.locals[local.index].type)
      copy(plan.slot(identity, saved: local), to: slot, count)
    }
    for loop in run.loops {
      guard let slot = plan.slot(identity, remainingOf: loop.path) else { continue }
      copy(
        plan.slot(identity, savedRemainingOf: loop.path), to: slot,
        types.cellCount(loop.remaining))
    }
  }
}

import Diagnostics
import Semantics
import TransitionSystem

extension CodeLowering {
  /// Sets the slot of the claim that the values of the parts make.
  func commit(_ commitment: CommitmentID, _ parts: [TypedExpression]) {
    var number = ProgramExpression.no
    var possible = [0]
    for (part, description) in zip(parts, spec.commitments[commitment.index].parts) {
      let count = types.cardinality(description.type) ?? 1
      let rank = rank(bind(lower(part)), as: description.type)
      number = .sum(.product(number, .constant(Int64(count))), rank)
      let ranks = rank.constantValue.map { [Int($0)] } ?? Array(0..<count)
      possible = possible.flatMap { before in ranks.map { before * count + $0 } }
    }
    if case .discovery(let discovery) = variant {
      discovery.addClaims(possible, of: commitment)
      return
    }
    let slots = plan.claims.slots(of: commitment)
    if possible.count == 1, let slot = slots.first(where: { $0.number == possible[0] })?.slot {
      return emit(.store(slot, .yes))
    }
    if slots.count > 1, slots[slots.count - 1].number == slots.count - 1 {
      return emit(
        .storeAt(first: slots[0].slot, stride: 1, count: slots.count, index: number, .yes))
    }
    let wanted = Set(possible)
    emit(
      .switch(
        number,
        slots.filter { wanted.contains($0.number) }.map { number, slot in
          (values: [Int64(number)], body: [.store(slot, .yes)])
        }, default: []))
  }

  /// What the oracle says of the claims in the state.
  func ask(_ kind: Question.Kind, _ span: Span) -> ProgramExpression {
    .ask(
      tables.question(kind, span), first: SlotID(plan.claims.first),
      count: plan.claims.claims.count)
  }
}

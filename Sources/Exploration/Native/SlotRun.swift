import TransitionSystem

/// The slots of an indexed access, and how its C finds one of them.
struct SlotRun: Hashable {
  let first: Int
  let stride: Int
  let count: Int

  init(first: SlotID, stride: Int, count: Int) {
    self.first = first.index
    self.stride = stride
    self.count = count
  }

  func slot(_ index: Int) -> SlotID { SlotID(first + stride * index) }
  var slots: [SlotID] { (0..<count).map(slot) }

  /// Whether every slot exists; a run that breaks the contract is left to the machine.
  func isSound(_ layout: StateLayout) -> Bool {
    count > 0 && [slot(0), slot(count - 1)].allSatisfy { layout.slots.indices.contains($0.index) }
  }

  /// The place of the slots where they are alike, in one word and at equal distances: then an
  /// access is one shift by a computed amount, and the word stays in a register.
  struct Uniform {
    let word: Int32
    let shift: Int
    let distance: Int
    let slot: Slot
  }

  func uniform(_ layout: StateLayout) -> Uniform? {
    let (head, place) = (layout.slots[first], layout.positions[first])
    guard head.width > 0 else { return nil }
    let distance = count > 1 ? Int(layout.positions[slot(1).index].shift) - Int(place.shift) : 0
    for index in 0..<count {
      let (slot, position) = (layout.slots[slot(index).index], layout.positions[slot(index).index])
      guard slot.width == head.width, slot.minimum == head.minimum, position.word == place.word,
        Int(position.shift) == Int(place.shift) + distance * index
      else { return nil }
    }
    return Uniform(
      word: place.word, shift: Int(place.shift), distance: distance, slot: head)
  }

  /// The words that the slots lie in.
  func words(_ layout: StateLayout) -> Set<Int32> {
    Set(slots.filter { layout.slots[$0.index].width > 0 }.map { layout.positions[$0.index].word })
  }
}

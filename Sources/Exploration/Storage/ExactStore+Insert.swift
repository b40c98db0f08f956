/// How an insertion ended.
enum InsertionOutcome: Equatable {
  case done
  /// The table must grow before the rest can be inserted.
  case tableFull
  /// The arena got no memory.
  case memoryRefused
}

extension ExactStore {
  func insert(
    _ states: UnsafePointer<UInt64>, hashes: UnsafePointer<UInt64>, count: Int,
    writer: inout Writer, batch: inout InsertionBatch
  ) -> (consumed: Int, outcome: InsertionOutcome) {
    precondition(count <= InsertionBatch.capacity)
    batch.freshCount = 0
    loadHomes(hashes, count, batch)
    keepAlive(walk(hashes, count, &writer, batch))
    let ids = batch.ids
    for index in 0..<count {
      let state = states + index &* wordCount
      let key = SlotTable.key(hashes[index])
      let value = batch.values[index]
      if value != 0 && SlotTable.matches(value, key: key) && equal(SlotTable.id(value), state) {
        ids[index] = SlotTable.id(value).raw
        continue
      }
      switch settle(state, key: key, from: batch.steps[index], writer: &writer) {
      case .known(let id): ids[index] = id.raw
      case .fresh(let id):
        ids[index] = id.raw
        batch.fresh[batch.freshCount] = Int32(truncatingIfNeeded: index)
        batch.freshCount &+= 1
      case .refused(let outcome):
        countInserted(batch.freshCount)
        return (index, outcome)
      }
    }
    if batch.freshCount > 0 { countInserted(batch.freshCount) }
    return (count, .done)
  }

  /// First pass: the slots at home. These loads miss the cache, side by side.
  @inline(__always)
  private func loadHomes(
    _ hashes: UnsafePointer<UInt64>, _ count: Int, _ batch: borrowing InsertionBatch
  ) {
    for index in 0..<count {
      batch.values[index] = table.load(table.home(SlotTable.key(hashes[index])))
    }
  }

  /// Second pass: on to the first empty slot or equal tag, mostly in the same cache line, and a
  /// touch of the candidate's state; these loads miss side by side too.
  @inline(__always)
  private func walk(
    _ hashes: UnsafePointer<UInt64>, _ count: Int, _ writer: inout Writer,
    _ batch: borrowing InsertionBatch
  ) -> UInt64 {
    var touched: UInt64 = 0
    let stepLast = table.stepsMax &- 1
    for index in 0..<count {
      let key = SlotTable.key(hashes[index])
      let home = table.home(key)
      var value = batch.values[index]
      var step = 0
      while value != 0 && !SlotTable.matches(value, key: key) && step < stepLast {
        step &+= 1
        value = table.load(SlotTable.position(home: home, step: step))
      }
      writer.probes &+= step
      batch.steps[index] = step
      batch.values[index] = value
      if value != 0 && wordCount > 0 { touched &+= arena.words(of: SlotTable.id(value)).pointee }
    }
    return touched
  }

  private enum Settlement {
    case known(StateID)
    case fresh(StateID)
    case refused(InsertionOutcome)
  }

  /// Finds or stores one state; every slot from its home to before `start` is taken by others.
  @inline(__always)
  private func settle(
    _ state: UnsafePointer<UInt64>, key: UInt64, from start: Int, writer: inout Writer
  ) -> Settlement {
    let home = table.home(key)
    var step = start
    while step < table.stepsMax {
      let position = SlotTable.position(home: home, step: step)
      var value = table.load(position)
      if value == 0 {
        guard let id = write(state, &writer) else { return .refused(.memoryRefused) }
        let entry = SlotTable.value(key: key, id: id)
        if workers == 1 { table.put(position, entry) } else { value = table.claim(position, entry) }
        if value == 0 {
          writer.arena.count &+= 1
          return .fresh(id)
        }
      }
      if SlotTable.matches(value, key: key) {
        if equal(SlotTable.id(value), state) { return .known(SlotTable.id(value)) }
        writer.tagCollisions += 1
      }
      step &+= 1
      writer.probes &+= 1
    }
    return .refused(.tableFull)
  }

  /// Writes a state into the worker's next place, without taking it; nil where memory is refused.
  @inline(__always)
  private func write(_ state: UnsafePointer<UInt64>, _ writer: inout Writer) -> StateID? {
    guard arena.makeRoom(&writer.arena) else { return nil }
    let place = writer.arena.count
    // Safety: `makeRoom` provided the place, and only this worker writes it.
    let words = arena.words(worker: writer.arena.worker, place: place)
    for word in 0..<wordCount { words[word] = state[word] }
    return StateID(worker: writer.arena.worker, place: place)
  }

  @inline(__always)
  private func equal(_ id: StateID, _ state: UnsafePointer<UInt64>) -> Bool {
    let stored = arena.words(of: id)
    var difference: UInt64 = 0
    for word in 0..<wordCount { difference |= stored[word] ^ state[word] }
    return difference == 0
  }

  /// Whether a state is stored; for tests and replays.
  func find(_ state: UnsafePointer<UInt64>, hash: UInt64) -> StateID? {
    let key = SlotTable.key(hash)
    let home = table.home(key)
    for step in 0..<table.stepsMax {
      let value = table.load(SlotTable.position(home: home, step: step))
      if value == 0 { return nil }
      if SlotTable.matches(value, key: key), equal(SlotTable.id(value), state) {
        return SlotTable.id(value)
      }
    }
    return nil
  }
}

/// Keeps the loads that made `value` from being optimised away.
@inline(never)
@_optimize(none)
private func keepAlive(_ value: UInt64) {}

/// How an insertion ended.
enum InsertionOutcome: Equatable {
  case done
  /// The table must grow before the rest can be inserted.
  case tableFull
  /// The arena got no memory.
  case memoryRefused
}

extension ExactStore {
  @inline(__always)
  func prefetch(_ hashes: UnsafePointer<UInt64>, count: Int) {
    for index in 0..<count { table.prefetch(SlotTable.key(hashes[index])) }
  }

  func insert(
    _ states: UnsafePointer<UInt64>, hashes: UnsafePointer<UInt64>, count: Int,
    writer: inout Writer, batch: inout InsertionBatch
  ) -> (consumed: Int, outcome: InsertionOutcome) {
    precondition(count <= InsertionBatch.capacity)
    batch.freshCount = 0
    let pendingCount = lookUpRecent(states, hashes, count, writer, batch)
    walk(hashes, pendingCount, &writer, batch)
    let (recent, firstWords) = (writer.recent.entries, writer.recent.firstWords)
    for number in 0..<pendingCount {
      let index = batch.pending[number]
      let state = states + index &* wordCount
      let key = SlotTable.key(hashes[index])
      let value = batch.values[index]
      if value != 0 && SlotTable.matches(value, key: key) && equal(SlotTable.id(value), state) {
        batch.ids[index] = SlotTable.id(value).raw
      } else {
        switch settle(state, key: key, from: batch.steps[index], writer: &writer) {
        case .known(let id): batch.ids[index] = id.raw
        case .fresh(let id):
          batch.ids[index] = id.raw
          batch.fresh[batch.freshCount] = Int32(truncatingIfNeeded: index)
          batch.freshCount &+= 1
        case .refused(let outcome):
          counts.add(batch.freshCount, worker: writer.arena.worker)
          return (index, outcome)
        }
      }
      recent.renew(hashes[index], batch.ids[index])
      if wordCount > 0 {
        firstWords[Int(truncatingIfNeeded: hashes[index]) & (RecentKeys.count &- 1)] = state[0]
      }
    }
    counts.add(batch.freshCount, worker: writer.arena.worker)
    return (count, .done)
  }

  /// First pass: the states among the recent ones. The others are pending.
  @inline(__always)
  private func lookUpRecent(
    _ states: UnsafePointer<UInt64>, _ hashes: UnsafePointer<UInt64>, _ count: Int,
    _ writer: borrowing Writer, _ batch: borrowing InsertionBatch
  ) -> Int {
    let (recent, pending) = (writer.recent.entries, batch.pending)
    var pendingCount = 0
    if wordCount == 1 || wordCount == 2 {
      return writer.recent.lookUpShort(
        states, wordCount: wordCount, hashes: hashes, count: count, batch)
    }
    for index in 0..<count {
      let entry = recent.entry(hashes[index])
      if entry.first == hashes[index],
        equal(StateID(raw: entry.second), states + index &* wordCount)
      {
        batch.ids[index] = entry.second
        continue
      }
      pending[pendingCount] = index
      pendingCount &+= 1
    }
    return pendingCount
  }

  /// Second pass: on to the first empty slot or equal tag, mostly in the same cache line; asks for
  /// the candidate's state.
  @inline(__always)
  private func walk(
    _ hashes: UnsafePointer<UInt64>, _ pendingCount: Int, _ writer: inout Writer,
    _ batch: borrowing InsertionBatch
  ) {
    let stepLast = table.stepsMax &- 1
    for number in 0..<pendingCount {
      let index = batch.pending[number]
      let key = SlotTable.key(hashes[index])
      let home = table.home(key)
      var value = table.load(home)
      var step = 0
      while value != 0 && !SlotTable.matches(value, key: key) && step < stepLast {
        step &+= 1
        value = table.load(SlotTable.position(home: home, step: step))
      }
      writer.probes &+= step
      batch.steps[index] = step
      batch.values[index] = value
      if value != 0 { arena.prefetch(SlotTable.id(value)) }
    }
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

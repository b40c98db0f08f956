#if DEBUG
  extension ExactStore {
    /// Checks the whole store; nil, or what is wrong. `counts`: the states of each worker.
    ///
    /// Requires: no insertion is under way.
    func checkInvariants(counts: [Int]) -> String? {
      var entries = 0
      var seen = Set<UInt64>()
      for position in 0..<table.positionCount {
        let value = table.load(position)
        if value == 0 { continue }
        entries += 1
        let id = SlotTable.id(value)
        guard id.worker < workers, id.place < counts[id.worker] else { return "stray \(id)" }
        guard seen.insert(id.raw).inserted else { return "two slots name \(id)" }
        let key = SlotTable.key(StateHash.hash(words(of: id), wordCount))
        guard SlotTable.matches(value, key: key) else { return "wrong tag of \(id)" }
        let displacement = position / 8 - table.home(key) / 8
        guard displacement >= 0, displacement < table.linesMax else {
          return "\(id) is displaced by \(displacement) lines"
        }
      }
      let stored = counts.reduce(0, +)
      guard entries == stored, count == stored else {
        return "\(entries) slots in use, \(count) counted, \(stored) states"
      }
      for worker in 0..<workers {
        for place in 0..<counts[worker] {
          let id = StateID(worker: worker, place: place)
          let state = words(of: id)
          guard find(state, hash: StateHash.hash(state, wordCount)) == id else {
            return "\(id) is not found, or twice"
          }
        }
      }
      return nil
    }
  }
#endif

import TransitionSystem

// The interpreter: all successors of a state in one run through one stretch of code.
//
// Idea. A register machine with fixed-width instructions in a `switch` over a dense opcode
// (Ierusalimschy, de Figueiredo, Celes, "The implementation of Lua 5.0", 2005), specialised to what
// a model checker does all day: compare a bit field with a constant and mostly find the action
// disabled. So the actions are not called one by one; they lie behind each other, guard, body,
// `finish`, and a guard that is false branches to the next action, or, behind a decision table, to
// the next one that the control point admits (`ProgramCompiler+Decision`).
//
// `words` is the source itself until `copyState` copies it to the place behind the last successor.
// Guards and the tests at the head of a body thus cost no copy, and a finished body is in its final
// place. The end of an instance is the code behind the `switch`: cases that end one fall out of it,
// all others `continue`. A way through choices is found by running the body again from `enter` with
// the values chosen so far: cheaper than snapshots of registers and words, as bodies are short.
//
// The hash of a successor is the source's, with the mixes of changed words exchanged: few words
// change. Which words an instance may write is known statically, but comparing them all is as fast
// up to eight words.
//
// Price: 24 bytes an instruction. Everything hot is a local; what is rare is in functions that are
// never inlined, or the loop would spill more of its locals.
//
// Safety: `Validator` has checked every register, slot, word, channel, failure and target in the
// code. Computed indices are compared here. `source` has `wordCount` words; the buffer has room for
// one more successor whenever an instance starts.

extension Machine {
  mutating func run(
    from entry: Int, source: UnsafePointer<UInt64>, hash: UInt64, quiescent: Int64,
    buffer: UnsafeMutablePointer<SuccessorBuffer>
  ) -> RunEnd {
    let (code, slots, tables) = (program.code, program.slots, program.tables)
    let channels = program.channels
    let wordCount = program.wordCount
    let r = registers
    let source = UnsafeMutablePointer(mutating: source)
    var words = source
    var ip = code + entry
    // Where the next way through the instance begins; where the next instance does (`code`: none,
    // this is a predicate).
    var again = code
    var next = code
    var action: Int32 = -1
    var candidate = -1
    var choiceCount = 0
    var choiceDepth = 0
    var iterations = 0
    var enabled: Int32 = 0
    var count = buffer.pointee.count
    var limit = min(buffer.pointee.capacity, recording.stopCount)
    var isLogging = recording.isOn

    while true {
      let at = ip
      ip += 1
      switch at.pointee.opcode {
      case .enter:
        action = at.pointee.a
        next = code + Int(at.pointee.c)
        again = ip
        iterations = 0
        continue
      case .enterPartial:
        action = at.pointee.a
        next = code + Int(at.pointee.c)
        again = ip
        iterations = 0
        partial.removeAll()
        isLogging = true
        continue
      case .firstCandidate:
        candidate = -1
        continue
      case .headCandidate:
        candidate = 0
        r[Int(at.pointee.a)] = 0
        continue
      case .nextCandidate:
        candidate = Self.nextCandidate(
          channels + Int(at.pointee.b), slots, words, after: candidate)
        if candidate < 0 {
          ip = code + Int(at.pointee.c)
        } else {
          r[Int(at.pointee.a)] = Int64(candidate)
        }
        continue
      case .copyState:
        words = buffer.pointee.words + count &* wordCount
        for word in 0..<wordCount { words[word] = source[word] }
        if isLogging { isLogging = beginLog() }
        continue
      case .enterAndCopy:
        action = at.pointee.a
        next = code + Int(at.pointee.c)
        again = ip
        iterations = 0
        words = buffer.pointee.words + count &* wordCount
        for word in 0..<wordCount { words[word] = source[word] }
        if isLogging { isLogging = beginLog() }
        continue

      case .admitPartial:
        if !admitsPartial(choiceCount) { break }
        continue
      case .finish:
        var changed = hash
        for word in 0..<wordCount {
          let (old, new) = (source[word], words[word])
          if old != new { changed ^= StateHash.mix(word, old) ^ StateHash.mix(word, new) }
        }
        buffer.pointee.hashes[count] = changed
        buffer.pointee.actions[count] = action
        fired[Int(action) &+ 1] = 1
        enabled |= at.pointee.b
        if choiceCount > 0 { markChoices(choiceCount) }
        count &+= 1
        if count >= limit {
          buffer.pointee.count = count
          if count == recording.stopCount {
            stop(action, candidate, choiceCount, isCopied: true)
            return RunEnd(outcome: .completed, enabled: enabled != 0)
          }
          if !grow(&buffer.pointee) { return Self.stopped }
          limit = min(buffer.pointee.capacity, recording.stopCount)
        }
      case .incomplete: break
      case .fail:
        if next == code { return Self.failed(Int64(at.pointee.a)) }
        enabled |= fail(action, Int64(at.pointee.a), choiceCount)
        if failures.count == recording.stopFailures {
          stop(action, candidate, choiceCount, isCopied: words != source)
          return RunEnd(outcome: .completed, enabled: true)
        }
      case .halt:
        buffer.pointee.count = count
        return RunEnd(outcome: .completed, enabled: enabled != 0)
      case .yieldTrue: return RunEnd(outcome: .value(true), enabled: false)
      case .yieldFalse: return RunEnd(outcome: .value(false), enabled: false)
      case .malformed:
        return RunEnd(outcome: .interrupted(.malformed), enabled: false)

      case .constant:
        r[Int(at.pointee.a)] = at.pointee.immediate
        continue
      case .move:
        r[Int(at.pointee.a)] = r[Int(at.pointee.b)]
        continue
      case .clearRegisters:
        (r + Int(at.pointee.a)).update(repeating: 0, count: Int(at.pointee.b))
        continue
      case .load:
        r[Int(at.pointee.a)] =
          Int64(bitPattern: Self.bits(at, words[Int(at.pointee.b)])) &+ at.pointee.immediate
        continue
      case .loadAt:
        let index = r[Int(at.pointee.b)]
        if UInt64(bitPattern: index) >= UInt64(bitPattern: Int64(at.pointee.count)) {
          return outOfRange(action, candidate, choiceCount)
        }
        let slot = slots + (Int(at.pointee.c) &+ at.pointee.stride &* Int(index))
        r[Int(at.pointee.a)] = slot.pointee.value(words)
        continue
      case .registerAt:
        let index = r[Int(at.pointee.b)]
        if UInt64(bitPattern: index) >= UInt64(bitPattern: at.pointee.immediate) {
          return outOfRange(action, candidate, choiceCount)
        }
        r[Int(at.pointee.a)] = r[Int(at.pointee.c) &+ Int(index)]
        continue
      case .setAt:
        let index = r[Int(at.pointee.b)]
        if UInt64(bitPattern: index) >= UInt64(bitPattern: at.pointee.immediate) {
          return outOfRange(action, candidate, choiceCount)
        }
        r[Int(at.pointee.c) &+ Int(index)] = r[Int(at.pointee.a)]
        continue
      case .store:
        let bits = UInt64(bitPattern: r[Int(at.pointee.a)] &- at.pointee.immediate)
        let mask = UInt64.max &>> UInt64(at.pointee.right)
        let shift = UInt64(at.pointee.right &- at.pointee.left)
        assert(bits & ~mask == 0, "the value does not fit its slot")
        let word = words + Int(at.pointee.b)
        word.pointee = word.pointee & ~(mask &<< shift) | (bits & mask) &<< shift
        continue
      case .storeAt:
        let index = r[Int(at.pointee.b)]
        if UInt64(bitPattern: index) >= UInt64(bitPattern: Int64(at.pointee.count)) {
          return outOfRange(action, candidate, choiceCount)
        }
        let slot = slots + (Int(at.pointee.c) &+ at.pointee.stride &* Int(index))
        slot.pointee.setBits(
          UInt64(bitPattern: r[Int(at.pointee.a)] &- slot.pointee.bias), words)
        continue
      case .storeMasked:
        let word = words + Int(at.pointee.a)
        word.pointee =
          word.pointee & ~at.pointee.mask | UInt64(bitPattern: at.pointee.immediate)
        continue
      case .restoreMasked:
        let word = words + Int(at.pointee.a)
        let mask = at.pointee.mask
        word.pointee = word.pointee & ~mask | source[Int(at.pointee.a)] & mask
        endPartialStep(choiceCount)
        continue
      case .quiescent:
        r[Int(at.pointee.a)] = quiescent
        continue
      case .ask:
        let answer = ask(Int(at.pointee.b), words)
        if answer == .unknown { return Self.failed(at.pointee.immediate) }
        r[Int(at.pointee.a)] = answer == .yes ? 1 : 0
        continue

      case .add:
        r[Int(at.pointee.a)] = r[Int(at.pointee.b)] &+ r[Int(at.pointee.c)]
        continue
      case .subtract:
        r[Int(at.pointee.a)] = r[Int(at.pointee.b)] &- r[Int(at.pointee.c)]
        continue
      case .multiply:
        r[Int(at.pointee.a)] = r[Int(at.pointee.b)] &* r[Int(at.pointee.c)]
        continue
      case .divide:
        r[Int(at.pointee.a)] = Arithmetic.quotient(r[Int(at.pointee.b)], r[Int(at.pointee.c)])
        continue
      case .remainder:
        r[Int(at.pointee.a)] = Arithmetic.remainder(r[Int(at.pointee.b)], r[Int(at.pointee.c)])
        continue
      case .bitAnd:
        r[Int(at.pointee.a)] = r[Int(at.pointee.b)] & r[Int(at.pointee.c)]
        continue
      case .bitOr:
        r[Int(at.pointee.a)] = r[Int(at.pointee.b)] | r[Int(at.pointee.c)]
        continue
      case .bitXor:
        r[Int(at.pointee.a)] = r[Int(at.pointee.b)] ^ r[Int(at.pointee.c)]
        continue
      case .bitAndNot:
        r[Int(at.pointee.a)] = r[Int(at.pointee.b)] & ~r[Int(at.pointee.c)]
        continue
      case .shiftLeft:
        r[Int(at.pointee.a)] = r[Int(at.pointee.b)] &<< r[Int(at.pointee.c)]
        continue
      case .shiftRight:
        r[Int(at.pointee.a)] = Arithmetic.shiftedRight(
          r[Int(at.pointee.b)], r[Int(at.pointee.c)])
        continue
      case .equal:
        r[Int(at.pointee.a)] = r[Int(at.pointee.b)] == r[Int(at.pointee.c)] ? 1 : 0
        continue
      case .notEqual:
        r[Int(at.pointee.a)] = r[Int(at.pointee.b)] != r[Int(at.pointee.c)] ? 1 : 0
        continue
      case .less:
        r[Int(at.pointee.a)] = r[Int(at.pointee.b)] < r[Int(at.pointee.c)] ? 1 : 0
        continue
      case .lessEqual:
        r[Int(at.pointee.a)] = r[Int(at.pointee.b)] <= r[Int(at.pointee.c)] ? 1 : 0
        continue
      case .addImmediate:
        r[Int(at.pointee.a)] = r[Int(at.pointee.b)] &+ at.pointee.immediate
        continue
      case .subtractFrom:
        r[Int(at.pointee.a)] = at.pointee.immediate &- r[Int(at.pointee.b)]
        continue
      case .multiplyImmediate:
        r[Int(at.pointee.a)] = r[Int(at.pointee.b)] &* at.pointee.immediate
        continue
      case .bitAndImmediate:
        r[Int(at.pointee.a)] = r[Int(at.pointee.b)] & at.pointee.immediate
        continue
      case .bitOrImmediate:
        r[Int(at.pointee.a)] = r[Int(at.pointee.b)] | at.pointee.immediate
        continue
      case .bitXorImmediate:
        r[Int(at.pointee.a)] = r[Int(at.pointee.b)] ^ at.pointee.immediate
        continue
      case .shiftLeftImmediate:
        r[Int(at.pointee.a)] = r[Int(at.pointee.b)] &<< at.pointee.immediate
        continue
      case .shiftRightImmediate:
        r[Int(at.pointee.a)] = Arithmetic.shiftedRight(
          r[Int(at.pointee.b)], at.pointee.immediate)
        continue
      case .equalImmediate:
        r[Int(at.pointee.a)] = r[Int(at.pointee.b)] == at.pointee.immediate ? 1 : 0
        continue
      case .notEqualImmediate:
        r[Int(at.pointee.a)] = r[Int(at.pointee.b)] != at.pointee.immediate ? 1 : 0
        continue
      case .lessImmediate:
        r[Int(at.pointee.a)] = r[Int(at.pointee.b)] < at.pointee.immediate ? 1 : 0
        continue
      case .atLeastImmediate:
        r[Int(at.pointee.a)] = r[Int(at.pointee.b)] >= at.pointee.immediate ? 1 : 0
        continue
      case .not:
        r[Int(at.pointee.a)] = r[Int(at.pointee.b)] == 0 ? 1 : 0
        continue
      case .bitNot:
        r[Int(at.pointee.a)] = ~r[Int(at.pointee.b)]
        continue
      case .populationCount:
        r[Int(at.pointee.a)] = Int64(r[Int(at.pointee.b)].nonzeroBitCount)
        continue
      case .trailingZeros:
        r[Int(at.pointee.a)] = Int64(r[Int(at.pointee.b)].trailingZeroBitCount)
        continue

      case .addChecked, .subtractChecked, .multiplyChecked, .divideChecked, .remainderChecked,
        .negateChecked:
        let (value, overflow) = Self.checked(at, r[Int(at.pointee.b)], r[Int(at.pointee.c)])
        if !overflow {
          r[Int(at.pointee.a)] = value
          continue
        }
        if next == code { return Self.failed(at.pointee.immediate) }
        enabled |= fail(action, at.pointee.immediate, choiceCount)
        if failures.count == recording.stopFailures {
          stop(action, candidate, choiceCount, isCopied: words != source)
          return RunEnd(outcome: .completed, enabled: true)
        }

      case .jump:
        ip = code + Int(at.pointee.c)
        continue
      case .branchIf:
        if r[Int(at.pointee.a)] != 0 { ip = code + Int(at.pointee.c) }
        continue
      case .branchUnless:
        if r[Int(at.pointee.a)] == 0 { ip = code + Int(at.pointee.c) }
        continue
      case .branchEqual:
        if r[Int(at.pointee.a)] == r[Int(at.pointee.b)] { ip = code + Int(at.pointee.c) }
        continue
      case .branchNotEqual:
        if r[Int(at.pointee.a)] != r[Int(at.pointee.b)] { ip = code + Int(at.pointee.c) }
        continue
      case .branchLess:
        if r[Int(at.pointee.a)] < r[Int(at.pointee.b)] { ip = code + Int(at.pointee.c) }
        continue
      case .branchLessEqual:
        if r[Int(at.pointee.a)] <= r[Int(at.pointee.b)] { ip = code + Int(at.pointee.c) }
        continue
      case .branchEqualImmediate:
        if r[Int(at.pointee.a)] == at.pointee.immediate { ip = code + Int(at.pointee.c) }
        continue
      case .branchNotEqualImmediate:
        if r[Int(at.pointee.a)] != at.pointee.immediate { ip = code + Int(at.pointee.c) }
        continue
      case .branchLessImmediate:
        if r[Int(at.pointee.a)] < at.pointee.immediate { ip = code + Int(at.pointee.c) }
        continue
      case .branchAtLeastImmediate:
        if r[Int(at.pointee.a)] >= at.pointee.immediate { ip = code + Int(at.pointee.c) }
        continue
      case .branchFieldEqual:
        if Self.bits(at, words[Int(at.pointee.a)]) == UInt64(bitPattern: at.pointee.immediate) {
          ip = code + Int(at.pointee.c)
        }
        continue
      case .branchFieldNotEqual:
        if Self.bits(at, words[Int(at.pointee.a)]) != UInt64(bitPattern: at.pointee.immediate) {
          ip = code + Int(at.pointee.c)
        }
        continue
      case .branchFieldLess:
        if Self.bits(at, words[Int(at.pointee.a)]) < UInt64(bitPattern: at.pointee.immediate) {
          ip = code + Int(at.pointee.c)
        }
        continue
      case .branchFieldAtLeast:
        if Self.bits(at, words[Int(at.pointee.a)]) >= UInt64(bitPattern: at.pointee.immediate) {
          ip = code + Int(at.pointee.c)
        }
        continue
      case .dispatchField:
        let value = Int(truncatingIfNeeded: Self.bits(at, words[Int(at.pointee.a)]))
        ip = code + Int(tables[Int(at.pointee.b) &+ value])
        continue
      case .dispatch:
        let table = tables + Int(at.pointee.b)
        let index = UInt64(bitPattern: r[Int(at.pointee.a)] &- at.pointee.immediate)
        let isInside = index < UInt64(UInt32(bitPattern: table.pointee))
        ip = code + Int(isInside ? table[Int(index) &+ 1] : at.pointee.c)
        continue

      case .countIteration:
        iterations &+= 1
        if iterations <= Self.iterationsMax { continue }
        if next == code { return Self.failed(Int64(at.pointee.a)) }
        enabled |= fail(action, Int64(at.pointee.a), choiceCount)
        if failures.count == recording.stopFailures {
          stop(action, candidate, choiceCount, isCopied: words != source)
          return RunEnd(outcome: .completed, enabled: true)
        }
      case .loopNext:
        let value = r[Int(at.pointee.a)]
        if value < r[Int(at.pointee.b)] {
          r[Int(at.pointee.a)] = value &+ 1
          ip = code + Int(at.pointee.c)
        }
        continue
      case .bitsNext:
        let mask = r[Int(at.pointee.b)]
        if mask == 0 {
          ip = code + Int(at.pointee.c)
        } else {
          r[Int(at.pointee.a)] = Int64(mask.trailingZeroBitCount)
          r[Int(at.pointee.b)] = mask & (mask &- 1)
        }
        continue

      case .chooseRange:
        if choiceDepth == choiceCount {
          let (lower, upper) = (r[Int(at.pointee.b)], r[Int(at.pointee.c)])
          if lower > upper { break }
          open(
            ChoicePoint(value: lower, rest: upper, base: 0, choice: Int32(at.pointee.immediate)),
            at: choiceCount)
          choiceCount &+= 1
        }
        r[Int(at.pointee.a)] = choices[choiceDepth].value
        choiceDepth &+= 1
        continue
      case .chooseBits:
        if choiceDepth == choiceCount {
          let mask = r[Int(at.pointee.b)]
          if mask == 0 { break }
          open(ChoicePoint(mask: mask, base: at.pointee.immediate, at.pointee.c), at: choiceCount)
          choiceCount &+= 1
        }
        r[Int(at.pointee.a)] = choices[choiceDepth].value
        choiceDepth &+= 1
        continue

      case .send:
        let channel = channels + Int(at.pointee.b)
        if !Self.insert(channel, slots, words, r + Int(at.pointee.a)) {
          return overflow(at.pointee.b, action, candidate, choiceCount)
        }
        if isLogging { logSend(at.pointee.b, r + Int(at.pointee.a)) }
        continue
      case .sendOrDrop:
        if choiceDepth == choiceCount {
          open(
            ChoicePoint(value: 0, rest: 1, base: 0, choice: ChoicePoint.isDrop), at: choiceCount)
          choiceCount &+= 1
        }
        choiceDepth &+= 1
        if choices[choiceDepth &- 1].value != 0 { continue }
        let channel = channels + Int(at.pointee.b)
        if !Self.insert(channel, slots, words, r + Int(at.pointee.a)) {
          return overflow(at.pointee.b, action, candidate, choiceCount)
        }
        isLogging = true
        keep(at.pointee.b, r + Int(at.pointee.a))
        continue
      case .removeEntry:
        let channel = channels + Int(at.pointee.b)
        if !Self.remove(channel, slots, words, r[Int(at.pointee.a)]) {
          return outOfRange(action, candidate, choiceCount)
        }
        continue
      case .copyEntry:
        switch Self.duplicate(channels + Int(at.pointee.b), slots, words, r[Int(at.pointee.a)]) {
        case .done: continue
        case .full: return overflow(at.pointee.b, action, candidate, choiceCount)
        case .noEntry: return outOfRange(action, candidate, choiceCount)
        }
      }

      // The end of a way through an instance: another one, or the next instance.
      words = source
      if choiceCount != 0 {
        choiceCount = advance(choiceCount)
        if choiceCount < 0 { return Self.stopped }
        choiceDepth = 0
        iterations = 0
        if choiceCount != 0 {
          ip = again
          continue
        }
      }
      ip = next
    }
  }
}

import TransitionSystem

// Ways through a step. Choices at the top of a body become loops, one inside the other, with copies
// of the locals for each value: what stands before a choice is computed once. The others (inside
// branches and loops, or where messages can be dropped) use the machine's odometer: the body runs
// again for each way, with the values chosen so far. Both give the first value first, earlier
// choices slower.

extension CProgram {
  /// Open choices of an odometer; more are left to the machine.
  private static let waysMax = 64

  /// A choice whose values the odometer goes through.
  mutating func chooseWay(_ register: Register, _ domain: ChoiceDomain, _ choice: ChoiceID) {
    guard case .labels(let incomplete, _) = ends else { return text.line("return MACHINE;") }
    text.open("if (depth == count)")
    switch domain {
    case .range(let lower, let upper):
      text.line("i64 lower = \(expression(lower));")
      text.line("i64 upper = \(expression(upper));")
      text.line("if (lower > upper)")
      goto(incomplete)
      text.line("if (UNLIKELY(count == \(Self.waysMax))) return MACHINE;")
      text.line("ways[count++] = (Way){lower, upper, 0, \(choice.index)};")
    case .bits(let mask, let base):
      let base = CLiteral.signed(base)
      text.line("u64 mask = (u64)\(expression(mask));")
      text.line("if (mask == 0)")
      goto(incomplete)
      text.line("if (UNLIKELY(count == \(Self.waysMax))) return MACHINE;")
      text.line(
        "ways[count++] = (Way){__builtin_ctzl(mask) + \(base), (i64)(mask & (mask - 1)), "
          + "\(base), \(~choice.index)};")
    }
    text.close()
    text.line("\(self.register(register)) = ways[depth++].value;")
  }

  /// Opens a message's way out; what follows up to the end of the block is its sending.
  mutating func openDrop() {
    text.open("if (depth == count)")
    text.line("if (UNLIKELY(count == \(Self.waysMax))) return MACHINE;")
    text.line("ways[count++] = (Way){0, 1, 0, 0x7fffffff};")
    text.close()
    text.open("if (ways[depth++].value == 0)")
  }

  mutating func openOdometer() {
    text.line("Way ways[\(Self.waysMax)];")
    text.line("int count = 0, depth UNUSED;")
    text.open("for (;;)")
    text.line("depth = 0;")
  }

  mutating func closeOdometer() {
    countWay()
    text.line("while (count > 0 && !advance(ways + count - 1)) count--;")
    text.line("if (count == 0) break;")
    text.close()
  }

  /// A state with very many ways is left to the machine (`ExpansionWatch`).
  private mutating func countWay() {
    text.line("if (UNLIKELY(--o->ways_left < 0)) return MACHINE;")
  }

  /// A choice as a loop around all that follows it.
  mutating func writeLoop(
    _ register: Register, _ domain: ChoiceDomain, _ choice: ChoiceID,
    then rest: ArraySlice<ProgramStatement>, action: Action
  ) {
    let (value, limit) = (newName("c"), newName("e"))
    text.open("")
    switch domain {
    case .range(let lower, let upper):
      text.line("i64 \(value) = \(expression(lower));")
      text.line("const i64 \(limit) = \(expression(upper));")
      text.open("if (\(value) <= \(limit)) for (;; \(value)++)")
    case .bits(let mask, let base):
      text.line("u64 \(limit) = (u64)\(expression(mask));")
      text.open("while (\(limit))")
      text.line("const i64 \(value) = __builtin_ctzl(\(limit)) + \(CLiteral.signed(base));")
      text.line("\(limit) &= \(limit) - 1;")
    }
    countWay()
    let outer = (suffix: suffix, ends: ends, place: place)
    suffix = "_\(nameCount)"
    copyLocals(from: outer.suffix)
    text.line("\(self.register(register)) = \(value);")
    openChoices.append((choice, value))
    writeWays(rest, action)
    openChoices.removeLast()
    (suffix, ends, place) = outer
    if case .range = domain { text.line("if (\(value) == \(limit)) break;") }
    text.close()
    text.close()
  }
}

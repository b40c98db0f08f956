import TransitionSystem

/// One way through one program.
struct ReferenceFrame {
  let system: TransitionSystem
  let before: [Int64]
  var values: [Int64]
  var registers: [Int64]
  var quiescent = false
  /// Which option to take at each choice; the first where it ends.
  var script: [Int] = []
  var options: [(at: Int, count: Int)] = []
  var choices: [(choice: ChoiceID, value: Int64)] = []
  var sent: [SentMessage] = []
  var kept: [[Int64]] = []
  var isPartial = false
  var hasDropped = false
  /// The choices of a step that is over, the crash inside it yet to come.
  var stepChoices: [Int64]?
  private var iterations = 0

  init(system: TransitionSystem, values: [Int64], registerCount: Int) {
    self.system = system
    before = values
    self.values = values
    registers = Array(repeating: 0, count: registerCount)
  }

  mutating func run(_ statements: [ProgramStatement]) throws(Stop) {
    for statement in statements { try run(statement) }
  }

  private mutating func run(_ statement: ProgramStatement) throws(Stop) {
    switch statement {
    case .set(let register, let value): registers[register.index] = try self.value(value)
    case .setAt(let first, _, let index, let value):
      let place = first.index + Int(try self.value(index))
      registers[place] = try self.value(value)
    case .store(let slot, let value): store(slot.index, try self.value(value))
    case .storeAt(let first, let stride, _, let index, let value):
      let place = first.index + stride * Int(try self.value(index))
      store(place, try self.value(value))
    case .clear(let first, let count):
      for slot in first.index..<first.index + count { values[slot] = minimum(slot) }
    case .restore(let first, let count):
      for slot in first.index..<first.index + count { values[slot] = before[slot] }
      stepChoices = choices.map(\.value)
    case .require(let condition): if try value(condition) == 0 { throw .incomplete }
    case .check(let condition, let failure):
      if try value(condition) == 0 { throw .failed(failure.index) }
    case .fail(let failure): throw .failed(failure.index)
    case .if(let condition, let body, let alternative):
      try run(try value(condition) != 0 ? body : alternative)
    case .switch(let value, let cases, let other):
      let value = try self.value(value)
      try run(cases.first { $0.values.contains(value) }?.body ?? other)
    case .while, .forRange, .forBits: try runLoop(statement)
    case .break: throw .broken
    case .finish: throw .finished
    case .choose(let register, let domain, let choice):
      let options = try options(domain)
      if options.isEmpty { throw .incomplete }
      let value = options[take(options.count)]
      registers[register.index] = value
      choices.append((choice, value))
    case .send, .sendOrDrop, .remove, .copy, .empty: try runChannel(statement)
    }
  }

  private mutating func runLoop(_ statement: ProgramStatement) throws(Stop) {
    do throws(Stop) {
      switch statement {
      case .while(let condition, let body, let failure):
        while try value(condition) != 0 {
          if let failure {
            iterations += 1
            if iterations > 100_000 { throw Stop.failed(failure.index) }
          }
          try run(body)
        }
      case .forRange(let register, let lower, let upper, let body):
        let (lower, upper) = (try value(lower), try value(upper))
        if lower > upper { return }
        for value in lower...upper {
          registers[register.index] = value
          try run(body)
        }
      case .forBits(let register, let mask, let body):
        let mask = try value(mask)
        for bit in 0..<64 where mask >> bit & 1 != 0 {
          registers[register.index] = Int64(bit)
          try run(body)
        }
      default: break
      }
    } catch .broken {
    }
  }

  private mutating func runChannel(_ statement: ProgramStatement) throws(Stop) {
    switch statement {
    case .send(let channel, let cells):
      try send(channel, try cells.map { (cell) throws(Stop) in try value(cell) })
    case .sendOrDrop(let channel, let cells):
      let cells = try cells.map { (cell) throws(Stop) in try value(cell) }
      isPartial = true
      if take(2) == 1 {
        hasDropped = true
      } else {
        try send(channel, cells)
        kept.append([Int64(channel.index)] + cells)
      }
    case .remove(let channel, let index):
      var entries = entries(channel.index)
      entries.remove(at: Int(try value(index)))
      setEntries(channel.index, entries)
    case .copy(let channel, let index):
      var entries = entries(channel.index)
      let place = Int(try value(index))
      if entries.count == system.channels[channel.index].room { throw .full(channel.index) }
      entries.insert(entries[place], at: place)
      setEntries(channel.index, entries)
    case .empty(let channel): setEntries(channel.index, [])
    default: break
    }
  }

  private mutating func send(_ channel: ChannelID, _ cells: [Int64]) throws(Stop) {
    let info = system.channels[channel.index]
    var entries = entries(channel.index)
    if entries.count == info.room { throw .full(channel.index) }
    let entry = cells.enumerated().map {
      UInt64(bitPattern: $1 &- minimum(info.entries.index + $0))
    }
    let place =
      info.order == .queue
      ? entries.count
      : entries.firstIndex { entry.lexicographicallyPrecedes($0) } ?? entries.count
    entries.insert(entry, at: place)
    setEntries(channel.index, entries)
    sent.append(SentMessage(channel: channel, entry: cells))
  }

  /// The option to take at the next choice.
  private mutating func take(_ count: Int) -> Int {
    let at = options.count < script.count ? script[options.count] : 0
    options.append((at, count))
    return at
  }

  private func options(_ domain: ChoiceDomain) throws(Stop) -> [Int64] {
    switch domain {
    case .range(let lower, let upper):
      let (lower, upper) = (try value(lower), try value(upper))
      return lower > upper ? [] : Array(lower...upper)
    case .bits(let mask, let base):
      let mask = try value(mask)
      return (0..<64).filter { mask >> $0 & 1 != 0 }.map { Int64($0) + base }
    }
  }

  /// The bits of the cells of each entry.
  func entries(_ channel: Int) -> [[UInt64]] {
    let info = system.channels[channel]
    return (0..<Int(values[info.length.index])).map { entry in
      (0..<info.cellCount).map {
        let slot = info.entries.index + entry * info.cellCount + $0
        return UInt64(bitPattern: values[slot] &- minimum(slot))
      }
    }
  }

  func cells(_ channel: Int, _ entry: Int) -> [Int64] {
    let info = system.channels[channel]
    return (0..<info.cellCount).map { values[info.entries.index + entry * info.cellCount + $0] }
  }

  private mutating func setEntries(_ channel: Int, _ entries: [[UInt64]]) {
    let info = system.channels[channel]
    values[info.length.index] = Int64(entries.count)
    for entry in 0..<info.room {
      for cell in 0..<info.cellCount {
        let slot = info.entries.index + entry * info.cellCount + cell
        let bits = entry < entries.count ? entries[entry][cell] : 0
        values[slot] = Int64(bitPattern: bits) &+ minimum(slot)
      }
    }
  }

  private func minimum(_ slot: Int) -> Int64 { system.layout.slots[slot].minimum }

  private mutating func store(_ slot: Int, _ value: Int64) {
    let width = system.layout.slots[slot].width
    let bits = UInt64(bitPattern: value &- minimum(slot))
    precondition(width == 64 || bits < 1 << UInt64(width), "the test stores what fits")
    values[slot] = value
  }
}

extension ReferenceFrame {
  func value(_ expression: ProgramExpression) throws(Stop) -> Int64 {
    switch expression {
    case .constant(let value): return value
    case .register(let register): return registers[register.index]
    case .registerAt(let first, _, let index):
      return registers[first.index + Int(try value(index))]
    case .slot(let slot): return values[slot.index]
    case .slotAt(let first, let stride, _, let index):
      return values[first.index + stride * Int(try value(index))]
    case .unary(let unary, let operand):
      let value = try value(operand)
      switch unary {
      case .not: return value == 0 ? 1 : 0
      case .bitNot: return -1 - value
      case .populationCount: return Int64((0..<64).count { value >> $0 & 1 != 0 })
      case .trailingZeros: return Int64((0..<64).first { value >> $0 & 1 != 0 } ?? 64)
      }
    case .binary(.and, let left, let right):
      return try value(left) == 0 ? 0 : try value(right)
    case .binary(.or, let left, let right):
      return try value(left) != 0 ? 1 : try value(right)
    case .binary(let binary, let left, let right):
      return apply(binary, try value(left), try value(right))
    case .checked(let checked, let left, let right, let failure):
      let first = checked == .negate ? 0 : try value(left)
      let second = try value(right)
      guard let result = exact(checked, first, second) else { throw .failed(failure.index) }
      return result
    case .conditional(let condition, let first, let second):
      return try value(condition) != 0 ? try value(first) : try value(second)
    case .quiescent: return quiescent ? 1 : 0
    case .ask(let question, let first, let count):
      let members = (first.index..<first.index + count).count { values[$0] == 1 }
      let description = system.questions[question.index]
      guard let isTrue = ThresholdOracle.isTrue(description.kind, members) else {
        throw .failed(description.undecided.index)
      }
      return isTrue ? 1 : 0
    }
  }

  private func apply(_ binary: ProgramBinary, _ left: Int64, _ right: Int64) -> Int64 {
    switch binary {
    case .addWrapping: Int64(truncatingIfNeeded: Int128(left) + Int128(right))
    case .subtractWrapping: Int64(truncatingIfNeeded: Int128(left) - Int128(right))
    case .multiplyWrapping: Int64(truncatingIfNeeded: Int128(left) * Int128(right))
    case .divideUnchecked: left / right
    case .remainderUnchecked: left % right
    case .equal: left == right ? 1 : 0
    case .notEqual: left == right ? 0 : 1
    case .less: left < right ? 1 : 0
    case .lessEqual: left > right ? 0 : 1
    case .bitAnd, .and: left & right
    case .bitOr, .or: left | right
    case .bitXor: left ^ right
    case .bitAndNot: left & (-1 - right)
    case .shiftLeft: left << right
    case .shiftRight: Int64(bitPattern: UInt64(bitPattern: left) >> UInt64(right))
    }
  }

  private func exact(_ checked: ProgramChecked, _ left: Int64, _ right: Int64) -> Int64? {
    let (left, right) = (Int128(left), Int128(right))
    switch checked {
    case .add: return Int64(exactly: left + right)
    case .subtract: return Int64(exactly: left - right)
    case .multiply: return Int64(exactly: left * right)
    case .divide: return right == 0 ? nil : Int64(exactly: left / right)
    case .remainder: return right == 0 ? nil : Int64(exactly: left % right)
    case .negate: return Int64(exactly: -right)
    }
  }
}

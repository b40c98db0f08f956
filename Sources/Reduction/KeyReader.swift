/// Reads keys (`ActionGroups.Key`) off states, for one worker and without checks.
///
/// Digits that lie close together in a word are read as one: what lies between them does not count.
/// What they add lies in tables of `Step`, of which small ones stay in the caches.
///
/// Safety: keys are below their count, which a `Step` holds; states have the words of the system.
struct KeyReader<Step: FixedWidthInteger & BitwiseCopyable>: ~Copyable {
  fileprivate struct Digit: BitwiseCopyable {
    let word: Int32
    let shift: UInt32
    let valueMask: UInt32
    let firstStep: Int32
  }

  /// How a key is read: two digits without a branch, as most have no more. Those that are not there
  /// read nothing, and add the first step, which is 0.
  fileprivate struct Reading: BitwiseCopyable {
    let first: Digit
    let second: Digit
    /// Of `digits`: where further ones begin and end.
    let third: Int32
    let end: Int32
  }

  /// Of digits that are read as one.
  private static var bitsMax: UInt64 { 10 }

  let count: Int
  private let readings: Cells<Reading>
  private let digits: Cells<Digit>
  private let steps: Cells<Step>
  /// False only where there are no digits; then states may have no words.
  private let readsStates: Bool

  init(_ keys: [ActionGroups.Key]) {
    count = keys.count
    var (readings, digits, steps) = ([Reading](), [Digit](), [0 as Step])
    for key in keys {
      let own = digits.count
      var rest = key.digits.sorted { ($0.word, $0.shift) < ($1.word, $1.shift) }[...]
      while let first = rest.first {
        let run = rest.prefix {
          $0.slot == first.slot
            || $0.word == first.word && $0.end - first.shift <= KeyReader.bitsMax
        }
        rest = rest.dropFirst(run.count)
        let width = (run.last?.end ?? first.end) - first.shift
        digits.append(
          Digit(
            word: Int32(first.word), shift: UInt32(first.shift), valueMask: 1 << width - 1,
            firstStep: Int32(steps.count)))
        steps += (0..<UInt64(1) << width).map { value in
          run.reduce(0) { sum, digit in
            sum + Step(digit.steps[Int(value >> (digit.shift - first.shift) & digit.valueMask)])
          }
        }
      }
      readings.append(Reading(digits[own...]))
    }
    self.readings = Cells(readings)
    self.digits = Cells(digits)
    self.steps = Cells(steps)
    readsStates = !digits.isEmpty
  }

  /// Where all lies that a key is read with, so that it need not be looked up again behind each
  /// store.
  var bases: Bases {
    Bases(
      readings: readings.base, digits: digits.base, steps: steps.base, readsStates: readsStates)
  }

  func key(_ number: Int, _ state: UnsafePointer<UInt64>) -> Int { bases.key(number, state) }

  struct Bases: BitwiseCopyable {
    fileprivate let readings: UnsafePointer<Reading>
    fileprivate let digits: UnsafePointer<Digit>
    fileprivate let steps: UnsafePointer<Step>
    fileprivate let readsStates: Bool

    @inline(__always)
    func key(_ number: Int, _ state: UnsafePointer<UInt64>) -> Int {
      if !readsStates { return 0 }
      let reading = readings + number
      var key = step(reading.pointee.first, state) &+ step(reading.pointee.second, state)
      for index in reading.pointee.third..<reading.pointee.end {
        key &+= step(digits[Int(index)], state)
      }
      return key
    }

    @inline(__always)
    private func step(_ digit: Digit, _ state: UnsafePointer<UInt64>) -> Int {
      let value = state[Int(digit.word)] &>> UInt64(digit.shift) & UInt64(digit.valueMask)
      return Int(truncatingIfNeeded: steps[Int(digit.firstStep) &+ Int(truncatingIfNeeded: value)])
    }
  }
}

extension KeyReader.Reading {
  fileprivate init(_ own: ArraySlice<KeyReader.Digit>) {
    let none = KeyReader.Digit(word: 0, shift: 0, valueMask: 0, firstStep: 0)
    first = own.first ?? none
    second = own.dropFirst().first ?? none
    third = Int32(min(own.startIndex + 2, own.endIndex))
    end = Int32(own.endIndex)
  }
}

extension ActionGroups.Digit {
  /// The bit behind it.
  fileprivate var end: UInt64 { shift + UInt64((~valueMask).trailingZeroBitCount) }
}

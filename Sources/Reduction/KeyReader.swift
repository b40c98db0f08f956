/// Reads keys (`ActionGroups.Key`) off states, for one worker and without checks.
///
/// Digits that lie close together in a word are read as one: what lies between them does not count.
/// What they add lies in tables of `Step`, of which small ones stay in the caches.
///
/// Safety: keys are below their count, which a `Step` holds; states have the words of the system.
struct KeyReader<Step: FixedWidthInteger & BitwiseCopyable>: ~Copyable {
  private struct Digit: BitwiseCopyable {
    let word: Int
    let shift: UInt64
    let valueMask: UInt64
    let firstStep: Int
  }

  /// Of digits that are read as one.
  private static var bitsMax: UInt64 { 10 }

  let count: Int
  /// By key: where its digits begin.
  private let firstDigit: Cells<Int>
  private let digits: Cells<Digit>
  private let steps: Cells<Step>

  init(_ keys: [ActionGroups.Key]) {
    count = keys.count
    var (firstDigit, digits, steps) = ([0], [Digit](), [Step]())
    for key in keys {
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
            word: first.word, shift: first.shift, valueMask: 1 << width - 1,
            firstStep: steps.count))
        steps += (0..<UInt64(1) << width).map { value in
          run.reduce(0) { sum, digit in
            sum + Step(digit.steps[Int(value >> (digit.shift - first.shift) & digit.valueMask)])
          }
        }
      }
      firstDigit.append(digits.count)
    }
    self.firstDigit = Cells(firstDigit)
    self.digits = Cells(digits)
    self.steps = Cells(steps)
  }

  @inline(__always)
  func key(_ number: Int, _ state: UnsafePointer<UInt64>) -> Int {
    var key = 0
    for index in firstDigit[number]..<firstDigit[number &+ 1] {
      let digit = digits[index]
      let value = Int(truncatingIfNeeded: state[digit.word] &>> digit.shift & digit.valueMask)
      key &+= Int(truncatingIfNeeded: steps[digit.firstStep &+ value])
    }
    return key
  }
}

extension ActionGroups.Digit {
  /// The bit behind it.
  fileprivate var end: UInt64 { shift + UInt64((~valueMask).trailingZeroBitCount) }
}

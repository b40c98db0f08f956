/// Reads keys (`ActionGroups.Key`) off states, for one worker and without checks.
///
/// Safety: keys are below their count, states have the words of the system.
struct KeyReader: ~Copyable {
  private struct Digit: BitwiseCopyable {
    let word: Int
    let shift: UInt64
    let valueMask: UInt64
    let firstStep: Int
  }

  let count: Int
  /// By key: where its digits begin.
  private let firstDigit: Cells<Int>
  private let digits: Cells<Digit>
  private let steps: Cells<Int>

  init(_ keys: [ActionGroups.Key]) {
    count = keys.count
    var (firstDigit, digits, steps) = ([0], [Digit](), [Int]())
    for key in keys {
      for digit in key.digits {
        digits.append(
          Digit(
            word: digit.word, shift: digit.shift, valueMask: digit.valueMask,
            firstStep: steps.count))
        steps += digit.steps
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
      let value = Int(truncatingIfNeeded: state[digit.word] >> digit.shift & digit.valueMask)
      key &+= steps[digit.firstStep &+ value]
    }
    return key
  }
}

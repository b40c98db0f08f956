import Driver
import Exploration
import Reduction
import Report

/// The flags of a check read by hand.
///
/// ArgumentParser makes the types of thirty wrappers at run time and looks through all libraries
/// for what they conform to, which takes 1.5 ms of each run: as long as loading, checking and
/// searching a small spec. So what is written plainly is read here. All else is left to
/// ArgumentParser: joined and shortened spellings, what comes twice, questions for help, and
/// whatever is wrong. Both say the same of what both accept.
extension CheckFlags {
  /// Nil where ArgumentParser must see to it.
  init?(plain arguments: [String]) {
    var words = PlainWords(arguments)
    while let word = words.next() {
      if !word.hasPrefix("-") || word == "-" {
        specs.append(word)
      } else if !takeSwitch(word), !takeOption(word, &words), !takeLimit(word, &words) {
        return nil
      }
    }
    if words.areDoubtful || (try? validate()) == nil { return nil }
  }

  private mutating func takeSwitch(_ name: String) -> Bool {
    switch name {
    case "--check-reduction": checkReduction = true
    case "--stop-at-first": stopAtFirst = true
    case "--require-exhaustive": requireExhaustive = true
    case "--explain-fairness": explainFairness = true
    case "--json": json = true
    case "-q", "--quiet": quiet = true
    case "-v", "--verbose": verbose = true
    case "--stats": stats = true
    case "--no-stats": stats = false
    default: return false
    }
    return true
  }

  /// Those that take words.
  private mutating func takeOption(_ name: String, _ words: inout PlainWords) -> Bool {
    switch name {
    case "--check": check = words.value(of: name) { $0 } ?? check
    case "--property": words.append(to: &property)
    case "--set": words.append(to: &set)
    case "--search": search = words.value(of: name, SearchName.init(rawValue:)) ?? search
    case "--engine": engine = words.value(of: name, EngineChoice.init(rawValue:)) ?? engine
    case "--reduce": reduce = words.value(of: name, ReductionList.init(argument:)) ?? reduce
    case "--stubborn": stubborn = words.value(of: name, StubbornChoice.init(rawValue:)) ?? stubborn
    case "--store": store = words.value(of: name, StoreChoice.init(rawValue:)) ?? store
    case "--format": format = words.value(of: name, FormatList.init(argument:)) ?? format
    case "-o", "--output": words.append(to: &output)
    case "--trace": trace = words.value(of: name, TraceStyle.init(rawValue:)) ?? trace
    case "--color": color = words.value(of: name, ColorMode.init(rawValue:)) ?? color
    default: return false
    }
    return true
  }

  /// Those that take numbers and quantities.
  private mutating func takeLimit(_ name: String, _ words: inout PlainWords) -> Bool {
    switch name {
    case "--depth": depth = words.value(of: name) { Int($0) }
    case "--simulate": simulate = words.value(of: name) { Int($0) }
    case "--seed": seed = words.value(of: name) { UInt64($0) } ?? seed
    case "--workers": workers = words.value(of: name) { Int($0) }
    case "--max-states": maxStates = words.value(of: name) { Int($0) }
    case "--channel-limit": channelLimit = words.value(of: name) { Int($0) } ?? channelLimit
    case "--bits": bits = words.value(of: name, SizeFlag.init(argument:))
    case "--memory": memory = words.value(of: name, SizeFlag.init(argument:))
    case "--timeout": timeout = words.value(of: name, DurationFlag.init(argument:))
    default: return false
    }
    return true
  }
}

/// The words of a command line.
private struct PlainWords {
  private var rest: ArraySlice<String>
  private var named: [String] = []
  /// Whether something was not as plain as it has to be.
  private(set) var areDoubtful = false

  init(_ words: [String]) { rest = words[...] }

  mutating func next() -> String? { rest.popFirst() }

  /// The value of an option that comes once; nil where there is none.
  mutating func value<Value>(of name: String, _ read: (String) -> Value?) -> Value? {
    let value = word().flatMap(read)
    if value == nil || named.contains(name) { areDoubtful = true }
    named.append(name)
    return value
  }

  /// The value of an option that may come again.
  mutating func append(to values: inout [String]) {
    if let word = word() { values.append(word) } else { areDoubtful = true }
  }

  /// The next word, if it is no flag.
  private mutating func word() -> String? {
    guard let word = next(), !word.hasPrefix("-") else { return nil }
    return word
  }
}

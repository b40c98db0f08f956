import TransitionSystem

/// What is still looked for: shrinks when something is found, between levels only.
struct Agenda: Sendable {
  /// Properties to evaluate on each stored state.
  var stored: [Int] = []
  /// Properties that read `quiescent`, to evaluate on each expanded state.
  var expanded: [Int] = []
  /// Those of them whose antecedent was never true so far.
  var antecedents: Set<Int> = []
  var builtIns: Set<BuiltIn>

  init(_ system: TransitionSystem, _ options: SearchOptions) {
    builtIns = options.builtIns
    for (index, property) in system.properties.enumerated() {
      if let selected = options.properties, !selected.contains(index) { continue }
      if property.readsQuiescent { expanded.append(index) } else { stored.append(index) }
      if property.antecedent != nil { antecedents.insert(index) }
    }
  }

  /// Whether nothing is left to look for.
  var isEmpty: Bool { stored.isEmpty && expanded.isEmpty && builtIns.isEmpty }

  func includes(_ target: SearchTarget) -> Bool {
    switch target {
    case .property(let index): stored.contains(index) || expanded.contains(index)
    case .builtIn(let builtIn): builtIns.contains(builtIn)
    }
  }

  /// Whether some property with the condition is looked for.
  func includes(_ condition: (Int) -> Bool) -> Bool {
    stored.contains(where: condition) || expanded.contains(where: condition)
  }

  /// Nothing is looked for any more.
  mutating func removeAll() {
    stored = []
    expanded = []
    antecedents = []
    builtIns = []
  }

  mutating func remove(_ target: SearchTarget) {
    switch target {
    case .property(let index):
      stored.removeAll { $0 == index }
      expanded.removeAll { $0 == index }
      antecedents.remove(index)
    case .builtIn(let builtIn): builtIns.remove(builtIn)
    }
  }
}

/// Orders the initial states so that, as far as possible, each differs from the one before it in
/// one input only, as in Lemma 2 of Fischer, Lynch and Paterson.
///
/// `inputs` gives the inputs of each, equally many. Of the neighbours not yet used, the first comes
/// next; where there is none, the first state not yet used.
public func laidOut(_ inputs: [[String]]) -> [Int] {
  var rest = Array(inputs.indices)
  var order: [Int] = []
  while !rest.isEmpty {
    let place = order.last.flatMap { last in
      rest.firstIndex { differences(inputs[last], inputs[$0]) == 1 }
    }
    order.append(rest.remove(at: place ?? 0))
  }
  return order
}

/// In how many places two lists of equal length differ.
public func differences(_ a: [String], _ b: [String]) -> Int {
  zip(a, b).count { $0 != $1 }
}

import TransitionSystem

/// The forward pass over one program of an agent: where the agent is at each place of it.
struct ForwardPass {
  let control: ControlSlots
  /// Regions in which the program has ended, those behind its last statement left out.
  private(set) var ends: Set<Region> = []
  /// For each loop around: where its breaks are.
  private var breaks: [Region?] = []

  init(control: ControlSlots) { self.control = control }

  /// Where the agent can be behind a program that begins in a region.
  static func ends(
    of program: [ProgramStatement], in region: Region, _ control: ControlSlots
  ) -> Set<Region> {
    var pass = ForwardPass(control: control)
    let last = pass.after(program, region)
    return last.map { pass.ends.union([$0]) } ?? pass.ends
  }

  /// The region behind a block; nil where it never comes there.
  mutating func after(_ block: [ProgramStatement], _ region: Region?) -> Region? {
    var region = region
    for statement in block { region = region.flatMap { after(statement, $0) } }
    return region
  }

  mutating func after(_ statement: ProgramStatement, _ region: Region) -> Region? {
    switch statement {
    case .finish:
      ends.insert(region)
      return nil
    case .fail: return nil
    case .break:
      if let last = breaks.indices.last { breaks[last].formUnion(region) }
      return nil
    case .require(let condition), .check(let condition, _):
      return control.value(of: condition, in: region) == 0 ? nil : region
    case .if, .switch:
      var joined: Region?
      for branch in branches(of: statement, in: region) { joined.formUnion(after(branch, region)) }
      return joined
    case .while(_, let body, _), .forRange(_, _, _, let body), .forBits(_, _, let body):
      return loop(body, region).behind
    default:
      var moved = region
      control.move(&moved, by: statement)
      return moved
    }
  }

  /// The region at the head of a loop, and the one behind it.
  mutating func loop(_ body: [ProgramStatement], _ region: Region) -> (head: Region, behind: Region)
  {
    var head = region
    while true {
      breaks.append(nil)
      let end = after(body, head)
      let left = breaks.removeLast()
      var next: Region? = head
      next.formUnion(end)
      if next == head {
        var behind: Region? = head
        behind.formUnion(left)
        return (head, behind ?? head)
      }
      head = next ?? head
    }
  }

  /// The branches that can be taken in a region.
  func branches(of statement: ProgramStatement, in region: Region) -> [[ProgramStatement]] {
    switch statement {
    case .if(let condition, let yes, else: let no):
      switch control.value(of: condition, in: region) {
      case nil: return [yes, no]
      case 0: return [no]
      default: return [yes]
      }
    case .switch(let subject, let cases, default: let other):
      guard let value = control.value(of: subject, in: region) else { return statement.bodies }
      return [cases.first { $0.values.contains(value) }?.body ?? other]
    default: return statement.bodies
    }
  }
}

import TransitionSystem

/// Finds the registers that a program may read before it writes them (conservatively).
struct AssignmentAnalysis {
  private(set) var assigned: Set<Int>
  private(set) var unassigned: Set<Int> = []
  /// What every `finish` so far leaves assigned: a predicate goes on to its result from there.
  private var assignedAtFinish: Set<Int>?

  init(assigned: Set<Int>) { self.assigned = assigned }

  mutating func visit(_ statements: [ProgramStatement]) {
    for statement in statements { visit(statement) }
  }

  /// The result of a predicate, after its statements.
  mutating func visitResult(_ expression: ProgramExpression) {
    if let assignedAtFinish { assigned.formIntersection(assignedAtFinish) }
    visit(expression)
  }

  private mutating func visit(_ expression: ProgramExpression) {
    switch expression {
    case .register(let register): read(register.index)
    case .registerAt(let first, let count, let index):
      visit(index)
      for register in first.index..<first.index + count { read(register) }
    default: for operand in expression.operands { visit(operand) }
    }
  }

  private mutating func read(_ register: Int) {
    if !assigned.contains(register) { unassigned.insert(register) }
  }

  private mutating func visit(_ statement: ProgramStatement) {
    for expression in statement.expressions { visit(expression) }
    switch statement {
    case .set(let register, _), .choose(let register, _, _): assigned.insert(register.index)
    case .finish: assignedAtFinish = assignedAtFinish?.intersection(assigned) ?? assigned
    case .if(_, let body, let alternative): join([body, alternative], entering: [])
    case .switch(_, let cases, let other): join(cases.map(\.body) + [other], entering: [])
    case .while(_, let body, _): visitLoop(body, nil)
    case .forRange(let register, _, _, let body): visitLoop(body, register)
    case .forBits(let register, _, let body): visitLoop(body, register)
    default: break
    }
  }

  /// What all branches assign is assigned after them.
  private mutating func join(_ branches: [[ProgramStatement]], entering: Set<Int>) {
    let before = assigned
    var after: Set<Int>?
    for branch in branches {
      assigned = before.union(entering)
      visit(branch)
      after = after?.intersection(assigned) ?? assigned
    }
    assigned = after ?? before
  }

  /// A loop may run not once.
  private mutating func visitLoop(_ body: [ProgramStatement], _ register: Register?) {
    let before = assigned
    if let register { assigned.insert(register.index) }
    visit(body)
    assigned = before
  }
}

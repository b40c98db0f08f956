import Diagnostics
import Syntax

/// The declarations as they were written, each kind in the order of its identifiers, with what
/// has been worked out about them.
struct Declared {
  struct Parameter {
    let name: Name
    let type: TypeSyntax
    let defaultValue: Expression
    var value = Resolution<TypedExpression>.pending
  }

  struct Constant {
    let name: Name
    let expression: Expression
    var value = Resolution<TypedExpression>.pending
  }

  struct Alias {
    let name: Name
    let syntax: TypeSyntax
    var type = Resolution<Type>.pending
  }

  struct Record {
    let name: Name
    let fields: [FieldSyntax]
    var type = Resolution<RecordType>.pending
  }

  struct Function {
    let name: Name
    let parameters: [FieldSyntax]
    let result: TypeSyntax
    let body: Expression
    var signature = Resolution<(parameters: [LocalID], result: Type)>.pending
    var typed = Resolution<Semantics.Function>.pending
    /// How many calls are inside each other in its body.
    var callHeight = 0
  }

  struct Message {
    let name: Name
    let fields: [FieldSyntax]
    let isFIFO: Bool
    var type = Resolution<MessageType>.pending
  }

  struct Agent {
    let syntax: AgentSyntax
    let documentation: String?
    var variables: [String: VariableID] = [:]
  }

  struct Monitor {
    let name: Name
    let syntax: [MonitorRuleSyntax]
    let span: Span
    var variables: [String: VariableID] = [:]
  }

  struct Variable {
    let syntax: VariableSyntax
    let owner: Semantics.Variable.Owner
    var type = Resolution<Type>.pending
  }

  struct Property {
    enum Kind {
      case formula(Expression)
      /// Of a decision.
      case valence(Expression)
      case unsupported(String)
    }
    let name: Name
    let kind: Kind
    let documentation: String?
    let span: Span
  }

  struct Check {
    let name: Name
    let items: [CheckItemSyntax]
    let span: Span
  }

  var parameters: [Parameter] = []
  var constants: [Constant] = []
  var aliases: [Alias] = []
  var enumerations: [Name] = []
  var records: [Record] = []
  var functions: [Function] = []
  var messages: [Message] = []
  var agents: [Agent] = []
  var monitors: [Monitor] = []
  /// Shared variables first, then each agent's, then each monitor's.
  var variables: [Variable] = []
  var properties: [Property] = []
  var checks: [Check] = []
  var network: (syntax: NetworkSyntax, span: Span)?
  var faults: (syntax: [FaultSyntax], span: Span)?
}

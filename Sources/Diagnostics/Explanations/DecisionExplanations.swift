/// Codes 09xx: prompts and claims.
let decisionExplanations: [Explanation] = [
  Explanation(
    901, #"Claims without a prompt"#,
    #"""
    `claims of A` speak of the decisions of a prompt. It may stand in another file: give both to
    `wfcheck refine`.
    """#,
    wrong: #"""
      claims of Backend { storage == sqlite }
      """#,
    mended: #"""
      prompt App "an app" {
        decision storage: { sqlite, postgres }
        decision users: 0..9
      }
      claims of Backend { storage == sqlite }
      """#),
  Explanation(
    902, #"Two prompts"#,
    #"""
    All claims are about one prompt. Of two prompts it would not be clear which one they mean.
    """#,
    wrong: #"""
      prompt App "an app" {
        decision storage: { sqlite, postgres }
        decision users: 0..9
      }
      prompt Other "another app" { decision api: bool }
      """#,
    mended: #"""
      prompt App "an app" {
        decision storage: { sqlite, postgres }
        decision users: 0..9
        decision api: bool
      }
      """#),
  Explanation(
    903, #"A decision is there twice"#,
    #"""
    Each decision has one name, one type and at most one default.
    """#,
    wrong: #"""
      prompt App "an app" {
        decision storage: { sqlite, postgres }
        decision users: 0..9
        decision users: bool
      }
      """#,
    mended: #"""
      prompt App "an app" {
        decision storage: { sqlite, postgres }
        decision users: 0..9
        decision public: bool
      }
      """#),
  Explanation(
    904, #"An agent decides something that is no decision"#,
    #"""
    `decides` names decisions of the prompt: those that are the agent's to make.
    """#,
    wrong: #"""
      prompt App "an app" {
        decision storage: { sqlite, postgres }
        decision users: 0..9
      }
      claims of Backend { decides storge }
      """#,
    mended: #"""
      prompt App "an app" {
        decision storage: { sqlite, postgres }
        decision users: 0..9
      }
      claims of Backend { decides storage }
      """#),
  Explanation(
    905, #"Two agents decide the same"#,
    #"""
    Each decision is one agent's. Others may claim something about it; whether all claims fit
    together is what `wfcheck refine` tells.
    """#,
    wrong: #"""
      prompt App "an app" {
        decision storage: { sqlite, postgres }
        decision users: 0..9
      }
      claims of Backend { decides storage }
      claims of Operations { decides storage; storage == postgres }
      """#,
    mended: #"""
      prompt App "an app" {
        decision storage: { sqlite, postgres }
        decision users: 0..9
      }
      claims of Backend { decides storage }
      claims of Operations { storage == postgres }
      """#),
  Explanation(
    906, #"A name in a clause is not known"#,
    #"""
    Clauses speak of the decisions of the prompt and their values, and of constants, types and
    functions declared beside it.
    """#,
    wrong: #"""
      prompt App "an app" {
        decision storage: { sqlite, postgres }
        decision users: 0..9
        require storage == postgre
      }
      """#,
    mended: #"""
      prompt App "an app" {
        decision storage: { sqlite, postgres }
        decision users: 0..9
        require storage == postgres
      }
      """#),
  Explanation(
    907, #"A value of another type is expected"#,
    #"""
    Both sides of a comparison have one type, and a clause is true or false. Integers become reals
    where a real is wanted, and nothing else is converted.
    """#,
    wrong: #"""
      prompt App "an app" {
        decision storage: { sqlite, postgres }
        decision users: 0..9
        require users == true
      }
      """#,
    mended: #"""
      prompt App "an app" {
        decision storage: { sqlite, postgres }
        decision users: 0..9
        require users == 1
      }
      """#),
  Explanation(
    908, #"A value of another kind is expected"#,
    #"""
    Numbers are added and compared by size, records have fields, maps have keys, and sets have
    elements.
    """#,
    wrong: #"""
      prompt App "an app" {
        decision storage: { sqlite, postgres }
        decision users: 0..9
        require storage < postgres
      }
      """#,
    mended: #"""
      prompt App "an app" {
        decision storage: { sqlite, postgres }
        decision users: 0..9
        require storage != postgres
      }
      """#),
  Explanation(
    909, #"A clause says something that has no meaning for decisions"#,
    #"""
    A clause is true or false of the values that are decided. Times, messages, sequences and
    optional values belong to agents that run.
    """#,
    wrong: #"""
      prompt App "an app" {
        decision storage: { sqlite, postgres }
        decision users: 0..9
        require always users > 0
      }
      """#,
    mended: #"""
      prompt App "an app" {
        decision storage: { sqlite, postgres }
        decision users: 0..9
        require users > 0
      }
      """#),
  Explanation(
    910, #"A decision has a type that decisions cannot have"#,
    #"""
    Decisions are `bool`, `int`, `real`, `string`, ranges, enumerations, records, and sets and
    maps over small types. For something that may be absent, add a `bool` that says so.
    """#,
    wrong: #"""
      prompt App "an app" {
        decision storage: { sqlite, postgres }
        decision users: 0..9
        decision cache: (0..9)?
      }
      """#,
    mended: #"""
      prompt App "an app" {
        decision storage: { sqlite, postgres }
        decision users: 0..9
        decision hasCache: bool
        decision cache: 0..9
      }
      """#),
  Explanation(
    911, #"A set, map or quantifier over too many values"#,
    #"""
    Sets, maps and quantifiers over decisions are written out value by value, so that their types
    are small: at most 256 values.
    """#,
    wrong: #"""
      prompt App "an app" {
        decision storage: { sqlite, postgres }
        decision users: 0..9
        decision ports: set of int
      }
      """#,
    mended: #"""
      prompt App "an app" {
        decision storage: { sqlite, postgres }
        decision users: 0..9
        decision ports: set of 80..90
      }
      """#),
  Explanation(
    912, #"A range is empty"#,
    #"""
    The lower end of a range comes first.
    """#,
    wrong: #"""
      prompt App "an app" {
        decision storage: { sqlite, postgres }
        decision users: 0..9
        decision level: 5..1
      }
      """#,
    mended: #"""
      prompt App "an app" {
        decision storage: { sqlite, postgres }
        decision users: 0..9
        decision level: 1..5
      }
      """#),
  Explanation(
    913, #"The end of a range depends on a decision"#,
    #"""
    The type of a decision is the same whatever is decided. Use a `require` for bounds that depend
    on other decisions.
    """#,
    wrong: #"""
      prompt App "an app" {
        decision storage: { sqlite, postgres }
        decision users: 0..9
        decision admins: 0..users
      }
      """#,
    mended: #"""
      prompt App "an app" {
        decision storage: { sqlite, postgres }
        decision users: 0..9
        decision admins: 0..9
        require admins <= users
      }
      """#),
  Explanation(
    914, #"A default depends on a decision"#,
    #"""
    A default is the value that is preferred where nothing else is said. What follows from other
    decisions is a `require`.
    """#,
    wrong: #"""
      prompt App "an app" {
        decision storage: { sqlite, postgres }
        decision users: 0..9
        decision admins: 0..9 default users
      }
      """#,
    mended: #"""
      prompt App "an app" {
        decision storage: { sqlite, postgres }
        decision users: 0..9
        decision admins: 0..9 default 1
      }
      """#),
  Explanation(
    915, #"A divisor is not a constant, or 0"#,
    #"""
    Every clause has a meaning whatever is decided; a division by a decision could have none.
    Multiply the other side instead.
    """#,
    wrong: #"""
      prompt App "an app" {
        decision storage: { sqlite, postgres }
        decision users: 0..9
        require 10 / users == 2
      }
      """#,
    mended: #"""
      prompt App "an app" {
        decision storage: { sqlite, postgres }
        decision users: 0..9
        require 2 * users == 10
      }
      """#),
  Explanation(
    916, #"A value belongs to several enumerations"#,
    #"""
    The name of a value is enough where the other side has one type. Elsewhere write the name of
    the enumeration before it.
    """#,
    wrong: #"""
      enum Side { left, right }
      enum Turn { left, straight }
      prompt App "an app" {
        decision storage: { sqlite, postgres }
        decision users: 0..9
        require left == left
      }
      """#,
    mended: #"""
      enum Side { left, right }
      enum Turn { left, straight }
      prompt App "an app" {
        decision storage: { sqlite, postgres }
        decision users: 0..9
        require Side.left == left
      }
      """#),
  Explanation(
    917, #"A type stands where a value is expected"#,
    #"""
    The name of a type means all of its values after `in`, and is no value elsewhere.
    """#,
    wrong: #"""
      enum Side { left, right }
      prompt App "an app" {
        decision storage: { sqlite, postgres }
        decision users: 0..9
        decision side: Side
        require side == Side
      }
      """#,
    mended: #"""
      enum Side { left, right }
      prompt App "an app" {
        decision storage: { sqlite, postgres }
        decision users: 0..9
        decision side: Side
        require side in Side
      }
      """#),
  Explanation(
    918, #"The elements of a set have no small type"#,
    #"""
    The type of a set comes from its first element or from the set that it is compared with, and
    has at most 256 values.
    """#,
    wrong: #"""
      prompt App "an app" {
        decision storage: { sqlite, postgres }
        decision users: 0..9
        decision n: int
        require size({n}) == 1
      }
      """#,
    mended: #"""
      prompt App "an app" {
        decision storage: { sqlite, postgres }
        decision users: 0..9
        decision n: 0..9
        require size({n}) == 1
      }
      """#),
  Explanation(
    919, #"A key may be outside of a map"#,
    #"""
    A map has a value for each key of its type, and for nothing else. A key is a constant, a bound
    variable, or a decision of the type of the keys.
    """#,
    wrong: #"""
      prompt App "an app" {
        decision storage: { sqlite, postgres }
        decision users: 0..9
        decision load: map[0..3] of 0..9
        require load[4] < 5
      }
      """#,
    mended: #"""
      prompt App "an app" {
        decision storage: { sqlite, postgres }
        decision users: 0..9
        decision load: map[0..3] of 0..9
        require load[3] < 5
      }
      """#),
  Explanation(
    920, #"A function or record is given too many or too few values"#,
    #"""
    Functions and records take one value for each of their fields.
    """#,
    wrong: #"""
      function half(n: int) -> int = n / 2
      prompt App "an app" {
        decision storage: { sqlite, postgres }
        decision users: 0..9
        require half(users, 2) < 3
      }
      """#,
    mended: #"""
      function half(n: int) -> int = n / 2
      prompt App "an app" {
        decision storage: { sqlite, postgres }
        decision users: 0..9
        require half(users) < 3
      }
      """#),
  Explanation(
    921, #"The values of an enumeration are not distinct"#,
    #"""
    Each value of a decision has a name of its own.
    """#,
    wrong: #"""
      prompt App "an app" {
        decision storage: { sqlite, postgres }
        decision users: 0..9
        decision api: { rest, rest }
      }
      """#,
    mended: #"""
      prompt App "an app" {
        decision storage: { sqlite, postgres }
        decision users: 0..9
        decision api: { rest, graphql }
      }
      """#),
  Explanation(
    922, #"A definition goes round in circles"#,
    #"""
    A constant, type or function is defined by what is known without it.
    """#,
    wrong: #"""
      const A = B
      const B = A
      prompt App "an app" {
        decision storage: { sqlite, postgres }
        decision users: 0..9
        require users < A
      }
      """#,
    mended: #"""
      const A = 3
      const B = A
      prompt App "an app" {
        decision storage: { sqlite, postgres }
        decision users: 0..9
        require users < B
      }
      """#),
  Explanation(
    923, #"A clause is too large"#,
    #"""
    Quantifiers are written out for each value of what they go through; several of them inside
    each other multiply.
    """#,
    wrong: #"""
      prompt App "an app" {
        decision storage: { sqlite, postgres }
        decision users: 0..9
        require all a in 0..255: all b in 0..255: all c in 0..255: a + b + c < users
      }
      """#,
    mended: #"""
      prompt App "an app" {
        decision storage: { sqlite, postgres }
        decision users: 0..9
        require all a in 0..255: a < 256
      }
      """#),
  Explanation(
    930, #"A default is no value of its decision"#,
    #"""
    The default is what the decision has where nothing else is said; it is one of the values of
    the decision's type.
    """#,
    wrong: #"""
      prompt App "an app" {
        decision storage: { sqlite, postgres }
        decision users: 0..9 default 12
      }
      """#,
    mended: #"""
      prompt App "an app" {
        decision storage: { sqlite, postgres }
        decision users: 0..20 default 12
      }
      """#),
]

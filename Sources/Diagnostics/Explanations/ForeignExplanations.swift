/// Codes 0221 to 0227 and 0242 to 0251: written as in another language.
let foreignExplanations: [Explanation] = [
  Explanation(
    221, #"`=` stands in an expression"#,
    #"""
    `=` gives a variable a value and is a statement; `==` compares and is an expression.
    """#,
    wrong: #"""
      agent Coder {
        var head: 0..3 = 0
        step push when head = 0 { head = 1 }
      }
      """#,
    mended: #"""
      agent Coder {
        var head: 0..3 = 0
        step push when head == 0 { head = 1 }
      }
      """#),
  Explanation(
    222, #"An operator is spelt as in another language"#,
    #"""
    Logic is in words: `and`, `or`, `not`, `implies`, `iff`. Equality is `==` and `!=`.
    """#,
    wrong: #"""
      agent Coder {
        var head: 0..3 = 0
        step push when head == 0 || head > 1 { head = 1 }
      }
      """#,
    mended: #"""
      agent Coder {
        var head: 0..3 = 0
        step push when head == 0 or head > 1 { head = 1 }
      }
      """#),
  Explanation(
    223, #"A value is given with another sign than `=`"#,
    #"""
    `=` gives a value, in declarations and statements. `==` compares, and `:=` does not exist.
    """#,
    wrong: #"""
      agent Coder {
        var head: 0..3 = 0
        step push { head := 1 }
      }
      """#,
    mended: #"""
      agent Coder {
        var head: 0..3 = 0
        step push { head = 1 }
      }
      """#),
  Explanation(
    224, #"A word of another language"#,
    #"""
    Declarations, rules and statements begin with words of this language; the message names the
    one that comes nearest.
    """#,
    wrong: #"""
      struct Bid { round: 0..3 }
      """#,
    mended: #"""
      record Bid { round: 0..3 }
      """#),
  Explanation(
    225, #"A range is written as in another language"#,
    #"""
    `lo..hi` holds both of its ends. There is no half-open range: write `lo..hi - 1`.
    """#,
    wrong: #"""
      type Round = 0...3
      """#,
    mended: #"""
      type Round = 0..3
      """#),
  Explanation(
    226, #"Comparisons chain"#,
    #"""
    `a < b < c` would compare the truth value of `a < b` with `c`. Join two comparisons with
    `and`; to compare truth values, use parentheses or `iff`.
    """#,
    wrong: #"""
      const N = 3
      property small: always 0 < N < 4
      """#,
    mended: #"""
      const N = 3
      property small: always 0 < N and N < 4
      """#),
  Explanation(
    227, #"A range has three ends"#,
    #"""
    `lo..hi` holds every integer from `lo` to `hi`.
    """#,
    wrong: #"""
      type Round = 0..3
      const All = {x in 0..1..2 where true}
      """#,
    mended: #"""
      type Round = 0..3
      const All = {x in 0..2 where true}
      """#),
  Explanation(
    242, #"`not in` is no operator"#,
    #"""
    `not` stands before the whole comparison: `not x in s` is read as `not (x in s)`.
    """#,
    wrong: #"""
      property never: always (1 not in {2, 3})
      """#,
    mended: #"""
      property never: always (not 1 in {2, 3})
      """#),
  Explanation(
    243, #"A choice between values is written with `?`"#,
    #"""
    A choice between two values is `if c then a else b`. `?` stands in types only: `Revision?` is
    a revision or `none`.
    """#,
    wrong: #"""
      agent Coder {
        var head: 0..3 = 0
        step push { head = head > 1 ? 1 : 0 }
      }
      """#,
    mended: #"""
      agent Coder {
        var head: 0..3 = 0
        step push { head = if head > 1 then 1 else 0 }
      }
      """#),
  Explanation(
    244, #"A variable is counted with `++` or `--`"#,
    #"""
    Assignments are statements: `x = e`, `x += e`, and likewise `-=`, `*=`, `/=`, `%=`.
    """#,
    wrong: #"""
      agent Coder {
        var head: 0..3 = 0
        step push { head++ }
      }
      """#,
    mended: #"""
      agent Coder {
        var head: 0..3 = 0
        step push { head += 1 }
      }
      """#),
  Explanation(
    245, #"`await` stands in an expression"#,
    #"""
    `await g` is a statement of `run`: it waits until the condition `g` holds and has no value. A
    message is taken with `receive M(x)`, which binds its fields.
    """#,
    wrong: #"""
      message Answer(good: bool)
      agent Coder { run { let good = await Answer } }
      """#,
    mended: #"""
      message Answer(good: bool)
      agent Coder { run { receive Answer(good) } }
      """#),
  Explanation(
    246, #"`await receive`"#,
    #"""
    `await` waits for a condition, `receive` for a message; each does so by itself.
    """#,
    wrong: #"""
      message Answer(good: bool)
      agent Coder { run { await receive Answer(good) } }
      """#,
    mended: #"""
      message Answer(good: bool)
      agent Coder { run { receive Answer(good) } }
      """#),
  Explanation(
    247, #"A block after `await` or a one-line `receive`"#,
    #"""
    What is to be done afterwards simply stands below. Only `receive { … }` with its cases has
    blocks, one for each message.
    """#,
    wrong: #"""
      agent Coder {
        var head: 0..3 = 0
        run { await head > 1 { stop } }
      }
      """#,
    mended: #"""
      agent Coder {
        var head: 0..3 = 0
        run { await head > 1; stop }
      }
      """#),
  Explanation(
    248, #"`on` in `receive`"#,
    #"""
    The cases of `receive { … }` begin with the message. `on` begins a rule of an agent, beside
    `run`.
    """#,
    wrong: #"""
      message Answer(good: bool)
      agent Coder { run { receive { on Answer(good) { stop } } } }
      """#,
    mended: #"""
      message Answer(good: bool)
      agent Coder { run { receive { Answer(good) { stop } } } }
      """#),
  Explanation(
    249, #"A second `timeout`"#,
    #"""
    A `timeout` branch can always go on, whatever arrives; a second one would say nothing new. Use
    `choose` inside for two different ends.
    """#,
    wrong: #"""
      message Answer()
      agent Coder {
        run {
          receive {
            Answer() { stop }
            timeout { stop }
            timeout { yield }
          }
        }
      }
      """#,
    mended: #"""
      message Answer()
      agent Coder {
        run {
          receive {
            Answer() { stop }
            timeout { stop }
          }
        }
      }
      """#),
  Explanation(
    250, #"A value is called"#,
    #"""
    Only functions, records and messages have arguments, and they are called by name. There are no
    methods: `size(s)`, not `s.size()`.
    """#,
    wrong: #"""
      property few: always Coder.todo.size() < 3
      """#,
    mended: #"""
      property few: always size(Coder.todo) < 3
      """#),
  Explanation(
    251, #"A set with `where` does not begin with `name in`"#,
    #"""
    `{x in S where p}` is the set of those `x` of `S` for which `p` holds. To change the elements,
    say which results are meant: `{y in T where some x in S: y == x + 1}`.
    """#,
    wrong: #"""
      const Even = {x * 2 where x < 3}
      """#,
    mended: #"""
      const Even = {x in 0..5 where x % 2 == 0}
      """#),
]

/// Codes 0850 to 0899: what the state vector cannot represent.
let loweringExplanations: [Explanation] = [
  Explanation(
    850, "A value is too large to keep in a state",
    """
    Every value of a spec lies in a fixed run of bits of the state. A set has one bit for each \
    value of its element type and a map one entry for each key: at most 4096 of them; and a value \
    has at most 65536 scalars in all.

    A sequence with a small capacity holds a few values of a large type; a smaller range is \
    usually enough to show what goes wrong.
    """,
    wrong: """
      agent Ledger {
          var seen: map[0..1000] of map[0..1000] of bool = map a in 0..1000: map b in 0..1000: false
          step note { seen[0][0] = true }
      }
      property fresh: always not Ledger.seen[0][1]
      """,
    mended: """
      agent Ledger {
          var seen: map[0..9] of map[0..9] of bool = map a in 0..9: map b in 0..9: false
          step note { seen[0][0] = true }
      }
      property fresh: always not Ledger.seen[0][1]
      """),
  Explanation(
    851, "There are too many values to choose from",
    """
    A `choose`, an `any` and each field of a byzantine message stand for one successor, or one \
    initial state, for each value. A type with more than 2^62 values cannot even be counted through.

    Say which part of the value matters: make only that part `any`, or use a smaller type.
    """,
    wrong: """
      agent Store {
          var full: map[0..63] of bool = any
          step clear { full[0] = false }
      }
      property open: can not Store.full[0]
      """,
    mended: """
      agent Store {
          var full: map[0..3] of bool = any
          step clear { full[0] = false }
      }
      property open: can not Store.full[0]
      """),
  Explanation(
    852, "A state needs too many bits",
    """
    The variables, control points, budgets and messages in flight of one state are packed side by \
    side; more than 65536 bits for one state are refused, for a search keeps millions of states.

    Smaller types and families show the same mistakes. A `capacity` for the network bounds the \
    messages in flight.
    """,
    wrong: """
      agent Node[12] {
          var price: map[0..4000] of 0..1000 = map k in 0..4000: 0
          step raise { price[0] = 1 }
      }
      property low: always Node[0].price[1] == 0
      """,
    mended: """
      agent Node[3] {
          var price: map[0..4] of 0..10 = map k in 0..4: 0
          step raise { price[0] = 1 }
      }
      property low: always Node[0].price[1] == 0
      """),
  Explanation(
    853, "There are too many values to go through",
    """
    A quantifier and a `for` go through their values one by one, at every evaluation; those inside \
    others multiply. More than ten million in all are refused: one state would take seconds, in \
    which no time limit is looked at.

    Often a comparison says the same; else a smaller range shows the same mistakes.
    """,
    wrong: """
      agent Store {
          var price: 0..1000000000 = 7
          step double { price = 2 }
      }
      property round: can some half in 0..1000000000: 2 * half == Store.price
      """,
    mended: """
      agent Store {
          var price: 0..1000000000 = 7
          step double { price = 2 }
      }
      property round: can Store.price % 2 == 0
      """),
]

/// Codes 01xx: what the lexer reports.
let lexicalExplanations: [Explanation] = [
  Explanation(
    101, #"A character has no meaning in a spec"#,
    #"""
    Outside of comments and strings a spec consists of ASCII letters, digits, blanks and a few
    signs. Names of other scripts are not allowed, so that no two names can look alike. In
    comments and strings any text may stand.
    """#,
    wrong: #"""
      message Prüfung()
      """#,
    mended: #"""
      message Check()  // Prüfung
      """#),
  Explanation(
    102, #"Bytes are not UTF-8 text"#,
    #"""
    A spec is a text in UTF-8. These bytes are none: most often the file was saved in an older
    encoding such as Latin-1.
    """#,
    wrong: #"""
      (a comment saved in Latin-1)
      """#,
    mended: #"""
      (the same, saved in UTF-8)
      """#),
  Explanation(
    103, #"A control character stands in the text"#,
    #"""
    Of the control characters only the tab and line ends may stand in a spec. Others are
    invisible, and come from a terminal or a damaged file.
    """#,
    wrong: #"""
      (a byte 7 between two words)
      """#,
    mended: #"""
      (the same without it)
      """#),
  Explanation(
    104, #"A string does not end"#,
    #"""
    A string ends with a double quote on the line on which it begins. A line end inside a string
    is written `\n`.
    """#,
    wrong: #"""
      import "quorum.wf
      """#,
    mended: #"""
      import "quorum.wf"
      """#),
  Explanation(
    105, #"An escape does not exist"#,
    #"""
    In a string a backslash begins an escape: `\n` line feed, `\t` tab, `\\` backslash, `\"`
    double quote, `\u{1F600}` the character with this hexadecimal number.
    """#,
    wrong: #"""
      import "parts\quorum.wf"
      """#,
    mended: #"""
      import "parts/quorum.wf"
      """#),
  Explanation(
    106, #"A number is too large"#,
    #"""
    Integers are computed exactly in 64 bits: from -9223372036854775808 to 9223372036854775807.
    """#,
    wrong: #"""
      const Limit = 99999999999999999999
      """#,
    mended: #"""
      const Limit = 99_999
      """#),
  Explanation(
    107, #"A word begins with a digit"#,
    #"""
    Numbers are decimal; `_` may stand between digits. There are no hexadecimal numbers and no
    exponents, and a name never begins with a digit.
    """#,
    wrong: #"""
      const Mask = 0xFF
      """#,
    mended: #"""
      const Mask = 255
      """#),
  Explanation(
    108, #"A comment stands in `/* */`"#,
    #"""
    There is one kind of comment: from `//` to the end of the line. Three slashes document the
    declaration below them.
    """#,
    wrong: #"""
      /* the number of nodes */
      const N = 3
      """#,
    mended: #"""
      // the number of nodes
      const N = 3
      """#),
  Explanation(
    109, #"A comment begins with `#`"#,
    #"""
    There is one kind of comment: from `//` to the end of the line. Three slashes document the
    declaration below them.
    """#,
    wrong: #"""
      const N = 3  # nodes
      """#,
    mended: #"""
      const N = 3  // nodes
      """#),
  Explanation(
    110, #"A string stands in single quotes"#,
    #"""
    Strings stand in double quotes. They are used for paths of imports and in decisions only; the
    values of a protocol are names of an `enum`.
    """#,
    wrong: #"""
      import 'quorum.wf'
      """#,
    mended: #"""
      import "quorum.wf"
      """#),
  Explanation(
    111, #"A sign is not written in ASCII"#,
    #"""
    All signs of the language are on every keyboard: `<=`, `!=`, `->`, `..`, and words for logic
    and sets. Such a sign mostly comes from a word processor or a paper.
    """#,
    wrong: #"""
      property small: always size(pending) ≤ 2
      """#,
    mended: #"""
      property small: always size(pending) <= 2
      """#),
  Explanation(
    112, #"A file is not a text"#,
    #"""
    The file holds zero bytes, as programs, pictures and texts in UTF-16 do. A spec is a text in
    UTF-8.
    """#,
    wrong: #"""
      (a file in UTF-16)
      """#,
    mended: #"""
      (the same, saved in UTF-8)
      """#),
]

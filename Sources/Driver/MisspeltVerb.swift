import Diagnostics
import Glibc

/// The verb that was meant by the first argument of a check: one that is near, where the argument
/// is no file and does not look like the name of one.
public func verb(
  meantBy word: String, among verbs: @autoclosure () -> [String]
) -> String? {
  if word == "-" || word.contains(where: { "./*".contains($0) }) || access(word, F_OK) == 0 {
    return nil
  }
  return closest(to: word, among: verbs())
}

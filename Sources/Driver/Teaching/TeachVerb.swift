import Exploration
import Glibc
import Report

/// All that the flags of `wfcheck teach` say.
public struct TeachRequest: Sendable {
  public var name = ""
  /// Whether predictions are read from standard input.
  public var asks = true
  /// A file for the tour as a page.
  public var output: String?
  public init() {}
}

/// `wfcheck teach NAME`: a tour that runs what it shows, and asks for predictions before.
public enum TeachVerb {
  /// The tours there are.
  public static let names = [
    "flp", "two-generals", "byzantine", "two-phase-commit", "ben-or", "failure-detectors", "cap",
  ]

  public static func run(_ request: TeachRequest) -> ExitCode {
    Interruption.install()
    guard let folder = specFolder() else {
      return end("the specs are not here: run it in a checkout, where specs/teaching lies").code
    }
    let text: [UInt8]
    switch readFile("\(folder)/teaching/tours/\(request.name).tour") {
    case .failure(let error):
      return end("cannot read the tour `\(request.name)`: \(error.words)").code
    case .success(let bytes): text = bytes
    }
    switch Tour.parse(String(decoding: text, as: UTF8.self)) {
    case .failure(let error): return end("the tour `\(request.name)`: \(error.words)").code
    case .success(let tour):
      var guide = TourGuide(name: request.name, tour: tour, folder: folder)
      do throws(TourEnd) {
        if let output = request.output {
          try guide.write(to: output)
        } else {
          try guide.take(asks: request.asks)
        }
        return .asExpected
      } catch {
        return error.code
      }
    }
  }

  /// Says on standard error why a tour ends.
  static func end(_ words: String, _ code: ExitCode = .badInput) -> TourEnd {
    writeAll(STDERR_FILENO, "wfcheck: \(words)\n")
    return TourEnd(code: code)
  }

  /// The folder `specs` below the working directory, or beside or above the program.
  private static func specFolder() -> String? {
    var path = "/proc/self/exe"
    if let resolved = realpath(path, nil) {
      path = String(cString: resolved)
      free(resolved)
    }
    var places = ["specs"]
    while let slash = path.lastIndex(of: "/") {
      path = String(path[..<slash])
      places.append(path + "/specs")
    }
    return places.first { access($0 + "/teaching/tours", R_OK) == 0 }
  }
}

/// Why a tour ended early; standard error has said it.
struct TourEnd: Error {
  let code: ExitCode
}

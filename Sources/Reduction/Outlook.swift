/// What will be kept of a state, as far as that is known before it is asked which of its
/// transitions lead nearer to a state that is expanded fully.
///
/// That question costs the search a look into the visited set, whose lines it has to ask for in
/// advance; mostly one answer decides.
public struct Outlook: BitwiseCopyable {
  /// The only transition that is kept, if it leads on; negative: `all` or `unknown`.
  public let transition: Int32
  /// How many of the actions with transitions were counted among the prospects.
  let counted: Int32

  @inline(__always)
  init(transition: Int32, counted: Int) {
    self.transition = transition
    self.counted = Int32(truncatingIfNeeded: counted)
  }

  private static let all: Int32 = -1
  private static let unknown: Int32 = -2

  /// All are kept, whatever leads on.
  public static var keepsAll: Outlook { Outlook(transition: all, counted: 0) }
  /// Nothing is known.
  public static var open: Outlook { open(counted: 0) }

  @inline(__always)
  static func open(counted: Int) -> Outlook { Outlook(transition: unknown, counted: counted) }

  /// The first one is kept, if it leads on.
  public static var first: Outlook { Outlook(transition: 0, counted: 0) }

  public var isOpen: Bool { transition == Outlook.unknown }
  public var isAll: Bool { transition == Outlook.all }
}

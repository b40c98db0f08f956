/// Numbers side by side in memory that somebody keeps: what one stage hands to the next without
/// copying it.
///
/// Invariant: `base` is valid for `count` elements as long as `owner` lives; nobody writes them.
@frozen
public struct Column<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  public let base: UnsafePointer<Element>
  public let count: Int
  @usableFromInline let owner: AnyObject

  @inlinable
  public init(base: UnsafePointer<Element>, count: Int, owner: AnyObject) {
    self.base = base
    self.count = count
    self.owner = owner
  }

  /// A copy of the elements.
  @inlinable
  public init(_ elements: some Collection<Element>) {
    let kept = KeptNumbers<Element>(count: elements.count)
    var next = kept.base
    for element in elements {
      next.initialize(to: element)
      next += 1
    }
    self.init(base: kept.base, count: elements.count, owner: kept)
  }

  /// Elements that `body` initialises, all of them.
  public init(count: Int, _ body: (UnsafeMutablePointer<Element>) -> Void) {
    let kept = KeptNumbers<Element>(count: count)
    body(kept.base)
    self.init(base: kept.base, count: count, owner: kept)
  }

  /// As many of the first elements.
  @inlinable
  public func first(_ count: Int) -> Column {
    Column(base: base, count: Swift.min(count, self.count), owner: owner)
  }
}

/// Memory of a column that is being filled.
public final class KeptNumbers<Element: BitwiseCopyable & Sendable> {
  /// Room for as many elements as were asked for.
  public let base: UnsafeMutablePointer<Element>

  public init(count: Int) { base = .allocate(capacity: max(1, count)) }

  deinit { base.deallocate() }

  /// The first elements. Requires: they are initialised, and will not change.
  public func column(count: Int) -> Column<Element> {
    Column(base: base, count: count, owner: self)
  }
}

extension Column: RandomAccessCollection {
  @inlinable public var startIndex: Int { 0 }
  @inlinable public var endIndex: Int { count }

  @inlinable
  public subscript(place: Int) -> Element {
    // Safety: the invariant; callers keep to the indices, as those of an unchecked buffer.
    assert(place >= 0 && place < count)
    return base[place]
  }
}

extension Column: ExpressibleByArrayLiteral {
  public init(arrayLiteral elements: Element...) { self.init(elements) }
}

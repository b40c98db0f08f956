import Glibc
import Synchronization

/// A number for each node, which several threads may read and change.
///
/// Relaxed everywhere: an exchange decides who was first, and the barriers between the phases of a
/// search order everything else.
final class NodeValues<Value: NodeValue>: @unchecked Sendable {
  private let base: UnsafeMutablePointer<Atomic<Value>>
  let count: Int

  /// All zero, on pages that are taken when they are touched.
  init(count: Int) throws {
    guard let memory = calloc(max(1, count), MemoryLayout<Value>.stride) else {
      throw MemoryRefused()
    }
    self.count = count
    // Safety: an atomic number has the layout of the number, and all access is through it.
    base = memory.assumingMemoryBound(to: Atomic<Value>.self)
  }

  deinit { free(base) }

  @inline(__always)
  subscript(node: Int) -> Value {
    get {
      assert(node >= 0 && node < count)
      return Value.load(base + node)
    }
    set {
      assert(node >= 0 && node < count)
      Value.store(newValue, base + node)
    }
  }

  /// Whether the number was the expected one, and is the new one now. Where one thread is at work,
  /// that takes no locked instruction.
  @inline(__always)
  func change(_ node: Int, from old: Value, to new: Value, isShared: Bool = true) -> Bool {
    if self[node] != old { return false }
    if !isShared {
      self[node] = new
      return true
    }
    return Value.exchange(base + node, from: old, to: new)
  }

  /// The number before.
  @inline(__always)
  func add(_ difference: Value, at node: Int) -> Value {
    assert(node >= 0 && node < count)
    return Value.add(difference, base + node)
  }
}

typealias NodeMarks = NodeValues<UInt8>
typealias NodeNumbers = NodeValues<Int32>

/// The system has no memory left.
struct MemoryRefused: Error {}

/// What atomics do for numbers of one width, all of it relaxed: they have no common protocol.
protocol NodeValue: AtomicRepresentable, BitwiseCopyable, Equatable, Sendable {
  static func load(_ place: UnsafeMutablePointer<Atomic<Self>>) -> Self
  static func store(_ value: Self, _ place: UnsafeMutablePointer<Atomic<Self>>)
  /// Whether the value was the old one, and is the new one now.
  static func exchange(
    _ place: UnsafeMutablePointer<Atomic<Self>>, from old: Self, to new: Self
  ) -> Bool
  /// The value before.
  static func add(_ difference: Self, _ place: UnsafeMutablePointer<Atomic<Self>>) -> Self
}

extension UInt8: NodeValue {
  @inline(__always)
  static func load(_ place: UnsafeMutablePointer<Atomic<UInt8>>) -> UInt8 {
    place.pointee.load(ordering: .relaxed)
  }

  @inline(__always)
  static func store(_ value: UInt8, _ place: UnsafeMutablePointer<Atomic<UInt8>>) {
    place.pointee.store(value, ordering: .relaxed)
  }

  @inline(__always)
  static func exchange(
    _ place: UnsafeMutablePointer<Atomic<UInt8>>, from old: UInt8, to new: UInt8
  ) -> Bool {
    place.pointee.compareExchange(expected: old, desired: new, ordering: .relaxed).exchanged
  }

  @inline(__always)
  static func add(_ difference: UInt8, _ place: UnsafeMutablePointer<Atomic<UInt8>>) -> UInt8 {
    place.pointee.wrappingAdd(difference, ordering: .relaxed).oldValue
  }
}

extension Int32: NodeValue {
  @inline(__always)
  static func load(_ place: UnsafeMutablePointer<Atomic<Int32>>) -> Int32 {
    place.pointee.load(ordering: .relaxed)
  }

  @inline(__always)
  static func store(_ value: Int32, _ place: UnsafeMutablePointer<Atomic<Int32>>) {
    place.pointee.store(value, ordering: .relaxed)
  }

  @inline(__always)
  static func exchange(
    _ place: UnsafeMutablePointer<Atomic<Int32>>, from old: Int32, to new: Int32
  ) -> Bool {
    place.pointee.compareExchange(expected: old, desired: new, ordering: .relaxed).exchanged
  }

  @inline(__always)
  static func add(_ difference: Int32, _ place: UnsafeMutablePointer<Atomic<Int32>>) -> Int32 {
    place.pointee.wrappingAdd(difference, ordering: .relaxed).oldValue
  }
}

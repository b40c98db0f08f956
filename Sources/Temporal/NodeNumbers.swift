import Glibc
import Synchronization

/// A number for each node, which several threads may read and change.
///
/// Relaxed everywhere: an exchange decides who was first, and the barriers between the phases of a
/// search order everything else.
final class NodeNumbers: @unchecked Sendable {
  private let memory: UnsafeMutableRawPointer
  private let base: UnsafeMutablePointer<Atomic<Int32>>
  let count: Int

  /// All zero.
  init(count: Int) {
    self.count = count
    memory = zeroedMemory(byteCount: 4 * count)
    // Safety: an atomic integer has the layout of the integer, and all access is through it.
    base = memory.assumingMemoryBound(to: Atomic<Int32>.self)
  }

  deinit { free(memory) }

  @inline(__always)
  subscript(node: Int) -> Int32 {
    get {
      assert(node >= 0 && node < count)
      return base[node].load(ordering: .relaxed)
    }
    set {
      assert(node >= 0 && node < count)
      base[node].store(newValue, ordering: .relaxed)
    }
  }

  /// Whether the number was the expected one, and is the new one now.
  @inline(__always)
  func change(_ node: Int, from old: Int32, to new: Int32) -> Bool {
    assert(node >= 0 && node < count)
    if base[node].load(ordering: .relaxed) != old { return false }
    return base[node].compareExchange(expected: old, desired: new, ordering: .relaxed).exchanged
  }

  /// The number before.
  @inline(__always)
  func add(_ difference: Int32, at node: Int) -> Int32 {
    assert(node >= 0 && node < count)
    return base[node].wrappingAdd(difference, ordering: .relaxed).oldValue
  }
}

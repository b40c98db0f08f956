import Glibc
import Synchronization

/// A small number for each node, which several threads may read and change.
///
/// Relaxed everywhere, as `NodeNumbers`.
final class NodeMarks: @unchecked Sendable {
  private let memory: UnsafeMutableRawPointer
  private let base: UnsafeMutablePointer<Atomic<UInt8>>
  let count: Int

  /// All zero.
  init(count: Int) {
    self.count = count
    memory = zeroedMemory(byteCount: count)
    // Safety: an atomic byte has the layout of the byte, and all access is through it.
    base = memory.assumingMemoryBound(to: Atomic<UInt8>.self)
  }

  deinit { free(memory) }

  @inline(__always)
  subscript(node: Int) -> UInt8 {
    get {
      assert(node >= 0 && node < count)
      return base[node].load(ordering: .relaxed)
    }
    set {
      assert(node >= 0 && node < count)
      base[node].store(newValue, ordering: .relaxed)
    }
  }

  /// Whether the mark was the expected one, and is the new one now. Where one thread is at work,
  /// that takes no locked instruction.
  @inline(__always)
  func change(_ node: Int, from old: UInt8, to new: UInt8, isShared: Bool = true) -> Bool {
    assert(node >= 0 && node < count)
    if base[node].load(ordering: .relaxed) != old { return false }
    if !isShared {
      base[node].store(new, ordering: .relaxed)
      return true
    }
    return base[node].compareExchange(expected: old, desired: new, ordering: .relaxed).exchanged
  }
}

/// Zeroed memory of which pages are taken when they are touched; to be given back by `free`.
func zeroedMemory(byteCount: Int) -> UnsafeMutableRawPointer {
  guard let memory = calloc(max(1, byteCount), 1) else {
    preconditionFailure("the system has no memory left")
  }
  return memory
}

import Foundation
import Laboratory
import Wording

/// The limit of a process's address space, which workers inherit.
enum AddressSpace {
  /// A worker that cannot have so much.
  struct TooSmall: Error, CustomStringConvertible {
    let limit: UInt64

    var description: String {
      "The limit of address space (ulimit -v) is \(Format.bytes(Int(limit))), and a worker maps"
        + " \(Format.bytes(Int(needed))) for its libraries and buffers: raise it, as by 'ulimit -v unlimited'."
        + " Memory is estimated by 'espalier plan' and is much less."
    }
  }

  /// Bytes that a worker maps, most of which it never touches.
  static let needed: UInt64 = 2 << 30

  /// Throws where the limit is lower than what a worker needs: the library of matrix products asks again without
  /// end where it gets no memory, and nothing would ever be said.
  static func require() throws {
    var limits = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limits) == 0 else { return }
    guard limits.rlim_cur >= needed else { throw TooSmall(limit: UInt64(limits.rlim_cur)) }
  }
}

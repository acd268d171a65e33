import Foundation
import Glibc

/// Tells in which order folders, and the files in them, are opened.
final class Opened {
  private let descriptor = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
  private var names: [Int32: String] = [:]

  /// - Parameter folders: paths by the names to tell.
  init(_ folders: [String: String]) {
    for (name, path) in folders {
      names[inotify_add_watch(descriptor, path, UInt32(IN_OPEN))] = name
    }
  }

  deinit { close(descriptor) }

  /// The names of the folders in the order of being opened, without repetitions in a row.
  func order() -> [String] {
    var order: [String] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      guard count > 0 else { return order }
      var offset = 0
      while offset < count {
        let (watch, length) = buffer.withUnsafeBytes {
          (
            $0.loadUnaligned(fromByteOffset: offset, as: Int32.self),
            $0.loadUnaligned(fromByteOffset: offset + 12, as: UInt32.self)
          )
        }
        if let name = names[watch], name != order.last { order.append(name) }
        offset += 16 + Int(length)
      }
    }
  }
}

import Foundation
import Glibc

/// What a claim's file says.
package struct ClaimNote: Hashable, Sendable, Codable {
  /// Who works on the artifact.
  package let owner: Owner
  /// Twenty digits that count up while the owner lives.
  package let heartbeat: String
  /// The name of the owner's machine, for people.
  package var machine: String?
}

/// An artifact that this process has said it works on.
///
/// The claim is on the artifact's walk: its key is the artifact's `walkID`.
///
/// Claims only save work: whoever computes an artifact without one, or after losing one, publishes
/// the same bits or finds them published.
final class Claim: @unchecked Sendable {
  private let path: String
  private let descriptor: Int32
  private let heartbeatOffset: Int
  private let lock = NSLock()
  private var beats: UInt64 = 0
  private var isReleased = false

  fileprivate init(path: String, descriptor: Int32, heartbeatOffset: Int) {
    self.path = path
    self.descriptor = descriptor
    self.heartbeatOffset = heartbeatOffset
  }

  deinit { close(descriptor) }

  /// Counts the heartbeat up, in place: if the claim was broken, this writes to a file without name
  /// and not into the next owner's claim.
  func beat() {
    lock.withLock {
      beats += 1
      let text = Claim.digits(beats)
      _ = text.withCString { pwrite(descriptor, $0, 20, off_t(heartbeatOffset)) }
    }
  }

  /// Gives the claim up.
  func release() {
    lock.withLock {
      guard !isReleased else { return }
      isReleased = true
      var mine = stat()
      var current = stat()
      guard fstat(descriptor, &mine) == 0, lstat(path, &current) == 0,
        mine.st_ino == current.st_ino, mine.st_dev == current.st_dev
      else { return }
      unlink(path)
    }
  }

  /// A heartbeat's twenty digits.
  static func digits(_ count: UInt64) -> String {
    let text = String(count)
    return String(repeating: "0", count: 20 - text.utf8.count) + text
  }
}

/// The outcome of asking for a claim.
enum ClaimAttempt {
  case taken(Claim)
  case held(by: ClaimNote)
}

extension Store {
  /// Asks for the claim on an artifact; a dead process's claim is broken.
  ///
  /// - Throws: `LaboratoryError.storeNotWritable`, `.diskFull` or `.unreadable`.
  func claim(_ key: Key) throws -> ClaimAttempt {
    let temporary = paths.newTemporary(for: "claim")
    let note = ClaimNote(owner: .current, heartbeat: Claim.digits(0), machine: Owner.machineName)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let bytes = try encoder.encode(note)
    let marker = Data(#""heartbeat":""#.utf8)
    guard let offset = bytes.range(of: marker)?.upperBound else {
      preconditionFailure("a claim has a heartbeat")
    }
    let descriptor = open(temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw FileSystem.writeFailure(temporary) }
    defer { unlink(temporary) }
    let claim = Claim(
      path: paths.claim(on: key), descriptor: descriptor, heartbeatOffset: offset)
    let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    guard written == bytes.count else {
      throw FileSystem.writeFailure(temporary, code: written < 0 ? errno : ENOSPC)
    }
    while true {
      // A link, not O_EXCL: so the claim appears with its contents, never empty.
      if link(temporary, paths.claim(on: key)) == 0 { return .taken(claim) }
      guard errno == EEXIST else { throw FileSystem.writeFailure(paths.claim(on: key)) }
      switch try claimStatus(of: key) {
      case .none: continue
      case .unreadable: _ = try breakClaim(key, observed: nil)
      case .held(let note):
        guard note.owner.life == .dead else { return .held(by: note) }
        _ = try breakClaim(key, observed: note)
      }
    }
  }

  /// What stands at the place of a claim.
  enum ClaimStatus: Hashable {
    case none
    case held(ClaimNote)
    /// Not a claim: what a power cut left of one.
    case unreadable
  }

  /// Reads the claim on an artifact.
  func claimStatus(of key: Key) throws -> ClaimStatus {
    let path = paths.claim(on: key)
    // A folder or a link cannot be read as a claim is, and yet keeps one from being made.
    guard FileSystem.size(ofFile: path) != nil else {
      return FileSystem.isThere(path) && FileSystem.size(ofFile: path) == nil ? .unreadable : .none
    }
    guard let bytes = try FileSystem.read(path) else { return .none }
    guard let note = try? JSONDecoder().decode(ClaimNote.self, from: bytes) else {
      return .unreadable
    }
    return .held(note)
  }

  /// Breaks a claim whose owner was found dead; false if it is another one's by now.
  ///
  /// The claim is renamed away, which only one process can do. If what was renamed is not what was
  /// observed (somebody was faster and holds a new claim), it is put back.
  func breakClaim(_ key: Key, observed: ClaimNote?) throws -> Bool {
    let away = paths.newTemporary(for: "broken")
    guard try FileSystem.move(paths.claim(on: key), to: away) else { return false }
    defer { try? FileSystem.remove(away) }
    let note = (try? FileSystem.read(away)).flatMap {
      try? JSONDecoder().decode(ClaimNote.self, from: $0)
    }
    if note?.owner == observed?.owner { return true }
    link(away, paths.claim(on: key))
    return false
  }
}

import Foundation
import Recipes
import Suites
import Wording

/// A notebook's file, which one process at a time may rewrite.
///
/// It is written aside, synchronized and renamed into place, so that it is whole at every moment. The lock is of the file
/// itself and passes to the one that takes its place: it leaves nothing behind and ends with the process.
final class NotebookFile {
  /// A file that cannot be written, or was changed by others meanwhile.
  struct Failure: Error, Hashable, CustomStringConvertible {
    let description: String
  }

  private let url: URL
  private let file: String
  private var descriptor: Int32
  /// What the file holds.
  private(set) var text: String

  /// Opens the file at `url`; `wait` is told where another process has it.
  init(_ url: URL, waiting wait: () -> Void) throws {
    file = url.relativePath
    self.url = url.resolvingSymlinksInPath()
    var told = false
    while true {
      let opened = open(self.url.path, O_RDONLY | O_CLOEXEC)
      guard opened >= 0 else {
        // Says in its own words what is wrong.
        _ = try TextFile.read(url)
        throw Failure(
          description: "\(file): \(SystemReason.words(ofCode: errno)); check its permissions")
      }
      if flock(opened, LOCK_EX | LOCK_NB) != 0 {
        if !told { wait() }
        told = true
        while flock(opened, LOCK_EX) != 0, errno == EINTR {}
      }
      if Self.isAt(self.url, opened) {
        descriptor = opened
        break
      }
      // Another process has put its text in the place of what was opened.
      close(opened)
    }
    text = ""
    text = try TextFile.read(url)
  }

  deinit { close(descriptor) }

  private static func isAt(_ url: URL, _ descriptor: Int32) -> Bool {
    var (mine, there) = (stat(), stat())
    return fstat(descriptor, &mine) == 0 && stat(url.path, &there) == 0
      && mine.st_ino == there.st_ino && mine.st_dev == there.st_dev
  }

  /// Puts `text` in the place of what the file holds.
  func write(_ text: String) throws {
    guard text != self.text else { return }
    guard Self.isAt(url, descriptor), try TextFile.read(url) == self.text else {
      throw Failure(
        description:
          "\(file): was changed while its cells ran, and is left as it is; run it again: what suites computed is in the store"
      )
    }
    let aside = url.deletingLastPathComponent()
      .appending(path: ".\(url.lastPathComponent).being-written-\(getpid())")
    let next = open(aside.path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    do {
      guard next >= 0 else { throw unwritable() }
      var former = stat()
      if fstat(descriptor, &former) == 0 { fchmod(next, former.st_mode & 0o7777) }
      guard flock(next, LOCK_EX) == 0 else { throw unwritable() }
      try FileHandle(fileDescriptor: next, closeOnDealloc: false).write(contentsOf: Data(text.utf8))
      guard fsync(next) == 0, rename(aside.path, url.path) == 0 else { throw unwritable() }
    } catch {
      if next >= 0 { close(next) }
      unlink(aside.path)
      throw error
    }
    close(descriptor)
    (descriptor, self.text) = (next, text)
  }

  private func unwritable() -> Failure {
    Failure(
      description:
        "\(file): cannot be written: \(SystemReason.words(ofCode: errno)); its earlier text stays")
  }
}

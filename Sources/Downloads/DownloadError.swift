/// How a user places a dataset's files without this program's help.
package struct ByHand: Hashable, Sendable {
  /// Names of the files.
  package let files: [String]
  /// The address below which they are.
  package let source: String
  /// The folder that they belong into.
  package let folder: String

  fileprivate var sentence: String {
    "or name another mirror with --from URL, or by hand put \(files.joined(separator: ", ")) from "
      + "\(source) into \(folder) and run the same command, which checks their SHA-256"
  }
}

/// Why a dataset could not be fetched.
package enum DownloadError: Error, Hashable, Sendable {
  /// The server could not be reached, or the transfer broke off, every time that it was tried; `kept` bytes
  /// of the file are there.
  case transfer(url: String, reason: String, attempts: Int, kept: Int, byHand: ByHand)
  /// The server has no such file.
  case status(url: String, code: Int, byHand: ByHand)
  /// The server sends more than the published file has.
  case tooLarge(url: String, largest: Int, byHand: ByHand)
  /// What came is not what was published, even when fetched anew.
  case digest(url: String, expected: String, found: String, byHand: ByHand)
  /// An archive that cannot be unpacked, or lacks something.
  case archive(file: String, problem: String)
  /// A file or folder that cannot be written.
  case unwritable(path: String, reason: String)
}

extension DownloadError: CustomStringConvertible {
  /// The sentence shown to users.
  package var description: String {
    switch self {
    case .transfer(let url, let reason, let attempts, let kept, let byHand):
      "\(url): \(reason), \(attempts) times; "
        + (kept > 0
          ? "\(kept) bytes have come and are kept: run the same command to go on from there, "
          : "nothing has come: try again, ")
        + byHand.sentence
    case .status(let url, let code, let byHand):
      "\(url): the server answers \(code); check the address, \(byHand.sentence)"
    case .tooLarge(let url, let largest, let byHand):
      "\(url): the server sends more than \(largest) bytes, which is more than was published; try "
        + "again, \(byHand.sentence)"
    case .digest(let url, let expected, let found, let byHand):
      "\(url): the SHA-256 is \(found.prefix(12))… where \(expected.prefix(12))… was published, also "
        + "when fetched anew; try again, \(byHand.sentence)"
    case .archive(let file, let problem):
      "\(file): \(problem); run the command again, or name another mirror with --from URL"
    case .unwritable(let path, let reason):
      "\(path): cannot be written (\(reason)); check its permissions and the space left"
    }
  }
}

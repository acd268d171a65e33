/// Why a dataset could not be fetched.
package enum DownloadError: Error, Hashable, Sendable {
  /// The server could not be reached, or the transfer broke off, every time that it was tried.
  case transfer(url: String, reason: String, attempts: Int)
  /// The server has no such file.
  case status(url: String, code: Int)
  /// What came is not what was published, even when fetched anew.
  case digest(url: String, expected: String, found: String)
  /// An archive that cannot be unpacked, or lacks something.
  case archive(file: String, problem: String)
  /// A file or folder that cannot be written.
  case unwritable(path: String, reason: String)
}

extension DownloadError: CustomStringConvertible {
  /// The sentence shown to users.
  package var description: String {
    switch self {
    case .transfer(let url, let reason, let attempts):
      "\(url): \(reason), \(attempts) times; what has come is kept, and the same command goes on from "
        + "there"
    case .status(let url, let code):
      "\(url): the server answers \(code); name another mirror with --from URL"
    case .digest(let url, let expected, let found):
      "\(url): the SHA-256 is \(found.prefix(12))… where \(expected.prefix(12))… was published, also "
        + "when fetched anew; name another mirror with --from URL"
    case .archive(let file, let problem):
      "\(file): \(problem); run the command again, or name another mirror with --from URL"
    case .unwritable(let path, let reason):
      "\(path): cannot be written (\(reason)); check its permissions and the space left"
    }
  }
}

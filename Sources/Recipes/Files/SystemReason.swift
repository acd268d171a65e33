import Foundation

/// Why the system refused, in words that mean something to users.
package enum SystemReason {
  /// What errno(3) says, beginning in lower case.
  package static func words(ofCode code: Int32) -> String {
    let words = String(cString: strerror(code))
    return words.prefix(1).lowercased() + words.dropFirst()
  }

  /// The reason within an error of Foundation's, which names itself by domain and number.
  package static func words(_ error: any Error) -> String {
    if let error = error as? POSIXError { return words(ofCode: error.code.rawValue) }
    let error = error as NSError
    if error.domain == NSPOSIXErrorDomain {
      return words(ofCode: Int32(truncatingIfNeeded: error.code))
    }
    if let cause = error.userInfo[NSUnderlyingErrorKey] as? any Error { return words(cause) }
    guard error.domain == NSCocoaErrorDomain else { return "\(error)" }
    switch CocoaError.Code(rawValue: error.code) {
    case .fileNoSuchFile, .fileReadNoSuchFile: return words(ofCode: ENOENT)
    case .fileReadNoPermission, .fileWriteNoPermission: return words(ofCode: EACCES)
    case .fileWriteOutOfSpace: return words(ofCode: ENOSPC)
    case .fileWriteVolumeReadOnly: return words(ofCode: EROFS)
    case .fileWriteFileExists: return words(ofCode: EEXIST)
    case .fileReadTooLarge: return words(ofCode: EFBIG)
    case .fileReadInapplicableStringEncoding, .fileReadCorruptFile: return "it is no text in UTF-8"
    default: return "the system gives no reason"
    }
  }
}

import Foundation
import FoundationNetworking
import Recipes

/// One attempt to bring a partial file to its end over HTTP.
///
/// Asks for what is missing with `Range`; a server that sends everything all the same, or that says
/// that the part is longer than the file, makes the file begin anew.
final class Transfer: NSObject, URLSessionDataDelegate, @unchecked Sendable {
  /// How an attempt ended.
  enum Outcome: Equatable {
    /// All bytes that the server states are there.
    case complete
    /// Trying again may help.
    case interrupted(String)
    /// Trying again does not help.
    case refused(Int)
    /// More would come than the file has.
    case tooLarge
    /// The file cannot be written.
    case unwritable(String)
  }

  // The delegate's queue runs one call at a time, and `run` reads only after the last.
  private let path: String
  private let largest: Int
  private let progress: @Sendable (_ done: Int, _ total: Int?) -> Void
  private let ended = DispatchSemaphore(value: 0)
  private var file: FileHandle?
  private var done = 0
  private var total: Int?
  private var failure: Outcome?

  private init(
    path: String, largest: Int, progress: @escaping @Sendable (Int, Int?) -> Void
  ) {
    self.path = path
    self.largest = largest
    self.progress = progress
  }

  /// Appends to the file at `path` what `url` has beyond its end, up to `largest` bytes in all, whatever the
  /// server says of its length.
  static func run(
    _ url: URL, to path: String, largest: Int, silence: Double,
    progress: @escaping @Sendable (_ done: Int, _ total: Int?) -> Void
  ) -> Outcome {
    let transfer = Transfer(path: path, largest: largest, progress: progress)
    if !FileManager.default.fileExists(atPath: path) {
      guard FileManager.default.createFile(atPath: path, contents: nil) else {
        return .unwritable(String(cString: strerror(errno)))
      }
    }
    do {
      let file = try FileHandle(forUpdating: URL(filePath: path))
      // A part that is longer than the file is none of it.
      if try file.seekToEnd() > UInt64(largest) { try file.truncate(atOffset: 0) }
      transfer.done = Int(try file.seekToEnd())
      transfer.file = file
    } catch {
      return .unwritable(SystemReason.words(error))
    }
    let configuration = URLSessionConfiguration.ephemeral
    configuration.timeoutIntervalForRequest = silence
    let queue = OperationQueue()
    queue.maxConcurrentOperationCount = 1
    let session = URLSession(
      configuration: configuration, delegate: transfer, delegateQueue: queue)
    var request = URLRequest(url: url)
    if transfer.done > 0 {
      request.setValue("bytes=\(transfer.done)-", forHTTPHeaderField: "Range")
    }
    // What is digested is what the server stores.
    request.setValue("identity", forHTTPHeaderField: "Accept-Encoding")
    session.dataTask(with: request).resume()
    transfer.ended.wait()
    session.finishTasksAndInvalidate()
    try? transfer.file?.close()
    return transfer.outcome
  }

  private var outcome: Outcome {
    if let failure { return failure }
    if let total, done < total { return .interrupted("the transfer broke off") }
    return .complete
  }

  func urlSession(
    _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
    completionHandler: @escaping (URLSession.ResponseDisposition) -> Void
  ) {
    let answer = response as? HTTPURLResponse
    let code = answer?.statusCode ?? 0
    let length = answer?.value(forHTTPHeaderField: "Content-Length").flatMap { Int($0) }
    switch code {
    case 206:
      total = length.map { done.addingReportingOverflow($0) }.map { $1 ? .max : $0 }
    case 200, 416:
      // From the beginning, now or with the next attempt.
      do {
        try file?.truncate(atOffset: 0)
        done = 0
      } catch { failure = .unwritable(SystemReason.words(error)) }
      total = length
      if code == 416 { failure = failure ?? .interrupted("the part does not fit the file") }
    case 408, 429, 500...: failure = .interrupted("the server answers \(code)")
    default: failure = .refused(code)
    }
    if failure == nil, let total, !(0...largest).contains(total) { failure = .tooLarge }
    completionHandler(failure == nil ? .allow : .cancel)
  }

  func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
    guard failure == nil else { return }
    guard data.count <= largest - done else {
      failure = .tooLarge
      dataTask.cancel()
      return
    }
    do {
      try file?.write(contentsOf: data)
      done += data.count
      progress(done, total)
    } catch {
      failure = .unwritable(SystemReason.words(error))
      dataTask.cancel()
    }
  }

  func urlSession(
    _ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?
  ) {
    if let error, failure == nil { failure = .interrupted(error.localizedDescription) }
    ended.signal()
  }
}

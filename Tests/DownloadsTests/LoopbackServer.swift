import Foundation
import Glibc
import Synchronization

/// A server on this machine's loopback address that serves files over HTTP, as soundly as it is told to.
final class LoopbackServer: Sendable {
  /// What a request gets.
  enum Behaviour {
    /// The file, or the part of it that was asked for.
    case sound
    /// The header of all, but only so many bytes.
    case truncated(Int)
    /// The right number of bytes, one of them wrong.
    case corrupt
    /// All of the file, whatever part was asked for.
    case whole
    /// No file but this status.
    case status(Int)
    /// The file, or the part of it, and a header that says another length, or none.
    case claims(String)
    /// Bytes without end, and no length.
    case endless
  }

  /// One request as it came.
  struct Request: Equatable {
    let path: String
    let range: String?
  }

  private let socket: CInt
  private let port: UInt16
  private let log = Mutex<[Request]>([])
  private let behaviour: @Sendable (Int) -> Behaviour
  private let files: [String: Data]

  /// Serves `files` by path; `behaviour` is asked with the number of the request, from 0.
  init(
    _ files: [String: Data], _ behaviour: @escaping @Sendable (Int) -> Behaviour = { _ in .sound }
  ) {
    self.files = files
    self.behaviour = behaviour
    let socket = Glibc.socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
    self.socket = socket
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let (listening, port) = withUnsafeMutableBytes(of: &address) { bytes in
      let pointer = bytes.assumingMemoryBound(to: sockaddr.self).baseAddress!
      let isListening =
        bind(socket, pointer, size) == 0 && listen(socket, 8) == 0
        && getsockname(socket, pointer, &size) == 0
      return (isListening, bytes.assumingMemoryBound(to: sockaddr_in.self)[0].sin_port.bigEndian)
    }
    precondition(listening, "no socket to listen on")
    self.port = port
    Thread.detachNewThread { [self] in
      while true {
        let connection = accept(socket, nil, nil)
        if connection < 0 { return }
        answer(connection)
        close(connection)
      }
    }
  }

  var url: URL { URL(string: "http://127.0.0.1:\(port)/")! }

  /// Requests so far.
  var requests: [Request] { log.withLock { $0 } }

  func stop() {
    shutdown(socket, CInt(SHUT_RDWR))
    close(socket)
  }

  private func answer(_ connection: CInt) {
    var head = Data()
    var buffer = [UInt8](repeating: 0, count: 4096)
    while head.range(of: Data("\r\n\r\n".utf8)) == nil {
      let count = recv(connection, &buffer, buffer.count, 0)
      guard count > 0 else { return }
      head += buffer[..<count]
    }
    let lines = String(decoding: head, as: UTF8.self).components(separatedBy: "\r\n")
    let path = lines[0].split(separator: " ").dropFirst().first.map { String($0.dropFirst()) } ?? ""
    let range = lines.first { $0.lowercased().hasPrefix("range:") }
      .map { $0.dropFirst(6).trimmingCharacters(in: .whitespaces) }
    let index = log.withLock { log in
      log.append(Request(path: path, range: range))
      return log.count - 1
    }
    guard let file = files[path] else { return send(connection, 404, Data(), 0) }
    let start = range.flatMap { Int($0.dropFirst("bytes=".count).dropLast()) } ?? 0
    guard start < file.count || start == 0 else { return send(connection, 416, Data(), 0) }
    let part = Data(file[start...])
    let code = range == nil ? 200 : 206
    switch behaviour(index) {
    case .sound: send(connection, code, part, part.count)
    case .truncated(let count): send(connection, code, part.prefix(count), part.count)
    case .corrupt:
      var wrong = part
      wrong[wrong.count / 2] ^= 1
      send(connection, code, wrong, part.count)
    case .whole: send(connection, 200, file, file.count)
    case .status(let code): send(connection, code, Data(), 0)
    case .claims(let length): send(connection, code, part, length)
    case .endless:
      var rest = Data("HTTP/1.1 200 X\r\nConnection: close\r\n\r\n".utf8)
      while send(connection, rest) { rest = Data(repeating: 7, count: 1 << 16) }
    }
  }

  private func send(_ connection: CInt, _ code: Int, _ body: Data, _ length: Int) {
    send(connection, code, body, "\(length)")
  }

  private func send(_ connection: CInt, _ code: Int, _ body: Data, _ length: String) {
    let head = "HTTP/1.1 \(code) X\r\nContent-Length: \(length)\r\nConnection: close\r\n\r\n"
    _ = send(connection, Data(head.utf8) + body)
  }

  /// Whether the other side took everything.
  private func send(_ connection: CInt, _ data: Data) -> Bool {
    var rest = data
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Glibc.send(connection, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      rest = Data(rest.dropFirst(count))
    }
    return true
  }
}

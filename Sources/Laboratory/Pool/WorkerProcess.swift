import Foundation
import Glibc
import Wording

/// A worker process as its coordinator sees it.
final class WorkerProcess {
  let pid: pid_t
  /// Its number among the workers of the run, from 0.
  let number: Int
  /// Where reports come from.
  let output: Int32
  /// Where the process prints; -1, which poll(2) passes over, after it closed its end.
  private(set) var errors: Int32
  /// Whether it accepted its settings.
  var isReady = false
  /// What it works on: the first artifact of its walk that is not there yet.
  var artifact: Artifact?
  /// How much of that is done.
  var fraction = 0.0
  /// How it ended; nil until it was waited for.
  private(set) var ending: Ending?
  /// The last lines it printed.
  private(set) var lastLines: [String] = []

  /// Where orders go; -1 once it is closed.
  private(set) var input: Int32
  /// When it was started, by the monotonic clock.
  let startTime = MonotonicClock.seconds()
  private var startReminder = Reminder()
  private var lastLook = 0.0
  private var stop: (start: Double, reminder: Reminder)?
  private var hasGivenUp = false
  /// Orders that it has not taken yet.
  private var orders = Data()
  private var reports = LineBuffer()
  private var printed = LineBuffer()

  /// How a process ended.
  enum Ending: Hashable, CustomStringConvertible {
    case exited(Int32)
    case killed(signal: Int32)

    /// Reads what waitpid(2) says.
    init(status: Int32) {
      let signal = status & 0x7f
      self = signal == 0 ? .exited((status >> 8) & 0xff) : .killed(signal: signal)
    }

    var description: String {
      switch self {
      case .exited(let code): "ended with exit code \(code)"
      case .killed(let signal):
        "was killed by signal \(signal) (\(String(cString: strsignal(signal))))"
          + (signal == SIGKILL ? ", perhaps for want of memory" : "")
      }
    }
  }

  /// Starts a process with our own ends of its standard input, output and error.
  ///
  /// Our ends are closed on exec, in one step with their creation: if another worker inherited that
  /// of this one's input, closing it here would not end this one.
  ///
  /// - Throws: `LaboratoryError.workerNotFound` or `.workerDoesNotStart`.
  init(executable: String, arguments: [String], environment: [String: String], number: Int) throws {
    self.number = number
    // Sockets, not pipes: they can be made closed on exec, and written without raising SIGPIPE.
    let stream = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    var inputEnds: [Int32] = [-1, -1]
    var outputEnds: [Int32] = [-1, -1]
    var errorEnds: [Int32] = [-1, -1]
    guard socketpair(AF_UNIX, stream, 0, &inputEnds) == 0,
      socketpair(AF_UNIX, stream, 0, &outputEnds) == 0,
      socketpair(AF_UNIX, stream, 0, &errorEnds) == 0
    else {
      let reason = String(cString: strerror(errno))
      for end in inputEnds + outputEnds + errorEnds where end >= 0 { close(end) }
      throw LaboratoryError.workerDoesNotStart(
        path: executable, ending: "could not be started: \(reason)", lastLines: [])
    }
    defer { for end in [inputEnds[1], outputEnds[1], errorEnds[1]] { close(end) } }

    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, inputEnds[1], STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, outputEnds[1], STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, errorEnds[1], STDERR_FILENO)

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // A terminal's ^C reaches the workers too, maybe before they could say that they ignore it.
    var held = sigset_t()
    sigemptyset(&held)
    sigaddset(&held, SIGINT)
    posix_spawnattr_setsigmask(&attributes, &held)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))

    var argumentPointers = ([executable] + arguments).map { strdup($0) } + [nil]
    var environmentPointers =
      environment.merging([WorkerEnvironment.numberVariable: "\(number)"]) { $1 }
      .map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for pointer in argumentPointers + environmentPointers { free(pointer) } }
    var pid: pid_t = 0
    let code = posix_spawn(
      &pid, executable, &actions, &attributes, &argumentPointers, &environmentPointers)
    guard code == 0 else {
      for end in [inputEnds[0], outputEnds[0], errorEnds[0]] { close(end) }
      guard ![ENOENT, EACCES, ENOEXEC, ENOTDIR].contains(code) else {
        throw LaboratoryError.workerNotFound(path: executable)
      }
      let reason = String(cString: strerror(code))
      throw LaboratoryError.workerDoesNotStart(
        path: executable, ending: "could not be started: \(reason)", lastLines: [])
    }
    self.pid = pid
    input = inputEnds[0]
    output = outputEnds[0]
    errors = errorEnds[0]
    for end in [input, output, errors] { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
  }

  /// What to tell the user, seldom, of a process that keeps the run waiting: one that is not ready (large
  /// libraries on a slow disk, or no worker at all), or was stopped.
  ///
  /// - Parameter now: seconds of the monotonic clock; looks come seconds apart, however often it is called.
  func notice(of program: String, at now: Double) -> String? {
    guard now - lastLook >= ClaimWatch.heartbeatSeconds else { return nil }
    lastLook = now
    if ProcessState.isStopped(pid) {
      var stop = stop ?? (now, Reminder())
      let isDue = stop.reminder.isDue(after: now - stop.start)
      self.stop = stop
      guard isDue else { return nil }
      let work = artifact.map { ", which has \($0.label)," } ?? ""
      return "worker process \(pid)\(work) is stopped for at least"
        + " \(Format.duration(seconds: now - stop.start)) (\(ProcessState.remedy(pid)))"
    }
    stop = nil
    guard !isReady, startReminder.isDue(after: now - startTime) else { return nil }
    return "waiting for worker process \(pid) (\(program)), started"
      + " \(Format.duration(seconds: now - startTime)) ago"
  }

  /// Gives an order, which the process takes now or when it can.
  func send(_ order: WorkerOrder) {
    orders += MessageLine.encode(order)
    sendOrders()
  }

  /// What poll(2) should watch its input for: room for orders, and in any case that it was closed.
  var inputEvents: Int16 { orders.isEmpty ? 0 : Int16(POLLOUT) }

  /// Sends what it takes of the orders, without waiting.
  ///
  /// A process that cannot be told what to do is killed, so that it is mourned and not waited for.
  func sendOrders() {
    while !orders.isEmpty {
      let count = orders.withUnsafeBytes {
        Glibc.send(input, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count < 0 && errno == EINTR { continue }
      if count < 0 && errno == EAGAIN { return }
      guard count > 0 else {
        if [EPIPE, ECONNRESET].contains(errno) { return inputWasClosed() }
        return giveUp("its orders could not be sent: \(String(cString: strerror(errno)))")
      }
      orders = Data(orders.dropFirst(count))
    }
  }

  /// Kills a process that lives without its input, as it will never be told anything.
  func inputWasClosed() {
    orders = Data()
    // A process that ends closes its output a moment later, and needs no help.
    var end = pollfd(fd: output, events: 0, revents: 0)
    guard !hasGivenUp, poll(&end, 1, 200) == 0 else { return }
    giveUp("it closed its standard input, where its orders come from")
  }

  private func giveUp(_ reason: String) {
    orders = Data()
    hasGivenUp = true
    lastLines.append(reason)
    kill(pid, SIGKILL)
  }

  /// Reads what there is, without waiting.
  ///
  /// - Returns: the reports, and whether no more will come: the process is dead, or does not speak
  ///   the language of workers.
  func receive() -> (reports: [WorkerReport], isOver: Bool) {
    let (lines, isOver) = drain(output, into: &reports)
    var received: [WorkerReport] = []
    for line in lines {
      guard let report = MessageLine.decode(WorkerReport.self, from: line) else {
        return (received, true)
      }
      received.append(report)
    }
    return (received, isOver)
  }

  /// Keeps the last lines that the process printed.
  func listen() {
    guard errors >= 0 else { return }
    let (lines, isOver) = drain(errors, into: &printed)
    lastLines += lines.map { String(decoding: $0, as: UTF8.self) }
    lastLines.removeFirst(max(lastLines.count - 10, 0))
    if isOver { closeErrors() }
  }

  private func closeErrors() {
    guard errors >= 0 else { return }
    close(errors)
    errors = -1
  }

  private func drain(_ end: Int32, into buffer: inout LineBuffer) -> (lines: [Data], isOver: Bool) {
    var lines: [Data] = []
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(end, &bytes, bytes.count)
      if count > 0 {
        lines += buffer.append(bytes[..<count])
      } else if count == 0 {
        return (lines, true)
      } else if errno != EINTR {
        return (lines, errno != EAGAIN)
      }
    }
  }

  /// Closes the process's standard input, which ends it.
  func dismiss() {
    guard input >= 0 else { return }
    close(input)
    input = -1
  }

  /// Waits for the process to end, and kills it after some seconds, then frees all it held.
  @discardableResult
  func bury(patience: Double) -> Ending {
    if let ending { return ending }
    dismiss()
    var status: Int32 = 0
    let deadline = MonotonicClock.seconds() + patience
    while waitpid(pid, &status, WNOHANG) == 0 {
      if MonotonicClock.seconds() < deadline {
        usleep(2000)
      } else {
        kill(pid, SIGKILL)
      }
    }
    listen()
    let unfinished = String(decoding: printed.rest, as: UTF8.self)
    if !unfinished.isEmpty { lastLines.append(unfinished) }
    close(output)
    closeErrors()
    let ending = Ending(status: status)
    self.ending = ending
    return ending
  }
}

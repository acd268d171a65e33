import Foundation
import Glibc
import Testing

@testable import Laboratory

struct OwnerTests {
  func owner(pid: Int32? = nil, startTime: UInt64? = nil, host: String? = nil) -> Owner {
    let me = Owner.current
    return Owner(
      pid: pid ?? me.pid, startTime: startTime ?? me.startTime, boot: me.boot,
      host: host ?? me.host)
  }

  @Test func thisProcessLives() { #expect(owner().life == .alive) }

  @Test func aReusedProcessIdIsNotItsOwner() {
    #expect(owner(startTime: Owner.current.startTime &+ 1).life == .dead)
  }

  @Test func anEndedProcessIsDead() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/true")
    try process.run()
    process.waitUntilExit()
    #expect(owner(pid: process.processIdentifier).life == .dead)
  }

  @Test func aCorpseIsDead() throws {
    var pid: pid_t = 0
    #expect(posix_spawn(&pid, "/bin/true", nil, nil, [strdup("true"), nil], environ) == 0)
    // Not waited for yet, so it stays in /proc.
    wait(for: "the process ends") { Owner.startTime(of: pid) == nil }
    #expect(access("/proc/\(pid)", F_OK) == 0)
    waitpid(pid, nil, 0)
  }

  @Test func anotherHostsProcessesAreUnknown() {
    #expect(owner(host: "0123456789abcdef").life == .unknown)
  }

  @Test func readsTheStartTimeAfterAnyName() {
    let fields = (4...21).map { "\($0)" }.joined(separator: " ")
    #expect(Owner.startTime(fromStat: "7 (a) b) S 1) R \(fields) 4242 0 0") == 4242)
    #expect(Owner.startTime(fromStat: "7 (a) Z \(fields) 4242 0 0") == nil)
    #expect(Owner.startTime(fromStat: "7 (a) S 1 2") == nil)
    #expect(Owner.startTime(fromStat: "") == nil)
  }

  @Test func tellsNoNames() throws {
    let hostname = ProcessInfo.processInfo.hostName
    let text = String(decoding: try JSONEncoder().encode(Owner.current), as: UTF8.self)
    #expect(!text.contains(hostname))
    #expect(Owner.current.host.count == 16)
  }

  @Test func survivesAFileName() throws {
    let read = try #require(Owner(tag: Owner.current.tag))
    #expect(read.life == .alive)
    #expect(read.tag == Owner.current.tag)
    for odd in ["", "a-b-c", "0123456789abcdef-1", "0123456789abcdef-x-1"] {
      #expect(Owner(tag: odd) == nil)
    }
  }
}

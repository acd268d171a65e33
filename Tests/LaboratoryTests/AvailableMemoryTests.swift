import Testing

@testable import Laboratory

struct AvailableMemoryTests {
  @Test func readsWhatTheSystemTells() {
    let text = "MemTotal:       24571612 kB\nMemFree:  1 kB\nMemAvailable:   23068672 kB\n"
    #expect(AvailableMemory.bytes(meminfo: text) == 23_068_672 * 1024)
  }

  @Test func containersHaveWhatTheirLimitLeaves() {
    #expect(AvailableMemory.bytes(limit: "1000\n", used: "300\n") == 700)
    #expect(AvailableMemory.bytes(limit: "1000\n", used: "1300\n") == 0)
    #expect(AvailableMemory.bytes(limit: "max\n", used: "300\n") == nil)
    #expect(AvailableMemory.bytes(limit: "", used: "") == nil)
  }

  @Test(arguments: ["", "MemFree: 1 kB\n", "MemAvailable: many kB\n", "MemAvailable: 3 MB\n"])
  func saysSoWhereNothingIsTold(_ text: String) {
    #expect(AvailableMemory.bytes(meminfo: text) == nil)
  }
}

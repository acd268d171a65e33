import Foundation

/// The processor that did the work, for the provenance of records; no host names, no paths.
package struct Processor: Hashable, Sendable, Codable {
  /// The model as its maker names it; `unknown` where the system does not tell.
  package let model: String
  /// How many logical processors there are.
  package let cores: Int

  /// The processor of this machine.
  package static func current() -> Processor {
    Processor(cpuinfo: FileSystem.text("/proc/cpuinfo"))
  }

  /// Reads the text of `/proc/cpuinfo`.
  init(cpuinfo: String) {
    let fields = cpuinfo.split(separator: "\n").compactMap {
      line -> (name: String, value: String)? in
      guard let colon = line.firstIndex(of: ":") else { return nil }
      let trim = { (part: Substring) in String(part).trimmingCharacters(in: .whitespaces) }
      return (trim(line[..<colon]), trim(line[line.index(after: colon)...]))
    }
    model = fields.first { $0.name == "model name" || $0.name == "Model" }?.value ?? "unknown"
    cores = max(fields.count { $0.name == "processor" }, 1)
  }
}

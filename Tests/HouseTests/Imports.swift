import Foundation

/// What each target may import, as `Package.swift` says, and what its files do import.
struct Imports {
  /// Modules that every target may import.
  static let everywhere: Set<String> = [
    "Foundation", "FoundationXML", "Glibc", "Dispatch", "Synchronization", "Testing",
  ]
  /// System libraries and the only rooms that may import them.
  static let reserved: [String: Set<String>] = [
    "CTorch": ["Tensors"], "CKernels": ["Tensors"], "CPrograms": ["Programs"],
    "CGSL": ["Randomness", "Statistics"],
    "CZlib": ["Readers", "Downloads"],
    "FoundationNetworking": ["Downloads"], "CJPEG": ["Images"], "CPNG": ["Images"],
    "CMark": ["Notebooks"],
  ]

  /// Names of products by the variable that stands for them in the manifest.
  static let products = ["argumentParser": "ArgumentParser", "crypto": "Crypto", "yams": "Yams"]

  /// Modules by target, from the manifest's `room` and `door` lines.
  let allowed: [String: Set<String>]
  /// Modules by target of tests, from its `tests` lines.
  let allowedInTests: [String: Set<String>]
  /// Targets that are built for their programs: to need one is no import.
  private let programs: Set<String>

  init(manifest: String) {
    var targets: [Substring: [String: Set<String>]] = [:]
    let target = /(room|door|tests)\(\s*"([^"]+)",\s*uses:\s*\[([^\]]*)\]/
    for match in manifest.matches(of: target) {
      let modules = match.3.split(separator: ",")
        .map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
        .filter { !$0.isEmpty }
        .map { Self.products[$0] ?? $0.trimmingCharacters(in: ["\""]) }
      targets[match.1, default: [:]][String(match.2)] = Set(modules)
    }
    let doors = targets["door", default: [:]]
    allowed = targets["room", default: [:]].merging(doors) { room, _ in room }
    allowedInTests = targets["tests", default: [:]]
    let executables = manifest.matches(of: /executableTarget\(\s*name:\s*"([^"]+)"/)
    programs = Set(doors.keys).union(executables.map { String($0.1) })
  }

  /// The modules that `source` imports.
  private static func modules(in source: String) -> [String] {
    source.split(separator: "\n").compactMap { line -> String? in
      let words = line.split(separator: " ").drop {
        [
          "package", "public", "internal", "@preconcurrency", "@testable", "private", "fileprivate",
        ].contains($0)
      }
      return words.first == "import" ? words.dropFirst().last.map(String.init) : nil
    }
  }

  /// Sentences about modules that the manifest lets `target` import, or its tests, and none of `sources`, all of
  /// its files, imports.
  func unused(of target: String, in sources: [String]) -> [String] {
    let uses = allowed[target] ?? allowedInTests[target] ?? []
    let imported = sources.reduce(into: Set<String>()) { $0.formUnion(Self.modules(in: $1)) }
    return uses.subtracting(imported).subtracting(programs).sorted().map {
      "\(target) declares \($0) and imports it nowhere"
    }
  }

  /// Sentences about the imports of `source`, a file of `target`, that the manifest does not allow.
  func violations(in source: String, of target: String) -> [String] {
    Self.modules(in: source).compactMap { module in
      if Self.everywhere.contains(module) { return nil }
      let isSystem = module == "FoundationNetworking"
      guard isSystem || allowed[target, default: []].contains(module) else {
        return "\(target) imports \(module) and does not declare it"
      }
      if let rooms = Self.reserved[module], !rooms.contains(target) {
        return
          "\(target) imports \(module), which only \(rooms.sorted().joined(separator: " and ")) may"
      }
      return nil
    }
  }
}

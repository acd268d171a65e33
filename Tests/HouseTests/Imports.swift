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
  ]

  /// Names of products by the variable that stands for them in the manifest.
  static let products = ["argumentParser": "ArgumentParser", "crypto": "Crypto", "yams": "Yams"]

  /// Modules by target, from the manifest's `room` and `door` lines.
  let allowed: [String: Set<String>]

  init(manifest: String) {
    var allowed: [String: Set<String>] = [:]
    let target = /(?:room|door)\(\s*"([^"]+)",\s*uses:\s*\[([^\]]*)\]/
    for match in manifest.matches(of: target) {
      let modules = match.2.split(separator: ",")
        .map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
        .filter { !$0.isEmpty }
        .map { Self.products[$0] ?? $0.trimmingCharacters(in: ["\""]) }
      allowed[String(match.1)] = Set(modules)
    }
    self.allowed = allowed
  }

  /// Sentences about the imports of `source`, a file of `target`, that the manifest does not allow.
  func violations(in source: String, of target: String) -> [String] {
    let modules = source.split(separator: "\n").compactMap { line -> String? in
      let words = line.split(separator: " ").drop {
        ["package", "public", "internal", "@preconcurrency", "private", "fileprivate"].contains($0)
      }
      return words.first == "import" ? words.dropFirst().last.map(String.init) : nil
    }
    return modules.compactMap { module in
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

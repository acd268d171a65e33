import Foundation

extension Field {
  /// Reads a program and its arguments, with the digests of what it depends on.
  ///
  /// - Parameter dependencies: further files and folders, where the suite states any.
  func program(dependingOn dependencies: Field?, _ files: SuiteFiles) -> (
    arguments: [String], digests: [String: String]
  )? {
    let expected = "a program and its arguments, such as [\"python3\", \"my_scores.py\"]"
    guard let entries = list(expected), !entries.isEmpty else {
      if isList { report(.unexpected(found: "an empty list", expected: expected)) }
      return nil
    }
    var digests: [String: String] = [:]
    let arguments = entries.enumerated().compactMap { index, entry -> String? in
      guard let argument = entry.text("an argument; put numbers in quotes as they are") else {
        return nil
      }
      if files.holds(argument) {
        digests[argument] = files.digest(argument, for: entry)
      } else if index > 0, Self.namesFile(argument) {
        entry.report(.missingFiles([argument], remedy: "paths start at the suite's folder"))
      }
      return argument
    }
    let further = dependencies.map { $0.dependencies(files) } ?? [:]
    guard arguments.count == entries.count, let further else { return nil }
    digests.merge(further) { own, _ in own }
    guard files.canRun(arguments[0]) else {
      entries[0].report(.missingProgram(arguments[0]))
      return nil
    }
    if digests.isEmpty { report(.undigestedCommand) }
    return (arguments, digests)
  }

  /// Reads `depends-on:`: the digests of the files and of those in the folders.
  private func dependencies(_ files: SuiteFiles) -> [String: String]? {
    let expected = "files and folders of files, such as [helpers.py, lib]"
    guard let entries = list(expected) else { return nil }
    var digests: [String: String] = [:]
    var isWhole = true
    for entry in entries {
      guard let text = entry.text("a file or a folder") else {
        isWhole = false
        continue
      }
      // One spelling for one place, since the names are in the key.
      let path = (text as NSString).standardizingPath
      let found = files.files(in: path) ?? (files.holds(path) ? [path] : [])
      if found.isEmpty {
        entry.report(.missingFiles([path], remedy: "paths start at the suite's folder"))
        isWhole = false
      }
      for file in found {
        guard let digest = files.digest(file, for: entry) else {
          isWhole = false
          continue
        }
        digests[file] = digest
      }
    }
    return isWhole ? digests : nil
  }

  /// Whether an argument can only be meant as a file of the user's: it ends like a script's name.
  private static func namesFile(_ argument: String) -> Bool {
    !argument.hasPrefix("-")
      && ["jl", "js", "lua", "pl", "py", "r", "rb", "sh", "swift"].contains(
        (argument as NSString).pathExtension.lowercased())
  }

  func seconds() -> Double? {
    parsed("seconds above 0, such as 60s") { text in
      guard let match = text.wholeMatch(of: /([0-9]{1,6}(?:\.[0-9]{1,3})?)s/) else { return nil }
      return Double(match.1).flatMap { $0 > 0 ? $0 : nil }
    }
  }
}

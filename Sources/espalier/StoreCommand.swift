import ArgumentParser
import Foundation
import Laboratory
import Wording

struct StoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "store", abstract: "Look after the store of artifacts.",
    subcommands: [Size.self, Verify.self, Collect.self])

  struct Size: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show what the store holds.")

    @OptionGroup var storeOptions: StoreOptions

    func run() throws {
      let store = try storeOptions.openedAndTold()
      let size = try store.size()
      try say(store.paths.root)
      for (kind, share) in size.artifacts.sorted(by: { $0.key < $1.key }) {
        let artifacts = share.count == 1 ? "artifact" : "artifacts"
        try say("\(kind): \(Format.count(share.count)) \(artifacts), \(Format.bytes(share.bytes))")
      }
      try say("checkpoints: \(size.checkpoints.count), \(Format.bytes(size.checkpoints.bytes))")
      try say("temporary: \(size.temporary.count), \(Format.bytes(size.temporary.bytes))")
      try say("together: \(Format.bytes(size.bytes))")
    }
  }

  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Compare all that the store holds with its digests.",
      discussion: """
        Reads every byte of artifacts (their provenance included) and checkpoints, and says what is damaged; ends with status 1 where anything is. A run finds damage by itself in what it reads.
        """)

    @OptionGroup var storeOptions: StoreOptions

    @Flag(help: "Delete what is damaged; the next run of its suite does it again.")
    var remove = false

    func run() throws {
      let store = storeOptions.opened
      let isTerminal = isatty(STDERR_FILENO) == 1
      let verification = try store.verify { done, total in
        if isTerminal { StandardStreams.tell("\r\u{1B}[K\(done) of \(total) artifacts read") }
      }
      if isTerminal, verification.artifacts > 0 { note("") }
      for finding in verification.findings { try say("\(finding)") }
      let others = verification.others
      try say(
        "read \(Format.count(verification.artifacts, "artifact")) and"
          + " \(Format.count(others, "other file")): \(verification.findings.count) damaged")
      if verification.unsealed > 0 {
        try say(
          "\(Format.count(verification.unsealed, "artifact")) of an earlier version without a digest of"
            + " provenance and list of files: these could not be checked")
      }
      guard !verification.findings.isEmpty else { return }
      if remove {
        let count = try store.remove(verification)
        try say("removed \(count); the next run of their suite does them again")
      } else {
        try say(
          "'espalier store verify --remove' removes what is damaged, and the next run does it again"
        )
      }
      throw ExitCode.failure
    }
  }

  struct Collect: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "gc", abstract: "Delete what no suite's last plan needs.",
      discussion: """
        Keeps the artifacts of the last plan of every suite that was run on the store, \
        and whatever a living process works on. Says what it deletes before it does, and touches only what \
        Espalier itself names so, in a folder that has the file 'espalier-store'.
        """)

    @OptionGroup var storeOptions: StoreOptions

    @Flag(help: "Only say what would be deleted, file by file.")
    var dryRun = false

    func run() throws {
      let store = storeOptions.opened
      let garbage = try store.garbage()
      try say("\(dryRun ? "would delete" : "deleting") below \(store.paths.root):")
      let groups = Dictionary(grouping: garbage.items, by: \.reason.description)
      for (reason, items) in groups.sorted(by: { $0.key < $1.key }) {
        let bytes = items.reduce(0) { $0 + $1.bytes }
        try say("\(Format.count(items.count)) × \(reason): \(Format.bytes(bytes))")
        if dryRun { for item in items { try say("  \(item.path)") } }
      }
      if dryRun {
        try say("would free \(Format.bytes(garbage.bytes))")
      } else {
        try say("freed \(Format.bytes(try store.remove(garbage)))")
      }
    }
  }
}

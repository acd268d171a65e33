import ArgumentParser
import Laboratory
import Reports

struct StoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "store", abstract: "Look after the store of artifacts.",
    subcommands: [Size.self, Collect.self])

  struct Size: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show what the store holds.")

    @OptionGroup var storeOptions: StoreOptions

    func run() throws {
      let store = storeOptions.opened
      let size = try store.size()
      print(store.paths.root)
      for (kind, share) in size.artifacts.sorted(by: { $0.key < $1.key }) {
        print("\(kind): \(Format.count(share.count)) artifacts, \(Format.bytes(share.bytes))")
      }
      print("checkpoints: \(size.checkpoints.count), \(Format.bytes(size.checkpoints.bytes))")
      print("decoded images: \(size.images.count), \(Format.bytes(size.images.bytes))")
      print("temporary: \(size.temporary.count), \(Format.bytes(size.temporary.bytes))")
      print("together: \(Format.bytes(size.bytes))")
    }
  }

  struct Collect: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "gc", abstract: "Delete what no suite's last plan needs.",
      discussion: """
        Keeps the artifacts and decoded images of the last plan of every suite that was run on the store, \
        and whatever a living process works on.
        """)

    @OptionGroup var storeOptions: StoreOptions

    @Flag(help: "Only say what would be deleted.")
    var dryRun = false

    func run() throws {
      let store = storeOptions.opened
      let kept = try store.savedPlans().flatMap(\.artifacts)
      let garbage = try store.garbage(keeping: Set(kept.map(\.key)), of: kept.map(\.recipe))
      let groups = Dictionary(grouping: garbage.items, by: \.reason.description)
      for (reason, items) in groups.sorted(by: { $0.key < $1.key }) {
        let bytes = items.reduce(0) { $0 + $1.bytes }
        print("\(Format.count(items.count)) × \(reason): \(Format.bytes(bytes))")
      }
      if dryRun {
        print("would free \(Format.bytes(garbage.bytes))")
      } else {
        try store.remove(garbage)
        print("freed \(Format.bytes(garbage.bytes))")
      }
    }
  }
}

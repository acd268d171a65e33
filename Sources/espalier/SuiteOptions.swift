import ArgumentParser
import Foundation
import Laboratory
import Recipes
import Suites
import Wording

struct StoreOptions: ParsableArguments {
  @Option(
    help: "Folder of artifacts. Default: ESPALIER_STORE, else espalier in the user's cache folder.")
  var store: String?

  func validate() throws {
    if store?.isEmpty == true {
      throw ValidationError(
        "--store \"\": write a folder, or leave --store out for the default; a variable may be empty that"
          + " should name it")
    }
  }

  var opened: Store {
    Store(
      root: store ?? StorePaths.defaultRoot(environment: ProcessInfo.processInfo.environment))
  }

  /// The store, after standard error was told what it has from another version.
  func openedAndTold() throws -> Store {
    let store = opened
    let others = try store.artifactCounts(ofKindsBeside: Set(Works.all.map { $0.kind }))
    guard !others.isEmpty else { return store }
    let count = others.values.reduce(0, +)
    note(
      "the store has \(Format.count(count, "artifact")) of kinds that this version does not know"
        + " (\(others.keys.sorted().joined(separator: ", "))) and leaves alone; 'espalier store gc' deletes"
        + " what no suite's last plan needs")
    return store
  }
}

struct WorkerCount: ParsableArguments {
  @Option(
    help:
      "Worker processes, one thread each. Default: all cores; of a suite with engine:, its processes."
  )
  var workers: Int?

  func validate() throws {
    if let workers, !(1...4096).contains(workers) {
      throw ValidationError("--workers \(workers): write a number of processes from 1 on")
    }
  }

  /// How many there are to be for `settings`: as many as cores, or as processes of a program that trains.
  func count(_ settings: WorkerSettings) -> Int {
    workers ?? settings.processes ?? ProcessInfo.processInfo.activeProcessorCount
  }
}

struct SuiteOptions: ParsableArguments {
  @Argument(
    help: "The suite file; - for standard input.", completion: .file(extensions: ["yaml", "yml"]))
  var suite: String

  @OptionGroup var settingOptions: SettingOptions

  @OptionGroup var dataFolders: DataFolders

  @OptionGroup var storeOptions: StoreOptions

  @OptionGroup var workerNumber: WorkerCount

  /// The suite and its plan; warnings go to standard error.
  ///
  /// - Parameter asksPrograms: whether programs that train are asked what they are although it is known.
  func planned(asksPrograms: Bool = false) throws -> PlannedSuite {
    try PlannedSuite(
      reading: SuiteFile(suite, setting: settingOptions.settings()), dataFolders.urls,
      storeOptions.opened, asksPrograms: asksPrograms)
  }
}

/// A suite with the work that answers it.
struct PlannedSuite {
  let decoded: DecodedSuite
  private(set) var work: SuiteWork
  private(set) var plan: Plan
  let settings: WorkerSettings
  let folder: URL

  var suite: Suite { decoded.suite }

  /// Reads a suite, looking for datasets in `folders`; warnings go to standard error.
  ///
  /// - Parameter store: tells which looks were taken, in suites that have several.
  init(reading file: SuiteFile, _ folders: [URL], _ store: Store, asksPrograms: Bool = false) throws
  {
    let decoded = try file.read(folders, asksPrograms: asksPrograms)
    for warning in decoded.warnings { note("warning: \(warning)") }
    try self.init(decoded, named: file.planName, from: file.source, in: file.folder, store)
  }

  /// The work that answers `decoded`.
  ///
  /// - Parameters:
  ///   - name: what the saved plan is called.
  ///   - source: where it is found again; `nil` where it lies in no file of its own.
  ///   - folder: the suite's folder.
  ///   - store: tells which looks were taken, in suites that have several; the first is planned without.
  init(
    _ decoded: DecodedSuite, named name: String, from source: PlanSource? = nil, in folder: URL,
    _ store: Store?
  ) throws {
    (self.decoded, self.folder) = (decoded, folder)
    work = try SuiteWork(expanding: decoded, having: store)
    plan = try Plan(
      suite: name, part: work.look?.words, source: source, artifacts: work.artifacts)
    var settings = decoded.settings
    settings.version = Toolkit.versionWithCommit()
    self.settings = settings
  }

  /// Goes on to the next look; `false` where the results in `store` leave nothing to run, which the saved plan then
  /// tells.
  mutating func takeLook(in store: Store) throws -> Bool {
    guard let look = work.look else { return false }
    let next = try SuiteWork(expanding: decoded, having: store)
    let isNew = next.look?.number != look.number
    work = next
    plan = try Plan(
      suite: plan.suite, part: next.look?.words, source: plan.source, artifacts: next.artifacts)
    if !isNew { try store.save(plan) }
    return isNew
  }
}

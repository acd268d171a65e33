package import Laboratory

/// A question that suites may ask: how it is read, what answering it takes, and how the answer is told.
///
/// A new analysis is one folder that holds a conforming type, and one line in the list of all. Everything else is
/// written once for all of them: ``SuiteWork`` erases the type.
package protocol Analysis: Hashable, Sendable {
  /// What one run, or one thing that is asked, is called by, with the artifacts that answer it.
  associatedtype Cell: AnalysisCell
  /// A row of records.csv.
  associatedtype Row: TableRow
  /// What the report needs to know beyond the rows, settled before the first run.
  associatedtype Settings: Hashable, Codable, Sendable

  /// What lists, messages and `espalier new` say of it.
  static var about: AboutAnalysis { get }

  /// Reads the fields that such suites have beyond those of every suite; `nil` after noting what is wrong.
  init?(_ root: Field, _ frame: SuiteFrame)

  /// Cells of one replicate at most; in floating point, where no product overflows.
  var runsPerReplicate: Double { get }

  /// What one replicate asks; the artifacts that answer it are added to `builder`.
  func cells(_ replicate: ScoredReplicate, in builder: inout PlanBuilder) throws -> [Cell]

  /// Trainings that a runner which shares nothing would do for `cells`; `nil` where no one counts them.
  func unsharedTrainings(_ cells: [Cell]) -> Int?

  /// What the report of `plan` needs to know beyond its rows.
  func settings(_ suite: Suite, _ plan: AnalysisPlan<Cell>) throws -> Settings

  /// Whether its suites may run until they are decided.
  static var decides: Bool { get }

  /// What is left to ask of further replicates, by what `rows` decide.
  func undecided(after rows: [Row], _ terms: Terms<Settings>) throws -> Undecided<Self>

  /// What it is to claim, with the spread of the differences in `rows`; `nil` where nothing is forecast.
  func plannedClaims(_ rows: [Row], _ terms: Terms<Settings>) throws -> PlannedClaims?

  /// Methods that the report describes.
  var describedMethods: [Method] { get }

  /// What records have of `cells` of `suite`.
  func rows(_ suite: Suite, _ cells: [Cell], _ records: Records) throws -> [Row]

  /// The report of `rows`: a function of them and the terms alone, so that a table read back tells the same.
  static func report(_ rows: [Row], _ terms: Terms<Settings>) throws -> [ReportSection]
}

extension Analysis {
  package func unsharedTrainings(_ cells: [Cell]) -> Int? { nil }
  package static var decides: Bool { false }
  package func undecided(after rows: [Row], _ terms: Terms<Settings>) throws -> Undecided<Self> {
    Undecided(self, open: 0, of: 0)
  }
  package func plannedClaims(_ rows: [Row], _ terms: Terms<Settings>) throws -> PlannedClaims? {
    nil
  }
  package var describedMethods: [Method] { [] }
}

/// What a suite has not decided yet.
package struct Undecided<A: Analysis> {
  /// The analysis without what is decided: what further replicates are asked.
  package let analysis: A
  /// How many densities of comparisons are open.
  package let open: Int
  /// How many there are.
  package let all: Int

  /// What is left.
  package init(_ analysis: A, open: Int, of all: Int) {
    (self.analysis, self.open, self.all) = (analysis, open, all)
  }
}

/// What is asked of some artifacts.
package protocol AnalysisCell: Hashable, Sendable {
  /// The artifacts without which there is no answer.
  var keys: [Key] { get }
  /// What it is called by.
  var place: RunPlace { get }
}

extension AnalysisCell {
  package var place: RunPlace { RunPlace() }
}

/// What lists, messages and `espalier new` say of an analysis.
package struct AboutAnalysis: Hashable, Sendable {
  /// What an analysis cannot do without.
  package enum Need: Hashable, Sendable {
    /// Every such suite trains networks.
    case training
    /// Its answer is an estimate over replicates.
    case replicates
    /// It looks into layers, or at examples, which programs keep to themselves.
    case layers
    /// It asks which class examples are given.
    case classes
  }

  /// The name that `analysis:` gives.
  package let name: String
  /// The question asked where a suite states none.
  package let question: String
  /// What is measured, in symbols or a sentence.
  package let measure: String
  /// Where it comes from: authors, venue, year.
  package let source: String
  /// The keys that such suites have beyond those of every suite.
  package let keys: [String]
  /// What it cannot do without.
  package let needs: Set<Need>

  /// An analysis.
  package init(
    name: String, question: String, measure: String, source: String, keys: [String],
    needs: Set<Need>
  ) {
    self.name = name
    self.question = question
    self.measure = measure
    self.source = source
    self.keys = keys
    self.needs = needs
  }
}

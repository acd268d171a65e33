package import Foundation
package import Recipes

extension NetworkSpecification {
  /// Reads a network from a file: a mapping with `layers:`, as below `network:` in suites, or a suite, whose network it
  /// is.
  ///
  /// - Throws: ``SuiteError`` with every mistake in it.
  package init(readingFrom file: URL) throws(SuiteError) {
    let text: String
    do throws(TextFileError) {
      text = try TextFile.read(file)
    } catch {
      throw .unreadable(error)
    }
    let findings = Findings(file: file.relativePath)
    let root = try Field(document: text, findings)
    let keys = root.isMapping ? root.fields(named: ["network"], notesOthers: false) : nil
    let network = (keys?["network"] ?? root).network()
    try findings.throwProblems()
    guard let network else { preconditionFailure("\(file): a network that cannot be decoded") }
    self = network
  }
}

import Yams

extension Field {
  /// The whole of a YAML document, of which messages say that it begins in `line`.
  ///
  /// - Parameters:
  ///   - text: the document.
  ///   - line: where it begins, from 1.
  ///   - settings: values that take the place of the document's, one after another.
  ///   - findings: where problems are noted.
  /// - Throws: ``SuiteError/invalid(_:)`` where it is none.
  package init(
    document text: String, from line: Int = 1, setting settings: [Setting] = [],
    _ findings: Findings
  )
    throws(SuiteError)
  {
    let document = Self.compose(text, findings).map { MergeKeys.resolved($0, findings) }
    let node = document.map { settings.reduce($0) { $1.applied(to: $0, findings) } }
    self.init(node: node ?? .mapping(.init([])), path: "", line: line, findings: findings)
    try findings.throwProblems()
  }

  private static func compose(_ text: String, _ findings: Findings) -> Node? {
    do {
      return try Yams.compose(yaml: text)
    } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
      findings.add(.duplicateKeys(keys), line: context.mark.line, path: "")
    } catch YamlError.scanner(_, let reason, let mark, _), YamlError.parser(
      _, let reason, let mark, _),
      YamlError.composer(_, let reason, let mark, _)
    {
      findings.add(.malformed(reason), line: mark.line, path: "")
    } catch YamlError.reader(let reason, let offset, _, _) {
      let before = offset.map { text.prefix($0) } ?? ""
      findings.add(.malformed(reason), line: 1 + before.count(where: \.isNewline), path: "")
    } catch {
      findings.add(.malformed("which cannot be read"), line: 1, path: "")
    }
    return nil
  }
}

import ArgumentParser
import Suites

/// `--set`: values in place of a suite's.
struct SettingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A value in place of the suite's, such as training.learning-rate=0.05; may be repeated.",
      discussion:
        "Keys from the top with dots between, and YAML: 'densities=[20%, 10%]'. The work is that of the suite with the value written in it."
    ))
  var set: [String] = []

  func validate() throws { _ = try settings() }

  func settings() throws -> [Setting] {
    do throws(SettingFault) {
      return try [Setting](set)
    } catch {
      throw ValidationError(error.description)
    }
  }
}

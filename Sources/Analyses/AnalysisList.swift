package import Suites

/// Every analysis there is: a new one adds its line here.
package enum AnalysisList {
  /// In the order in which messages name them; a suite that names none of them is read as the first.
  package static let all: [any Analysis.Type] = [
    AblationDesign.self,
    CollapseDesign.self,
    ConservationDesign.self,
    ScheduleDesign.self,
    LotteryDesign.self,
    InstabilityDesign.self,
    CurveDesign.self,
    PlaneDesign.self,
    AlignmentDesign.self,
    DropoutStabilityDesign.self,
    AnatomyDesign.self,
  ]

  /// The analysis of this name.
  package static func named(_ name: String) -> (any Analysis.Type)? {
    all.first { $0.about.name == name }
  }
}

/// Treated minus control, replicate by replicate, with equal magnitudes made equal.
///
/// Subtraction leaves noise: 97.5 − 97.4 and 96.5 − 96.4 differ in their last bits, which would
/// break ties between ranks, make a zero positive or negative, and give a variance to differences
/// that have none. Magnitudes closer than 256 ulps of the largest value therefore count as equal,
/// and as zero if so near to it. That is far below the step of any accuracy.
///
/// - Throws: `StatisticsError.armsDiffer`, `.tooFewValues` for empty arms, or `.valueNotFinite`.
package func pairedDifferences(treated: [Double], control: [Double]) throws -> [Double] {
  guard treated.count == control.count else {
    throw StatisticsError.armsDiffer(treated: treated.count, control: control.count)
  }
  try requireSample(treated, atLeast: 1, for: "a paired comparison, treated arm")
  try requireSample(control, atLeast: 1, for: "a paired comparison, control arm")
  let noise = (treated + control).reduce(0) { max($0, abs($1)) }.ulp * 256
  var differences = zip(treated, control).map { $0 - $1 }
  var magnitude = 0.0
  for index in differences.indices.sorted(by: { abs(differences[$0]) < abs(differences[$1]) }) {
    let difference = differences[index]
    if abs(difference) - magnitude > noise { magnitude = abs(difference) }
    differences[index] = difference < 0 ? 0 - magnitude : magnitude
  }
  return differences
}

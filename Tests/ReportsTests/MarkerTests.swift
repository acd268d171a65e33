import Foundation
import Testing

@testable import Reports

@Suite struct MarkerTests {
  private let place = Position(50, 40)

  private func corners(_ marker: Look.Marker) throws -> [Position] {
    guard case .polygon(let corners) = marker.outline(at: place) else {
      throw NotAPolygon(marker: marker)
    }
    return corners
  }

  private struct NotAPolygon: Error { var marker: Look.Marker }

  @Test func theCircleLiesAroundItsPlace() {
    #expect(Look.Marker.circle.outline(at: place) == .circle(place, radius: 3.3))
  }

  @Test(arguments: Look.Marker.allCases.dropFirst())
  func polygonsHaveTheCirclesAreaAndMiddle(marker: Look.Marker) throws {
    let corners = try corners(marker)
    let area = corners.indices.reduce(0.0) { sum, index in
      let (a, b) = (corners[index], corners[(index + 1) % corners.count])
      return sum + (a.x * b.y - b.x * a.y) / 2
    }
    #expect(abs(area - Double.pi * 3.3 * 3.3) < 1e-9)
    let middle = corners.reduce(into: (x: 0.0, y: 0.0)) { sum, corner in
      sum.x += corner.x / Double(corners.count)
      sum.y += corner.y / Double(corners.count)
    }
    #expect(abs(middle.x - 50) < 1e-9 && abs(middle.y - 40) < 1e-9)
  }

  @Test func shapesStandUpright() throws {
    let square = try corners(.square)
    #expect(Set(square.map { ($0.x * 1e6).rounded() }).count == 2)
    #expect(try corners(.diamond).map { ($0.x - 50).rounded() } == [0, 4, 0, -4])
    // The tips of triangles, above and below.
    #expect(try corners(.triangle).filter { $0.y < 40 }.count == 1)
    #expect(try corners(.invertedTriangle).filter { $0.y > 40 }.count == 1)
    #expect(try corners(.pentagon).map(\.y).min().map { $0 < 37 } == true)
    let counts = try Look.Marker.allCases.dropFirst().map { try corners($0).count }
    #expect(counts == [4, 3, 4, 3, 5])
  }
}

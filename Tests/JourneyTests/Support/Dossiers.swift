import GatewayTesting
import JSONKit

/// The dossiers that journeys send: the benchmark's document with a code and a procedure of their own.
enum Dossiers {
  static let construction = "1.009994"
  static let criminalRecord = "2.000488"

  /// A generation-A dossier as JSON.
  static func json(_ code: String, procedure: String = construction, summary: String? = nil) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    for member in template.members {
      writer.name(member.name)
      switch member.name {
      case "MaHoSo": writer.string(code)
      case "MaTTHC": writer.string(procedure)
      case "TrichYeuHoSo" where summary != nil: writer.string(summary ?? "")
      default: writer.value(member.value)
      }
    }
    writer.endObject()
    return writer.finish()
  }

  private static let template: JSONValue = {
    let bytes = TestFiles.read(TestFiles.projectRoot + "/Tests/Fixtures/bench/ho-so-8k.json")
    guard let document = try? JSONDocument(parsing: bytes) else { preconditionFailure("the fixture cannot be read") }
    return document.root
  }()
}

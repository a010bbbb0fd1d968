import XMLKit

/// `MResult`: how an agency answers. The client of OpenCPS takes status 200 for success and everything else for failure;
/// which other numbers there are is not known, those below are choices.
struct AgencyResult: Sendable {
  var status: Int
  var message: String

  static func accepted(_ message: String = "Thành công") -> AgencyResult { AgencyResult(status: 200, message: message) }
  static func refused(_ message: String) -> AgencyResult { AgencyResult(status: 400, message: message) }
  static let alreadyThere = AgencyResult(status: 409, message: "Hồ sơ đã tồn tại")

  var xml: [UInt8] {
    var builder = XMLTreeBuilder()
    builder.open("MResult")
    builder.leaf("Status", String(status))
    builder.leaf("Message", message)
    builder.close()
    return builder.finish().serialised()
  }
}

extension XMLTreeBuilder {
  /// An element with text; the text is the simulator's own or was read from XML, so that XML can hold it.
  mutating func leaf(_ name: String, _ value: String) {
    open(name)
    do {
      try text(value)
    } catch {
      preconditionFailure("a text of the simulator holds a character that XML does not allow")
    }
    close()
  }
}

import CryptographyKit
import ServiceKit
import XMLKit

/// Checks a document element by element and collects what is wrong, in document order.
struct AgencyChecker {
  private(set) var complaints: [AgencyComplaint] = []

  static func complaints(about root: XMLNode, against elements: [AgencyElement]) -> [AgencyComplaint] {
    var checker = AgencyChecker()
    if root.namespace != nil { checker.complain(.hasNamespace, at: root.path) }
    checker.check(root, against: elements)
    return checker.complaints
  }

  private mutating func complain(_ rule: AgencyComplaint.Rule, at path: String) {
    complaints.append(AgencyComplaint(path: path, rule: rule))
  }

  private mutating func check(_ parent: XMLNode, against table: [AgencyElement]) {
    var place = 0
    var wasSeen = false
    for element in parent.elements {
      // An element belongs to the current row, or to a later one: what lies between must then be optional or seen.
      guard let row = table[place...].firstIndex(where: { $0.names.contains(element.localName) }),
        row != place || !wasSeen || table[place].presence == .repeated
      else {
        complain(.unexpected, at: element.path)
        continue
      }
      if row != place {
        complainAboutMissing(table[(wasSeen ? place + 1 : place)..<row], in: parent)
        place = row
      }
      wasSeen = true
      check(element, form: table[row].form)
    }
    complainAboutMissing(table[(wasSeen ? place + 1 : place)...], in: parent)
  }

  private mutating func complainAboutMissing(_ rows: ArraySlice<AgencyElement>, in parent: XMLNode) {
    for row in rows where row.presence == .required { complain(.missing, at: "\(parent.path)/\(row.name)") }
  }

  private mutating func check(_ element: XMLNode, form: AgencyElement.Form) {
    if case .group(let table) = form { return check(element, against: table) }
    let text = Self.trimmed(element.text)
    let rule: AgencyComplaint.Rule? =
      switch form {
      case .group, .text: nil
      case .filled: text.isEmpty ? .empty : nil
      case .whole: Int32(text) == nil ? .badNumber : nil
      case .truth: ["true", "false", "1", "0"].contains(text) ? nil : .badTruth
      case .time: Self.isTime(text) ? nil : .badTime
      case .timeOrNone: text == AgencyFormat.noTime || Self.isTime(text) ? nil : .badTime
      case .amount: Double(text).map { $0 >= 0 && $0.isFinite } ?? false ? nil : .badAmount
      case .base64: Self.isBase64(element.text) ? nil : .badBase64
      }
    if let rule { complain(rule, at: element.path) }
  }

  /// The text without the white space around it.
  static func trimmed(_ text: String) -> String {
    guard let last = text.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(text[...last].drop(while: \.isWhitespace))
  }

  private static func isTime(_ text: String) -> Bool {
    (try? Timestamp(rfc3339: text, assuming: .vietnam)) != nil
  }

  private static func isBase64(_ text: String) -> Bool {
    let bytes = try? Base64.decode(text, whiteSpace: .skipped)
    return bytes?.isEmpty == false
  }
}

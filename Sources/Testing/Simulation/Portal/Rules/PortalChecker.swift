import JSONKit
import ServiceKit

/// Checks the elements of `data[]` against the portal's field tables and collects what is wrong, in document order.
struct PortalChecker {
  let asksForNewerFields: Bool
  private(set) var complaints: [PortalComplaint] = []

  init(asksForNewerFields: Bool) {
    self.asksForNewerFields = asksForNewerFields
  }

  mutating func complain(_ rule: PortalComplaint.Rule, at path: String) {
    complaints.append(PortalComplaint(path: path, rule: rule))
  }

  mutating func check(_ element: JSONValue, against fields: [PortalField], at path: String) {
    guard element.kind == .object else { return complain(.notObject, at: path) }
    let status = element["TrangThaiHoSo"]?.string
    for field in fields {
      let fieldPath = "\(path).\(field.name)"
      let value = element[field.name]
      if let value, !value.isNull, value.string != "" {
        check(value, form: field.form, at: fieldPath)
      } else if isMissing(value, field, status: status) {
        complain(.missing, at: fieldPath)
      }
    }
  }

  /// Whether a value that says nothing (absent, null or "") is one too little.
  private func isMissing(_ value: JSONValue?, _ field: PortalField, status: String?) -> Bool {
    switch field.presence {
    case .required: true
    case .requiredMayBeEmpty: value == nil || value?.isNull == true
    case .newer: asksForNewerFields && value == nil
    case .optional: false
    case .requiredInStatus(let statuses): status.map(statuses.contains) ?? false
    }
  }

  private mutating func check(_ value: JSONValue, form: PortalForm, at path: String) {
    switch form {
    case .list(let fields):
      guard value.kind == .array else { return complain(.notList, at: path) }
      for (index, element) in value.elements.enumerated() { check(element, against: fields, at: "\(path)[\(index)]") }
    case .whole:
      let isWhole = value.integer != nil || value.string.map { Int($0) != nil } ?? false
      if !isWhole { complain(.badNumber, at: path) }
    case .truth:
      let isTruth = value.boolean != nil || value.string.map { $0 == "True" || $0 == "False" } ?? false
      if !isTruth { complain(.badTruth, at: path) }
    default:
      guard let text = value.string else { return complain(.notText, at: path) }
      if let rule = PortalText.violation(of: form, by: text) { complain(rule, at: path) }
    }
  }
}

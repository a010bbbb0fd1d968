import CXML

extension XMLSchemaRule {
  /// The finding in English.
  func english(_ details: Details) -> String {
    let allowed = details.expected.first ?? "?"
    let list = details.expected.joined(separator: ", ")
    switch code {
    case XML_SCHEMAV_CVC_LENGTH_VALID: return "The length of the value must be \(allowed)."
    case XML_SCHEMAV_CVC_MINLENGTH_VALID: return "The value is shorter than the minimum length \(allowed)."
    case XML_SCHEMAV_CVC_MAXLENGTH_VALID: return "The value is longer than the maximum length \(allowed)."
    case XML_SCHEMAV_CVC_MININCLUSIVE_VALID: return "The value is less than the minimum \(allowed)."
    case XML_SCHEMAV_CVC_MAXINCLUSIVE_VALID: return "The value is greater than the maximum \(allowed)."
    case XML_SCHEMAV_CVC_MINEXCLUSIVE_VALID: return "The value must be greater than \(allowed)."
    case XML_SCHEMAV_CVC_MAXEXCLUSIVE_VALID: return "The value must be less than \(allowed)."
    case XML_SCHEMAV_CVC_TOTALDIGITS_VALID: return "The number has more than \(allowed) digits."
    case XML_SCHEMAV_CVC_FRACTIONDIGITS_VALID: return "The number has more than \(allowed) digits behind the point."
    case XML_SCHEMAV_CVC_PATTERN_VALID: return "The value does not match the pattern \(allowed)."
    case XML_SCHEMAV_CVC_ENUMERATION_VALID: return "The value is none of those allowed: \(list)."
    case XML_SCHEMAV_ELEMENT_CONTENT, XML_SCHEMAV_CVC_COMPLEX_TYPE_2_4: return contentEnglish(details, list)
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_1: return "The element must be empty."
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_3: return "Text is not allowed here, only elements are."
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_1, XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_2:
      return "The attribute \(details.subject ?? "?") is not allowed here."
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_4: return "The attribute \(details.subject ?? "?") is missing."
    case XML_SCHEMAV_CVC_ELT_1: return "The schema does not declare this element here."
    case XML_SCHEMAV_CVC_ELT_2, XML_SCHEMAV_CVC_TYPE_2:
      return "The element or its type is abstract; a concrete one must be used."
    case XML_SCHEMAV_CVC_ELT_3_1: return "The element may not be nil."
    case XML_SCHEMAV_CVC_ELT_3_2_1: return "The element is nil and must be empty."
    case XML_SCHEMAV_CVC_ELT_3_2_2: return "The element has a fixed value and may not be nil."
    case XML_SCHEMAV_CVC_ELT_4_2: return "The type named by xsi:type does not exist in the schema."
    case XML_SCHEMAV_CVC_ELT_4_3: return "The type named by xsi:type may not stand in for the declared one."
    case XML_SCHEMAV_CVC_AU, XML_SCHEMAV_CVC_ELT_5_2_2_2_1, XML_SCHEMAV_CVC_ELT_5_2_2_2_2:
      return details.expected.isEmpty ? "The value must be the fixed one." : "The value must be \(allowed)."
    case XML_SCHEMAV_CVC_ELT_5_2_2_1: return "An element with a fixed value may have no child elements."
    case XML_SCHEMAV_CVC_IDC: return constraintEnglish(details)
    case XML_SCHEMAV_CVC_WILDCARD: return "The schema does not declare what stands here."
    case XML_SCHEMAV_DOCUMENT_ELEMENT_MISSING: return "The document has no root element."
    case XML_SCHEMAV_INTERNAL: return "The check could not be completed; the document does not count as valid."
    case _ where isValueOfType:
      return details.subject.map { "The value is not of the type \($0)." } ?? "The value is not of its type."
    default: return "The document breaks the schema (\(name))."
    }
  }

  private func contentEnglish(_ details: Details, _ list: String) -> String {
    let start = details.variant == .missingChild ? "A child element is missing" : "This element is not expected here"
    return list.isEmpty ? "\(start)." : "\(start); expected: \(list)."
  }

  private func constraintEnglish(_ details: Details) -> String {
    let name = details.subject.map { " \($0)" } ?? ""
    return switch details.variant {
    case .duplicateKey: "The key\(name) must be unique, but occurs before."
    case .unmatchedReference: "The reference\(name) has no counterpart."
    case .incompleteKey: "The key\(name) is incomplete."
    default: "The identity constraint\(name) is broken."
    }
  }
}

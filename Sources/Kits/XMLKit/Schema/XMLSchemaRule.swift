import CXML

/// A validation rule of XML Schema 1.0 (Part 1, appendix C.1) as libxml2 numbers it.
struct XMLSchemaRule {
  let code: xmlParserErrors

  /// True for the restrictions of a simple type (Part 2 §4.3).
  var isFacet: Bool {
    (XML_SCHEMAV_CVC_FACET_VALID.rawValue...XML_SCHEMAV_CVC_ENUMERATION_VALID.rawValue).contains(code.rawValue)
  }

  /// True for "the value is none of its type", which libxml2 repeats for a list after one of its items.
  var isValueOfType: Bool {
    (XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_1.rawValue...XML_SCHEMAV_CVC_TYPE_3_1_2.rawValue).contains(code.rawValue)
      || code == XML_SCHEMAV_CVC_COMPLEX_TYPE_2_2
  }

  /// The rule as the standard writes it.
  var name: String {
    switch code {
    case XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_1: "cvc-datatype-valid.1.2.1"
    case XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_2: "cvc-datatype-valid.1.2.2"
    case XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_3: "cvc-datatype-valid.1.2.3"
    case XML_SCHEMAV_CVC_TYPE_1: "cvc-type.1"
    case XML_SCHEMAV_CVC_TYPE_2: "cvc-type.2"
    case XML_SCHEMAV_CVC_TYPE_3_1_1: "cvc-type.3.1.1"
    case XML_SCHEMAV_CVC_TYPE_3_1_2: "cvc-type.3.1.2"
    case XML_SCHEMAV_CVC_FACET_VALID: "cvc-facet-valid"
    case XML_SCHEMAV_CVC_LENGTH_VALID: "cvc-length-valid"
    case XML_SCHEMAV_CVC_MINLENGTH_VALID: "cvc-minLength-valid"
    case XML_SCHEMAV_CVC_MAXLENGTH_VALID: "cvc-maxLength-valid"
    case XML_SCHEMAV_CVC_MININCLUSIVE_VALID: "cvc-minInclusive-valid"
    case XML_SCHEMAV_CVC_MAXINCLUSIVE_VALID: "cvc-maxInclusive-valid"
    case XML_SCHEMAV_CVC_MINEXCLUSIVE_VALID: "cvc-minExclusive-valid"
    case XML_SCHEMAV_CVC_MAXEXCLUSIVE_VALID: "cvc-maxExclusive-valid"
    case XML_SCHEMAV_CVC_TOTALDIGITS_VALID: "cvc-totalDigits-valid"
    case XML_SCHEMAV_CVC_FRACTIONDIGITS_VALID: "cvc-fractionDigits-valid"
    case XML_SCHEMAV_CVC_PATTERN_VALID: "cvc-pattern-valid"
    case XML_SCHEMAV_CVC_ENUMERATION_VALID: "cvc-enumeration-valid"
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_1: "cvc-complex-type.2.1"
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_2: "cvc-complex-type.2.2"
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_3: "cvc-complex-type.2.3"
    case XML_SCHEMAV_ELEMENT_CONTENT, XML_SCHEMAV_CVC_COMPLEX_TYPE_2_4: "cvc-complex-type.2.4"
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_1: "cvc-complex-type.3.2.1"
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_2: "cvc-complex-type.3.2.2"
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_4: "cvc-complex-type.4"
    case XML_SCHEMAV_CVC_ELT_1: "cvc-elt.1"
    case XML_SCHEMAV_CVC_ELT_2: "cvc-elt.2"
    case XML_SCHEMAV_CVC_ELT_3_1: "cvc-elt.3.1"
    case XML_SCHEMAV_CVC_ELT_3_2_1: "cvc-elt.3.2.1"
    case XML_SCHEMAV_CVC_ELT_3_2_2: "cvc-elt.3.2.2"
    case XML_SCHEMAV_CVC_ELT_4_2: "cvc-elt.4.2"
    case XML_SCHEMAV_CVC_ELT_4_3: "cvc-elt.4.3"
    case XML_SCHEMAV_CVC_ELT_5_2_2_1: "cvc-elt.5.2.2.1"
    case XML_SCHEMAV_CVC_ELT_5_2_2_2_1: "cvc-elt.5.2.2.2.1"
    case XML_SCHEMAV_CVC_ELT_5_2_2_2_2: "cvc-elt.5.2.2.2.2"
    case XML_SCHEMAV_CVC_ATTRIBUTE_2: "cvc-attribute.2"
    case XML_SCHEMAV_CVC_AU: "cvc-au"
    case XML_SCHEMAV_CVC_IDC: "cvc-identity-constraint"
    case XML_SCHEMAV_CVC_WILDCARD: "cvc-wildcard"
    case XML_SCHEMAV_DOCUMENT_ELEMENT_MISSING: "cvc-root"
    case XML_SCHEMAV_INTERNAL: "validation-incomplete"
    default: "libxml2-\(code.rawValue)"
    }
  }
}

/// Names of Unicode properties in regular expressions: ECMA-262 knows long ones where PCRE2 knows short ones.
enum UnicodePropertyName {
  /// What PCRE2 calls the property of `\p{…}`; a name that needs no change is returned as it is, and one that neither
  /// knows is refused when PCRE2 compiles the expression.
  static func inPCRE2(_ name: String) -> String {
    let parts = name.split(separator: "=", maxSplits: 1)
    guard parts.count == 2 else { return generalCategories[name] ?? name }
    let value = String(parts[1])
    switch parts[0] {
    case "General_Category", "gc": return generalCategories[value] ?? value
    case "Script", "sc": return "sc=" + value
    case "Script_Extensions", "scx": return "scx=" + value
    default: return name
    }
  }

  /// PropertyValueAliases.txt of Unicode, property gc.
  private static let generalCategories = [
    "Other": "C", "Control": "Cc", "cntrl": "Cc", "Format": "Cf", "Unassigned": "Cn", "Private_Use": "Co",
    "Surrogate": "Cs", "Letter": "L", "Cased_Letter": "LC", "Lowercase_Letter": "Ll", "Modifier_Letter": "Lm",
    "Other_Letter": "Lo", "Titlecase_Letter": "Lt", "Uppercase_Letter": "Lu", "Mark": "M", "Combining_Mark": "M",
    "Spacing_Mark": "Mc", "Enclosing_Mark": "Me", "Nonspacing_Mark": "Mn", "Number": "N", "Decimal_Number": "Nd",
    "digit": "Nd", "Letter_Number": "Nl", "Other_Number": "No", "Punctuation": "P", "punct": "P",
    "Connector_Punctuation": "Pc", "Dash_Punctuation": "Pd", "Close_Punctuation": "Pe", "Final_Punctuation": "Pf",
    "Initial_Punctuation": "Pi", "Other_Punctuation": "Po", "Open_Punctuation": "Ps", "Symbol": "S",
    "Currency_Symbol": "Sc", "Modifier_Symbol": "Sk", "Math_Symbol": "Sm", "Other_Symbol": "So", "Separator": "Z",
    "Line_Separator": "Zl", "Paragraph_Separator": "Zp", "Space_Separator": "Zs",
  ]
}

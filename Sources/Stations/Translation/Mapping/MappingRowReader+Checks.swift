import DocumentKit

extension MappingRowReader {
  /// Refuses keys that would be read and then have no effect, or could never work.
  mutating func check(_ row: MappingRow, _ mapping: YAMLMapping) {
    switch row.content {
    case .rows: checkGroup(row, mapping)
    case .value: checkConstant(row, mapping)
    case .document: checkDocument(row, mapping)
    case .from: break
    }
    checkDocumentKeys(row, mapping)
    if row.empty == .list, row.each == nil || syntax.format == .xml {
      refuse(
        mapping, "empty", "an empty list exists only for ‘each’ rows of a JSON target",
        remedy: "write ‘empty: omit’ or ‘empty: keep’")
    }
    if row.type != .string {
      if syntax.format == .xml {
        refuse(mapping, "type", "‘type’ is for JSON targets; the schema types XML", remedy: "drop it")
      }
      if row.empty == .keep {
        refuse(mapping, "empty", "an empty \(row.type.rawValue) cannot be written", remedy: "drop ‘empty: keep’")
      }
      if row.cut != nil { refuse(mapping, "cut", "a \(row.type.rawValue) cannot be cut", remedy: "drop ‘cut’") }
      for key in ["default", "value"] { checkType(row, mapping, key) }
    }
    if row.isRequired, row.substitute != nil {
      refuse(mapping, "required", "a row with a default is never empty", remedy: "keep ‘required’ or ‘default’")
    }
    if row.substitute == "" { refuse(mapping, "default", "the default is empty", remedy: "write ‘empty: keep’") }
    if case .attribute = row.target.last, row.each != nil {
      refuse(mapping, "each", "an attribute stands only once", remedy: "put ‘each’ on the group of its element")
    }
    if case .here = row.target.last { checkHere(row, mapping) }
  }

  private mutating func checkGroup(_ row: MappingRow, _ mapping: YAMLMapping) {
    for key in MappingKeys.conversions + ["pattern", "cut", "default", "type"] where mapping[key] != nil {
      refuse(mapping, key, "‘\(key)’ has no effect on a group", remedy: "write it in the rows of the group")
    }
    if case .attribute = row.target.last {
      refuse(mapping, "to", "a group needs an element and not an attribute", remedy: "write the name without @")
    }
  }

  private mutating func checkConstant(_ row: MappingRow, _ mapping: YAMLMapping) {
    for key in MappingKeys.conversions + ["pattern", "cut", "default", "required"] where mapping[key] != nil {
      refuse(mapping, key, "‘\(key)’ has no effect on a constant", remedy: "write the value as it shall stand")
    }
    if case .value("") = row.content, row.empty != .keep {
      refuse(mapping, "value", "an empty constant writes nothing", remedy: "add ‘empty: keep’ or drop the row")
    }
  }

  private mutating func checkDocument(_ row: MappingRow, _ mapping: YAMLMapping) {
    for key in MappingKeys.conversions + ["pattern", "cut", "default", "type"] where mapping[key] != nil {
      refuse(mapping, key, "‘\(key)’ has no effect on a document", remedy: "write it in the rows of the document")
    }
  }

  /// Keys that need rows below, or nodes to go through.
  private mutating func checkDocumentKeys(_ row: MappingRow, _ mapping: YAMLMapping) {
    if mapping["rows"] == nil {
      for key in ["parse", "write"] where mapping[key] != nil {
        refuse(mapping, key, "‘\(key)’ needs rows for the document inside", remedy: "write its fields under ‘rows’")
      }
    }
    if row.groupBy != nil, row.each == nil {
      refuse(mapping, "groupBy", "‘groupBy’ needs nodes to put together", remedy: "name them with ‘each’")
    }
  }

  private mutating func checkType(_ row: MappingRow, _ mapping: YAMLMapping, _ key: String) {
    let node = mapping[key]?.mapping?["value"] ?? mapping[key]
    guard let text = node?.scalar?.text, row.type.text(of: text) == nil else { return }
    refuse(mapping, key, "‘\(key)’ is no \(row.type.rawValue)", remedy: "write a \(row.type.rawValue)")
  }

  private mutating func checkHere(_ row: MappingRow, _ mapping: YAMLMapping) {
    if row.isTransparent, row.parse == nil {
      refuse(mapping, "to", "a group needs a name", remedy: "move its rows up into the group around")
    }
    if row.isTransparent, row.empty == .keep {
      refuse(mapping, "empty", "a group without a name writes no element", remedy: "drop ‘empty: keep’")
    }
    if row.each != nil {
      refuse(mapping, "each", "the text of an element stands only once", remedy: "put ‘each’ on the row around")
    }
  }

  private mutating func refuse(_ mapping: YAMLMapping, _ key: String, _ message: String, remedy: String) {
    let position = mapping.member(key)?.keyPosition ?? mapping.position
    file.refuse(.row, at: position, message, remedy: remedy)
  }
}

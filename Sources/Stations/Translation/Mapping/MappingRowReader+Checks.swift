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
        mapping, "empty",
        Sentence(
          "an empty list exists only for ‘each’ rows of a JSON target",
          "danh sách rỗng chỉ có ở dòng ‘each’ của đích JSON"),
        remedy: Sentence("write ‘empty: omit’ or ‘empty: keep’", "hãy viết ‘empty: omit’ hoặc ‘empty: keep’"))
    }
    if row.type != .string {
      if syntax.format == .xml {
        refuse(
          mapping, "type",
          Sentence(
            "‘type’ is for JSON targets; the schema types XML",
            "‘type’ dành cho đích JSON; với XML kiểu do lược đồ quy định"), remedy: Sentence("drop it", "hãy bỏ đi"))
      }
      if row.empty == .keep {
        refuse(
          mapping, "empty",
          Sentence("an empty \(row.type.rawValue) cannot be written", "không ghi được \(row.type.rawValue) rỗng"),
          remedy: Sentence("drop ‘empty: keep’", "hãy bỏ ‘empty: keep’"))
      }
      if row.cut != nil {
        refuse(
          mapping, "cut", Sentence("a \(row.type.rawValue) cannot be cut", "không cắt được \(row.type.rawValue)"),
          remedy: Sentence("drop ‘cut’", "hãy bỏ ‘cut’"))
      }
      for key in ["default", "value"] { checkType(row, mapping, key) }
    }
    if row.isRequired, row.substitute != nil {
      refuse(
        mapping, "required",
        Sentence("a row with a default is never empty", "dòng có giá trị mặc định thì không bao giờ rỗng"),
        remedy: Sentence("keep ‘required’ or ‘default’", "hãy giữ ‘required’ hoặc ‘default’"))
    }
    if row.substitute == "" {
      refuse(
        mapping, "default", Sentence("the default is empty", "giá trị mặc định để trống"),
        remedy: Sentence("write ‘empty: keep’", "hãy viết ‘empty: keep’"))
    }
    if case .attribute = row.target.last, row.each != nil {
      refuse(
        mapping, "each", Sentence("an attribute stands only once", "một thuộc tính chỉ có một lần"),
        remedy: Sentence("put ‘each’ on the group of its element", "hãy đặt ‘each’ ở nhóm của phần tử chứa nó"))
    }
    if case .here = row.target.last { checkHere(row, mapping) }
  }

  private mutating func checkGroup(_ row: MappingRow, _ mapping: YAMLMapping) {
    for key in MappingKeys.conversions + ["pattern", "cut", "default", "type"] where mapping[key] != nil {
      refuse(
        mapping, key, Sentence("‘\(key)’ has no effect on a group", "‘\(key)’ không có tác dụng với một nhóm"),
        remedy: Sentence("write it in the rows of the group", "hãy viết ở các dòng của nhóm"))
    }
    if case .attribute = row.target.last {
      refuse(
        mapping, "to",
        Sentence("a group needs an element and not an attribute", "một nhóm cần một phần tử, không phải thuộc tính"),
        remedy: Sentence("write the name without @", "hãy viết tên không có @"))
    }
  }

  private mutating func checkConstant(_ row: MappingRow, _ mapping: YAMLMapping) {
    for key in MappingKeys.conversions + ["pattern", "cut", "default", "required"] where mapping[key] != nil {
      refuse(
        mapping, key, Sentence("‘\(key)’ has no effect on a constant", "‘\(key)’ không có tác dụng với một hằng"),
        remedy: Sentence("write the value as it shall stand", "hãy viết đúng giá trị cần ghi"))
    }
    if case .value("") = row.content, row.empty != .keep {
      refuse(
        mapping, "value", Sentence("an empty constant writes nothing", "hằng rỗng không ghi gì"),
        remedy: Sentence("add ‘empty: keep’ or drop the row", "hãy thêm ‘empty: keep’ hoặc bỏ dòng này"))
    }
  }

  private mutating func checkDocument(_ row: MappingRow, _ mapping: YAMLMapping) {
    for key in MappingKeys.conversions + ["pattern", "cut", "default", "type"] where mapping[key] != nil {
      refuse(
        mapping, key, Sentence("‘\(key)’ has no effect on a document", "‘\(key)’ không có tác dụng với một tài liệu"),
        remedy: Sentence("write it in the rows of the document", "hãy viết ở các dòng của tài liệu đó"))
    }
  }

  /// Keys that need rows below, or nodes to go through.
  private mutating func checkDocumentKeys(_ row: MappingRow, _ mapping: YAMLMapping) {
    if mapping["rows"] == nil {
      for key in ["parse", "write"] where mapping[key] != nil {
        refuse(
          mapping, key,
          Sentence("‘\(key)’ needs rows for the document inside", "‘\(key)’ cần có các dòng cho tài liệu bên trong"),
          remedy: Sentence("write its fields under ‘rows’", "hãy viết các trường của nó dưới ‘rows’"))
      }
    }
    if row.groupBy != nil, row.each == nil {
      refuse(
        mapping, "groupBy", Sentence("‘groupBy’ needs nodes to put together", "‘groupBy’ cần có các nút để gom lại"),
        remedy: Sentence("name them with ‘each’", "hãy chỉ ra bằng ‘each’"))
    }
  }

  private mutating func checkType(_ row: MappingRow, _ mapping: YAMLMapping, _ key: String) {
    let node = mapping[key]?.mapping?["value"] ?? mapping[key]
    guard let text = node?.scalar?.text, row.type.text(of: text) == nil else { return }
    refuse(
      mapping, key, Sentence("‘\(key)’ is no \(row.type.rawValue)", "‘\(key)’ không phải là \(row.type.rawValue)"),
      remedy: Sentence("write a \(row.type.rawValue)", "hãy viết một \(row.type.rawValue)"))
  }

  private mutating func checkHere(_ row: MappingRow, _ mapping: YAMLMapping) {
    if row.isTransparent, row.parse == nil {
      refuse(
        mapping, "to", Sentence("a group needs a name", "một nhóm cần có tên"),
        remedy: Sentence("move its rows up into the group around", "hãy chuyển các dòng của nó lên nhóm bao quanh"))
    }
    if row.isTransparent, row.empty == .keep {
      refuse(
        mapping, "empty",
        Sentence("a group without a name writes no element", "nhóm không có tên không ghi phần tử nào"),
        remedy: Sentence("drop ‘empty: keep’", "hãy bỏ ‘empty: keep’"))
    }
    if row.each != nil {
      refuse(
        mapping, "each", Sentence("the text of an element stands only once", "văn bản của một phần tử chỉ có một lần"),
        remedy: Sentence("put ‘each’ on the row around", "hãy đặt ‘each’ ở dòng bao quanh"))
    }
  }

  private mutating func refuse(_ mapping: YAMLMapping, _ key: String, _ message: Sentence, remedy: Sentence) {
    let position = mapping.member(key)?.keyPosition ?? mapping.position
    file.refuse(.row, at: position, message, remedy: remedy)
  }
}

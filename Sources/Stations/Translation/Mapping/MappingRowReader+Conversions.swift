import DocumentKit

extension MappingRowReader {
  /// How the row converts; nil where it copies, and after a complaint.
  mutating func conversion(_ mapping: YAMLMapping) -> MappingRow.Conversion? {
    let given = MappingKeys.conversions.filter { mapping[$0] != nil }
    guard given.count <= 1 else {
      file.refuse(
        .row, at: mapping.position,
        Sentence(
          "a row has one conversion and not \(given.map { "‘\($0)’" }.joined(separator: ", "))",
          "một dòng chỉ có một phép chuyển đổi, không phải \(given.map { "‘\($0)’" }.joined(separator: ", "))"),
        remedy: Sentence("keep one of them", "hãy giữ một trong số đó"))
      return nil
    }
    guard let key = given.first, let node = mapping[key] else { return nil }
    switch key {
    case "codes": return codes(node)
    case "time": return time(node)
    case "number": return file.choice(mapping, key, of: NumberFormat.self).map { .number($0) }
    case "base64": return file.choice(mapping, key, of: Base64Step.self).map { .base64($0) }
    case "part": return file.choice(mapping, key, of: NamePart.self).map { .part($0) }
    case "file": return file.choice(mapping, key, of: FileForm.self).map { .file($0) }
    default: return boolean(node)
    }
  }

  private mutating func codes(_ node: YAMLNode) -> MappingRow.Conversion? {
    if let mapping = node.mapping, mapping["table"] == nil {
      guard let mapping = file.mapping(node, known: MappingKeys.sides) else { return nil }
      let inward = table(mapping["in"])
      let outward = table(mapping["out"])
      guard inward != nil || outward != nil else {
        file.refuse(
          .codes, at: node.position, Sentence("no table is named", "chưa nêu tên bảng mã"),
          remedy: Sentence(
            "write ‘table: name’, ‘in: table’, ‘out: table’ or both",
            "hãy viết ‘table: tên’, ‘in: bảng’, ‘out: bảng’ hoặc cả hai"))
        return nil
      }
      return .codes(in: inward, out: outward)
    }
    guard let table = table(node) else { return nil }
    switch flow {
    case .inbound: return .codes(in: table, out: nil)
    case .outbound: return .codes(in: nil, out: table)
    case .direct:
      refuseShortForm(
        "codes", at: node.position,
        Sentence(
          "write codes: { in: table, out: table } or one of the two",
          "hãy viết codes: { in: bảng, out: bảng } hoặc một trong hai"))
      return nil
    }
  }

  private mutating func table(_ node: YAMLNode?) -> MappingRow.TableReference? {
    guard let node else { return nil }
    guard let mapping = node.mapping else {
      return file.string(node).map {
        MappingRow.TableReference(name: $0, position: node.position, columns: [], at: nil, atTime: .iso)
      }
    }
    guard let nameNode = file.required(mapping, "table"), let name = file.string(nameNode) else { return nil }
    let at = expression(mapping, "at")
    let atTime = mapping["atTime"].flatMap { timeFormat($0) }
    if at == nil, let member = mapping.member("atTime") {
      file.refuse(
        .codes, at: member.keyPosition,
        Sentence("‘atTime’ has no effect without ‘at’", "‘atTime’ không có tác dụng khi thiếu ‘at’"),
        remedy: Sentence("add ‘at’ or drop it", "hãy thêm ‘at’ hoặc bỏ đi"))
    }
    let columns = mapping.members.filter { !MappingKeys.tableUse.contains($0.key) }.compactMap { member in
      expression(mapping, member.key).map {
        MappingRow.ColumnValue(column: member.key, expression: $0, position: member.keyPosition)
      }
    }
    return MappingRow.TableReference(
      name: name, position: nameNode.position, columns: columns, at: at, atTime: atTime ?? .iso)
  }

  private mutating func time(_ node: YAMLNode) -> MappingRow.Conversion? {
    if node.mapping != nil {
      guard let mapping = file.mapping(node, known: MappingKeys.sides),
        let inward = file.required(mapping, "in").flatMap({ timeFormat($0) }),
        let outward = file.required(mapping, "out").flatMap({ timeFormat($0) })
      else { return nil }
      return .time(in: inward, out: outward)
    }
    guard let format = timeFormat(node) else { return nil }
    switch flow {
    case .inbound: return .time(in: format, out: .iso)
    case .outbound: return .time(in: .iso, out: format)
    case .direct:
      refuseShortForm(
        "time", at: node.position,
        Sentence("write time: { in: format, out: format }", "hãy viết time: { in: dạng, out: dạng }"))
      return nil
    }
  }

  private mutating func timeFormat(_ node: YAMLNode) -> TimeFormat? {
    guard let name = file.string(node) else { return nil }
    guard let format = TimeFormat(name) else {
      file.refuse(
        .format, at: node.position, Sentence("‘\(name)’ is no time format", "‘\(name)’ không phải là dạng thời gian"),
        remedy: Sentence(
          "write iso, epochMilliseconds or a pattern of yyyy MM dd HH mm ss fff such as dd/MM/yyyy HH:mm:ss",
          "hãy viết iso, epochMilliseconds hoặc mẫu gồm yyyy MM dd HH mm ss fff, ví dụ dd/MM/yyyy HH:mm:ss"))
      return nil
    }
    return format
  }

  private mutating func boolean(_ node: YAMLNode) -> MappingRow.Conversion? {
    guard let mapping = file.mapping(node, known: MappingKeys.words + MappingKeys.sides) else { return nil }
    if mapping["in"] != nil || mapping["out"] != nil {
      guard let inward = file.required(mapping, "in").flatMap({ booleanFormat($0) }),
        let outward = file.required(mapping, "out").flatMap({ booleanFormat($0) })
      else { return nil }
      return .boolean(in: inward, out: outward)
    }
    guard let format = booleanFormat(node) else { return nil }
    switch flow {
    case .inbound: return .boolean(in: format, out: .canonical)
    case .outbound: return .boolean(in: .canonical, out: format)
    case .direct:
      refuseShortForm(
        "boolean", at: node.position,
        Sentence(
          "write boolean: { in: { true: …, false: … }, out: { true: …, false: … } }",
          "hãy viết boolean: { in: { true: …, false: … }, out: { true: …, false: … } }"))
      return nil
    }
  }

  private mutating func booleanFormat(_ node: YAMLNode) -> BooleanFormat? {
    guard let mapping = file.mapping(node, known: MappingKeys.words),
      let trueText = file.requiredString(mapping, "true"), let falseText = file.requiredString(mapping, "false")
    else { return nil }
    guard trueText != falseText, !trueText.isEmpty, !falseText.isEmpty else {
      file.refuse(
        .format, at: node.position,
        Sentence("the words for true and false are the same or empty", "từ chỉ đúng và sai giống nhau hoặc để trống"),
        remedy: Sentence("write the two words the partner uses", "hãy viết hai từ mà đối tác dùng"))
      return nil
    }
    return BooleanFormat(trueText: trueText, falseText: falseText)
  }

  private mutating func refuseShortForm(_ key: String, at position: YAMLPosition, _ remedy: Sentence) {
    file.refuse(
      .format, at: position,
      Sentence(
        "the short form of ‘\(key)’ needs one end whose schema is canonical/…",
        "dạng rút gọn của ‘\(key)’ cần một đầu có lược đồ canonical/…"), remedy: remedy)
  }
}

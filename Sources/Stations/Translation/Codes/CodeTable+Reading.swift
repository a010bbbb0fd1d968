import Dictionaries
package import DocumentKit
import ServiceKit

extension CodeTable {
  /// Reads one table from a YAML document; throws everything that is wrong with it at once.
  package convenience init(_ document: YAMLDocument, limits: TranslationLimits = .standard) throws(MappingErrors) {
    var reader = MappingFileReader()
    guard let root = reader.mapping(document.root, known: MappingKeys.codeTable) else {
      throw MappingErrors(reader.errors)
    }
    let name = reader.requiredString(root, "codes") ?? ""
    let foreignTitle = reader.requiredString(root, "foreign") ?? ""
    let canonicalTitle = reader.requiredString(root, "canonical") ?? ""
    let policies = reader.required(root, "unmapped").map { Self.readPolicies($0, &reader) }
    let columns = root["columns"].map { Self.readColumns($0, &reader) } ?? []
    let rowNodes = reader.required(root, "rows").flatMap { reader.sequence($0) } ?? []
    if rowNodes.count > limits.codeRows {
      reader.refuse(
        .limit, at: document.root.position,
        Sentence("the table has more than \(limits.codeRows) rows", "bảng mã có hơn \(limits.codeRows) dòng"),
        remedy: Sentence("split the table", "hãy chia bảng"))
    }
    let rows = rowNodes.prefix(limits.codeRows).compactMap { Self.readRow($0, columns, &reader) }
    var errors: [MappingError] = []
    self.init(
      name: name, foreignTitle: foreignTitle, canonicalTitle: canonicalTitle, columns: columns, rows: rows,
      dictionary: root["dictionary"].flatMap { Self.readDictionary($0, &reader) },
      unmappedIn: policies?.in ?? .hold, unmappedOut: policies?.out ?? .hold, position: document.root.position,
      errors: &errors)
    reader.add(errors)
    try reader.finish()
  }

  /// `hold`, `reject`, `{ default: X, reason: … }`, or `{ in: …, out: … }` with one of these for each direction.
  ///
  /// A default without a direction is a canonical code and so serves direction `in`; the other direction holds.
  private static func readPolicies(
    _ node: YAMLNode, _ reader: inout MappingFileReader,
  ) -> (in: UnmappedPolicy, out: UnmappedPolicy) {
    guard let mapping = node.mapping, mapping["in"] != nil || mapping["out"] != nil else {
      let policy = readPolicy(node, &reader)
      if case .substitute = policy { return (policy, .hold) }
      return (policy, policy)
    }
    _ = reader.mapping(node, known: MappingKeys.sides)
    let inward = reader.required(mapping, "in").map { readPolicy($0, &reader) } ?? .hold
    let outward = reader.required(mapping, "out").map { readPolicy($0, &reader) } ?? .hold
    return (inward, outward)
  }

  private static func readPolicy(_ node: YAMLNode, _ reader: inout MappingFileReader) -> UnmappedPolicy {
    guard node.mapping != nil else {
      let word = reader.attempt { () throws(YAMLError) in try node.readChoice(["hold", "reject"]) }
      return word == "reject" ? .reject : .hold
    }
    guard let mapping = reader.mapping(node, known: MappingKeys.codeDefault),
      let code = reader.requiredString(mapping, "default"), let reason = reader.requiredString(mapping, "reason")
    else { return .hold }
    for (key, text) in [("default", code), ("reason", reason)] where text.isEmpty {
      reader.refuse(
        .codes, at: node.position, Sentence("‘\(key)’ is empty", "‘\(key)’ để trống"),
        remedy: Sentence("name the code and why it may stand in", "hãy nêu mã và lý do được dùng thay"))
    }
    return .substitute(code, reason: reason)
  }

  /// `{ name: PROFILE/DICTIONARY, side: foreign, without: warn }`.
  private static func readDictionary(_ node: YAMLNode, _ reader: inout MappingFileReader) -> TableDictionary? {
    guard let mapping = reader.mapping(node, known: MappingKeys.codeDictionary),
      let text = reader.requiredString(mapping, "name"), let sideNode = reader.required(mapping, "side"),
      let withoutNode = reader.required(mapping, "without")
    else { return nil }
    let side = reader.attempt { () throws(YAMLError) in
      try sideNode.readChoice(TableDictionary.Side.allCases.map(\.rawValue))
    }
    let without = reader.attempt { () throws(YAMLError) in
      try withoutNode.readChoice(DictionaryReference.Absence.allCases.map(\.rawValue))
    }
    guard let name = DictionaryName(text) else {
      reader.refuse(
        .codes, at: node.position,
        Sentence("‘\(text)’ is no name of a dictionary", "‘\(text)’ không phải là tên danh mục"),
        remedy: Sentence("write PROFILE/DICTIONARY", "hãy viết HỒ_SƠ_ĐỐI_TÁC/DANH_MỤC"))
      return nil
    }
    guard let side = side.flatMap(TableDictionary.Side.init(rawValue:)),
      let without = without.flatMap(DictionaryReference.Absence.init(rawValue:))
    else { return nil }
    return TableDictionary(
      reference: DictionaryReference(name, without: without), side: side, position: node.position)
  }

  private static func readColumns(_ node: YAMLNode, _ reader: inout MappingFileReader) -> [Column] {
    guard let mapping = reader.attempt({ () throws(YAMLError) in try node.readMapping() }) else { return [] }
    return mapping.members.compactMap { member in
      guard MemberName.isXMLName(member.key), !MappingKeys.reservedColumns.contains(member.key) else {
        reader.refuse(
          .codes, at: member.keyPosition,
          Sentence("‘\(member.key)’ cannot be the name of a column", "‘\(member.key)’ không thể là tên cột"),
          remedy: Sentence(
            "use letters, digits and _, and none of: \(MappingKeys.reservedColumns.joined(separator: ", "))",
            "hãy dùng chữ cái, chữ số và _, và không dùng: \(MappingKeys.reservedColumns.joined(separator: ", "))"))
        return nil
      }
      return reader.string(member.value).map { Column(name: member.key, title: $0) }
    }
  }

  private static func readRow(_ node: YAMLNode, _ columns: [Column], _ reader: inout MappingFileReader) -> Row? {
    guard let mapping = reader.mapping(node, known: MappingKeys.codeRow + columns.map(\.name)),
      let foreign = reader.requiredString(mapping, "foreign"),
      let canonical = reader.requiredString(mapping, "canonical")
    else { return nil }
    for (key, code) in [("foreign", foreign), ("canonical", canonical)] where code.isEmpty {
      reader.refuse(
        .codes, at: node.position, Sentence("‘\(key)’ is empty", "‘\(key)’ để trống"),
        remedy: Sentence(
          "an empty value has no code; use ‘default’ in the row",
          "giá trị rỗng không có mã; hãy dùng ‘default’ ở dòng ánh xạ"))
    }
    let cells = columns.map { reader.string(mapping, $0.name) }
    let direction = readDirection(mapping, &reader)
    let note = reader.string(mapping, "note") ?? ""
    let from = readDay(mapping, "validFrom", &reader)
    let until = readDay(mapping, "validUntil", &reader)
    if let from, let until, until < from {
      reader.refuse(
        .codes, at: mapping.member("validUntil")?.keyPosition ?? node.position,
        Sentence("the row ends before it begins", "dòng hết hiệu lực trước khi có hiệu lực"),
        remedy: Sentence(
          "write the first day in ‘validFrom’ and the last in ‘validUntil’",
          "hãy viết ngày đầu ở ‘validFrom’ và ngày cuối ở ‘validUntil’"))
    }
    let gap = mapping["gap"].flatMap { readGap($0, before: from, &reader) }
    return Row(
      foreign: foreign, canonical: canonical, cells: cells, validFrom: from, validUntil: until, gap: gap,
      direction: direction, note: note, position: node.position)
  }

  /// `{ from: 2026-06-15, reason: … }`.
  private static func readGap(_ node: YAMLNode, before first: CivilDay?, _ reader: inout MappingFileReader) -> Gap? {
    guard let mapping = reader.mapping(node, known: MappingKeys.codeGap),
      let reason = reader.requiredString(mapping, "reason"), reader.requiredString(mapping, "from") != nil,
      let from = readDay(mapping, "from", &reader)
    else { return nil }
    if reason.isEmpty {
      reader.refuse(
        .codes, at: node.position, Sentence("‘reason’ is empty", "‘reason’ để trống"),
        remedy: Sentence(
          "say why nothing holds on these days", "hãy nói vì sao những ngày này không dòng nào có hiệu lực"))
    }
    guard let first, from < first else {
      reader.refuse(
        .codes, at: node.position,
        Sentence("the gap does not lie before the row", "khoảng trống không nằm trước dòng này"),
        remedy: Sentence(
          "write the first day without a row in ‘from’, and the row's own first day in ‘validFrom’",
          "hãy viết ngày đầu tiên không có dòng nào ở ‘from’, và ngày đầu của chính dòng này ở ‘validFrom’"))
      return nil
    }
    return Gap(from: from, reason: reason, position: node.position)
  }

  private static func readDay(_ mapping: YAMLMapping, _ key: String, _ reader: inout MappingFileReader) -> CivilDay? {
    guard let node = mapping[key], let text = reader.string(node) else { return nil }
    guard let day = CivilDay(text) else {
      reader.refuse(
        .codes, at: node.position,
        Sentence(
          "‘\(key)’ is no day, or no such day exists", "‘\(key)’ không phải là ngày, hoặc ngày đó không tồn tại"),
        remedy: Sentence("write it as 2026-06-30", "hãy viết dạng 2026-06-30"))
      return nil
    }
    return day
  }

  private static func readDirection(_ mapping: YAMLMapping, _ reader: inout MappingFileReader) -> Direction? {
    guard let node = mapping["direction"] else { return nil }
    let word = reader.attempt { () throws(YAMLError) in try node.readChoice(["in", "out", "both"]) }
    return word.flatMap(Direction.init(rawValue:))
  }
}

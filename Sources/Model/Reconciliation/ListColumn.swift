package import DossierModel
import ServiceKit

/// What a list says of a dossier, under the names that lists give it: those of the portal's adapter, and ours.
enum ListColumn: CaseIterable {
  case code
  case procedure
  case status
  case receivedAt

  var names: [String] {
    switch self {
    case .code: ["MaHoSo", "code"]
    case .procedure: ["MaTTHC", "procedure", "procedureCode"]
    case .status: ["TrangThaiHoSo", "TrangThai", "status"]
    case .receivedAt: ["NgayTiepNhan", "receivedAt"]
    }
  }

  static func named(_ name: String) -> ListColumn? {
    let word = name.lowercased()
    return allCases.first { column in column.names.contains { $0.lowercased() == word } }
  }
}

extension ListedDossier {
  /// Reads what a list says of one dossier. What is no time is `.badRow`; what is no status is kept as it stands.
  init(reading texts: [ListColumn: String], line: Int?) throws(ListError) {
    func text(_ column: ListColumn) -> String? {
      let text = texts[column].map { $0.trimmingBlanks } ?? ""
      return text.isEmpty ? nil : text
    }
    guard let code = text(.code) else {
      throw ListError(.badRow, "a row without a dossier's code (\(ListColumn.code.names[0]))", line: line)
    }
    self.init(DossierCode(code), procedure: text(.procedure))
    for text in [code, text(.procedure) ?? "", text(.status) ?? ""] where text.utf8.contains(where: { $0 < 0x20 }) {
      throw ListError(.badRow, "a code with a control character", line: line)
    }
    if let word = text(.status) {
      status = DossierStatus(portalCode: word) ?? DossierStatus(official: word)
      if status == nil { unknownStatus = word }
    }
    if let time = text(.receivedAt) {
      guard let moment = Timestamp(listed: time) else {
        throw ListError(
          .badRow, "\(ListColumn.receivedAt.names[0]) is no time; write it as yyyyMMddHHmmss, yyyy-MM-dd or dd/MM/yyyy",
          line: line)
      }
      receivedAt = moment
    }
  }
}

extension DossierStatus {
  /// `TrangThaiHoSo` of the portal's adapter, generation A; nil for every other text, 0 (`liên thông`) among them, which is in no
  /// official list.
  package init?(portalCode: String) {
    guard let number = Int(portalCode), Self.official.indices.contains(number - 1) else { return nil }
    self = Self.official[number - 1]
  }
}

extension Timestamp {
  /// A moment as lists write it, by Viet Nam's clock where it does not say: `yyyyMMddHHmmss` as the adapter has it, RFC 3339,
  /// `yyyy-MM-dd`, or `dd/MM/yyyy`, perhaps with a time behind it.
  init?(listed text: String) {
    if let moment = try? Timestamp(rfc3339: text, assuming: .vietnam) {
      self = moment
      return
    }
    let numbers = text.split { !$0.isASCII || !$0.isNumber }.map(String.init)
    func moment(_ year: String, _ month: String, _ day: String, _ time: [String]) -> Timestamp? {
      guard let year = Int(year), let month = Int(month), let day = Int(day) else { return nil }
      let clock = time.compactMap { Int($0) } + [0, 0, 0]
      return CivilDateTime(year: year, month: month, day: day, hour: clock[0], minute: clock[1], second: clock[2])?
        .timestamp(offset: .vietnam)
    }
    let digits = text.utf8.count
    if numbers.count == 1, numbers[0].utf8.count == digits, digits == 14 || digits == 8 {
      let parts = stride(from: 4, to: digits, by: 2).map { String(text.dropFirst($0).prefix(2)) }
      guard let found = moment(String(text.prefix(4)), parts[0], parts[1], Array(parts.dropFirst(2))) else {
        return nil
      }
      self = found
    } else if (3...6).contains(numbers.count), let first = numbers.first, first.utf8.count == 4,
      let found = moment(first, numbers[1], numbers[2], Array(numbers.dropFirst(3)))
    {
      self = found
    } else if (3...6).contains(numbers.count), numbers[2].utf8.count == 4, text.contains("/"),
      let found = moment(numbers[2], numbers[1], numbers[0], Array(numbers.dropFirst(3)))
    {
      self = found
    } else {
      return nil
    }
  }
}

extension String {
  /// Without the blanks around it.
  fileprivate var trimmingBlanks: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace }) else {
      return ""
    }
    return String(self[first...last])
  }
}

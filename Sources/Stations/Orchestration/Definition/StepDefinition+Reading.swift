import DocumentKit
import DossierModel
import ServiceKit
import XMLKit

extension StepDefinition {
  /// Reads one step; `office` is the procedure's.
  init(_ id: StepID, reading section: ConfigurationSection, office: String) {
    self.init(id, title: section.string("title"), agency: AgencyChoice(reading: section))
    after = section.strings("after", default: []).map { StepID($0) }
    join = section.choice("join", default: Join.all)
    condition = section.expression("when")
    choice = section.optionalString("choice")
    needs = section.strings("needs", default: [])
    let texts = section.section("results")
    texts.allowAnyKey()
    for name in texts.keys { results[name] = texts.expression(name) }
    doneBy = Self.doneBy(section)
    doneWhen = section.expression("doneWhen")
    refusedWhen = section.expression("refusedWhen")
    accepts = section.boolean("accepts", default: false)
    appoints = section.boolean("appoints", default: false)
    exchange = section.choice("exchange", default: StepExchange.none)
    handsOver = section.boolean("handsOver", default: false)
    time = TimeAllowed(reading: section.section("time"), office: office)
    expiry = section.choice("onExpiry", default: Expiry.late)
    isInProcedureTime = section.boolean("inProcedureTime", default: true)
    supplements = Self.supplements(section, office: office)
    returnsTo = Set(section.strings("returnsTo", default: []).map { StepID($0) })
    refusal = section.choice("onRefusal", default: RefusalEffect.procedure)
    isCompensated = section.boolean("compensated", default: false)
    isToldTheEnd = section.boolean("toldTheEnd", default: false)
    if expiry != .late, time == nil {
      section.note(
        Sentence("silence means something only after a time", "im lặng chỉ có nghĩa sau một thời hạn"), key: "onExpiry",
        remedy: Sentence("say ‘time’, or remove this key", "hãy viết ‘time’, hoặc bỏ khóa này"))
    }
  }

  private static func doneBy(_ section: ConfigurationSection) -> Set<DossierStatus> {
    guard section.node("doneBy") != nil else { return [.completed, .returned] }
    let words = section.strings("doneBy")
    let statuses = words.compactMap(DossierStatus.init(rawValue:))
    if statuses.count < words.count || statuses.isEmpty {
      section.note(
        Sentence(
          "a step is done by one or more statuses of the canonical dossier",
          "một bước xong khi có một hay nhiều trạng thái của hồ sơ chuẩn"), key: "doneBy",
        remedy: Sentence(
          "choose among \(DossierStatus.allCases.map(\.rawValue).joined(separator: ", "))",
          "hãy chọn trong \(DossierStatus.allCases.map(\.rawValue).joined(separator: ", "))"))
    }
    return Set(statuses)
  }

  private static func supplements(_ section: ConfigurationSection, office: String) -> [TimeAllowed] {
    let words = section.strings("supplements", default: [])
    let terms = words.compactMap { TimeAllowed($0, office: office) }
    if terms.count < words.count {
      section.note(
        Sentence("one of these is no term", "một trong số này không phải là thời hạn"), key: "supplements",
        remedy: TimeAllowed.remedy)
    }
    if terms.count > ProcedureLimits.supplements {
      section.note(
        Sentence(
          "a step allows at most \(ProcedureLimits.supplements) supplements",
          "một bước cho phép bổ sung nhiều nhất \(ProcedureLimits.supplements) lần"), key: "supplements",
        remedy: Sentence("shorten the list", "hãy rút ngắn danh sách"))
    }
    return terms
  }
}

extension AgencyChoice {
  /// Reads `agency`: a party, or `{ by: XPATH, table: { TEXT: PARTY }, otherwise: PARTY }`.
  fileprivate init(reading section: ConfigurationSection) {
    guard section.node("agency")?.kind == .mapping else {
      self = .fixed(PartyID(section.string("agency")))
      return
    }
    let choice = section.section("agency")
    let table = choice.section("table")
    table.allowAnyKey()
    var rows: [String: PartyID] = [:]
    for key in table.keys { rows[key] = PartyID(table.string(key)) }
    let otherwise = choice.optionalString("otherwise").map { PartyID($0) }
    if !(1...ProcedureLimits.agencies).contains(rows.count) {
      choice.note(
        Sentence(
          "a table of agencies has 1 to \(ProcedureLimits.agencies) rows",
          "bảng cơ quan có từ 1 đến \(ProcedureLimits.agencies) dòng"), key: "table",
        remedy: Sentence("write them, or name one party", "hãy viết các dòng, hoặc nêu một bên"))
    }
    guard let by = choice.compile(choice.string("by"), "by") else {
      self = .fixed(otherwise ?? "")
      return
    }
    self = .table(by: by, rows: rows, otherwise: otherwise)
  }
}

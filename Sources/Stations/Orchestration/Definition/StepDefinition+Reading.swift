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
        "silence means something only after a time", key: "onExpiry", remedy: "say ‘time’, or remove this key")
    }
  }

  private static func doneBy(_ section: ConfigurationSection) -> Set<DossierStatus> {
    guard section.node("doneBy") != nil else { return [.completed, .returned] }
    let words = section.strings("doneBy")
    let statuses = words.compactMap(DossierStatus.init(rawValue:))
    if statuses.count < words.count || statuses.isEmpty {
      section.note(
        "a step is done by one or more statuses of the canonical dossier", key: "doneBy",
        remedy: "choose among \(DossierStatus.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return Set(statuses)
  }

  private static func supplements(_ section: ConfigurationSection, office: String) -> [TimeAllowed] {
    let words = section.strings("supplements", default: [])
    let terms = words.compactMap { TimeAllowed($0, office: office) }
    if terms.count < words.count {
      section.note("one of these is no term", key: "supplements", remedy: TimeAllowed.remedy)
    }
    if terms.count > ProcedureLimits.supplements {
      section.note(
        "a step allows at most \(ProcedureLimits.supplements) supplements", key: "supplements",
        remedy: "shorten the list")
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
        "a table of agencies has 1 to \(ProcedureLimits.agencies) rows", key: "table",
        remedy: "write them, or name one party")
    }
    guard let by = choice.compile(choice.string("by"), "by") else {
      self = .fixed(otherwise ?? "")
      return
    }
    self = .table(by: by, rows: rows, otherwise: otherwise)
  }
}

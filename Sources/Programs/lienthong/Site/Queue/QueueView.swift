import DocumentKit
import DossierModel
import DossierStore
import Gateway
import JSONKit
import Management
import ServiceKit

/// What `lienthong queue` shows and changes nothing by.
enum QueueView {
  /// Bounds of the ages, in minutes, as qshape of Postfix has them.
  static let ageBounds = [5, 10, 20, 40, 80, 160, 320, 640, 1280]

  static func show(_ arguments: Arguments, in language: Language) throws(CommandFailure) -> ExitCode {
    let reader = try SiteStore.open(arguments)
    let rows = try SiteStore.look { () throws(StoreError) in try reader.queue() }
    warnOfSpace(reader, arguments, in: language)
    guard !arguments.has("--json") else {
      Terminal.printJSON(rows) { StoredDocument.write($0, to: &$1) }
      return .success
    }
    guard !rows.isEmpty else { return empty(in: language) }
    let now = SystemTimeSource().now()
    Terminal.print(
      Sentence("DESTINATION", "BÊN NHẬN").padded(to: 28, in: language)
        + Sentence("STATE", "TRẠNG THÁI").padded(to: 17, in: language)
        + Sentence("COUNT", "SỐ LƯỢNG").padded(to: 10, in: language)
        + Sentence("OLDEST", "LÂU NHẤT").padded(to: 10, in: language)
        + Sentence("NEXT ATTEMPT", "LẦN THỬ TỚI").text(in: language))
    for row in rows {
      Terminal.print(
        row.destination.text.padded(to: 28) + row.state.rawValue.padded(to: 17) + String(row.count).padded(to: 10)
          + Ages.short(now - row.oldestAt, in: language).padded(to: 10)
          + (row.nextDue.map { next(at: $0, now: now).text(in: language) } ?? "-"))
    }
    return .success
  }

  static func shape(_ arguments: Arguments, in language: Language) throws(CommandFailure) -> ExitCode {
    let reader = try SiteStore.open(arguments)
    let now = SystemTimeSource().now()
    let rows = try SiteStore.look { () throws(StoreError) in try reader.queueAges(minutes: ageBounds, at: now) }
    guard !arguments.has("--json") else {
      Terminal.printJSON(rows) { StoredDocument.write($0, minutes: ageBounds, to: &$1) }
      return .success
    }
    guard !rows.isEmpty else { return empty(in: language) }
    let columns = ageBounds.map { "<\($0)" } + [Sentence("older", "hơn").text(in: language)]
    Terminal.print(
      Sentence("DESTINATION", "BÊN NHẬN").padded(to: 28, in: language)
        + Sentence("TOTAL", "TỔNG").padded(to: 8, in: language) + columns.map { $0.padded(to: 7) }.joined()
        + Sentence("minutes", "phút").text(in: language))
    for row in rows {
      Terminal.print(
        row.destination.text.padded(to: 28) + String(row.counts.reduce(0, +)).padded(to: 8)
          + row.counts.map { String($0).padded(to: 7) }.joined())
    }
    return .success
  }

  static func why(
    _ word: String, _ arguments: Arguments, in language: Language
  ) throws(CommandFailure) -> ExitCode {
    guard let number = Int64(word), number > 0 else {
      throw .unusable(
        Sentence(
          "DELIVERY is the number of a delivery, as `dossier trace` shows it",
          "LƯỢT_GIAO phải là số của một lượt giao, như `dossier trace` cho thấy"))
    }
    // With a data folder alone nothing is known of the agencies' hours.
    let site = arguments.value("--data") == nil ? try SiteStore.site(arguments) : nil
    let reader = if let site { try SiteStore.open(site) } else { try SiteStore.open(arguments) }
    let found = try SiteStore.look { () throws(StoreError) in try reader.standing(of: DeliveryID(number)) }
    guard let standing = found else {
      Terminal.complain(
        Sentence("there is no delivery \(number) here", "ở đây không có lượt giao \(number)"), in: language)
      return .negative
    }
    let now = SystemTimeSource().now()
    let sentence = DeliveryReason.sentence(
      for: standing, at: now, closedUntil: site?.closedUntil(for: standing.delivery.destination, at: now))
    guard arguments.has("--json") else {
      Terminal.print(sentence.text(in: language) + ".")
      return .success
    }
    Terminal.printJSON { StoredDocument.write(standing, why: sentence, to: &$0) }
    return .success
  }

  /// Says, beside the output, if the gateway turns messages away for want of room. A data folder alone names no reserve.
  private static func warnOfSpace(_ reader: SQLDossierReader, _ arguments: Arguments, in language: Language) {
    guard arguments.value("--data") == nil,
      let site = try? Site(folder: arguments.value("--site") ?? SiteStore.defaultSite),
      let warning = site.spaceWarning(reusable: { (try? reader.reusableBytes()) ?? 0 })
    else { return }
    Terminal.complain(warning, in: language)
  }

  private static func empty(in language: Language) -> ExitCode {
    Terminal.print(Sentence("The queue is empty.", "Hàng đợi trống."), in: language)
    return .success
  }

  private static func next(at due: Timestamp, now: Timestamp) -> Sentence {
    due <= now
      ? Sentence("now", "đến lúc")
      : Sentence("in \(Ages.short(due - now))", "còn \(Ages.short(due - now, in: .vietnamese))")
  }
}

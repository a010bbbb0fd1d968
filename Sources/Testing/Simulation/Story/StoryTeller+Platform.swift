import JSONKit
import ServiceKit

// A dossier that the gateway fetches from the platform and conducts.

extension StoryTeller {
  func submit(_ document: String) throws(StoryFailure) -> StoryOutlook {
    let json = try documents.json(document, now: SystemTimeSource().now())
    guard let address = site.simulators[plan.platform.party] else {
      throw StoryFailure("the site has no address of \(plan.platform.party)")
    }
    guard try client.post(status: "\(address)/_simulator/boxes/ho-so", json) == 204 else {
      return .never("the platform's simulator does not take the dossier")
    }
    return .seen(documents.code(of: document))
  }

  /// What the gateway has on its disk it acknowledges, and then it leaves the platform's list.
  func seeFetched(_ document: String) throws(StoryFailure) -> StoryOutlook {
    let waiting = try simulator(plan.platform.party, "boxes/ho-so").root.elements.compactMap(\.string)
    if waiting.contains(documents.code(of: document)) { return .notYet("it waits in the platform's list") }
    return try messages(document).isEmpty
      ? .notYet("the gateway does not have it") : .seen("đã nhận, đã báo · acknowledged")
  }

  func seeReached(_ document: String, _ party: String) throws(StoryFailure) -> StoryOutlook {
    let codes = try simulator(party, "dossiers").root.elements.compactMap(\.string)
    return codes.contains(documents.code(of: document))
      ? .seen("đã tới · there") : .notYet("it does not have the dossier")
  }

  func seeAnswers(_ document: String, _ party: String, _ times: Int) throws(StoryFailure) -> StoryOutlook {
    let count = try messages(document).count { $0["sender"]?.string == party }
    return count >= times ? .seen("đã ghi · recorded") : .notYet("\(count) of \(times)")
  }

  func seeTold(_ document: String, _ status: String) throws(StoryFailure) -> StoryOutlook {
    let code = documents.code(of: document)
    let told = try simulator(plan.platform.party, "received").root["received"]?.elements.compactMap { message in
      message["body"]?.string.flatMap { try? JSONDocument(parsing: $0).root }
    }
    let statuses = (told ?? []).filter { $0["soHoSoLT"]?.string == code }.compactMap { $0["trangThai"]?.numberText }
    return statuses.contains(status) ? .seen("trangThai \(status)") : .notYet("told: \(statuses)")
  }
}

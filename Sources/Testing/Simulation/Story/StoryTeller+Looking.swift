import JSONKit
import ServiceKit

// One look for each kind of step: it does what is to be done, or sees whether it happened.

extension StoryTeller {
  func look(_ step: StoryStep) throws(StoryFailure) -> StoryOutlook {
    switch step.action {
    case .login: try login()
    case .send(let document, let isUpdate): try send(document, isUpdate: isUpdate)
    case .refused(let document, let field): try seeRefusal(of: document, field: field)
    case .problem(let document, let field): try seeProblem(with: document, field: field)
    case .delivered(let document, let party, let other): try seeDelivered(document, party, whileOpen: other)
    case .deferred(let document, let party): try seeDeferred(document, party)
    case .progress(let document, let status): try seeProgress(document, status)
    case .reported(let document, let agency): try seeReport(document, agency)
    case .pulled(let document): try pull(document)
    case .result(let document, let status): try seeResult(document, status)
    case .submitted(let document): try submit(document)
    case .fetched(let document): try seeFetched(document)
    case .reached(let document, let party): try seeReached(document, party)
    case .answered(let document, let party, let times): try seeAnswers(document, party, times)
    case .told(let document, let status): try seeTold(document, status)
    case .down(let agency, let lasting): try takeDown(agency, lasting)
    }
  }

  // MARK: The one-stop system at the generation-A door

  private func login() throws(StoryFailure) -> StoryOutlook {
    var writer = JSONWriter()
    writer.beginObject()
    writer.name("username")
    writer.string(plan.oneStop.username)
    writer.name("password")
    writer.string(site.password)
    writer.endObject()
    let answer = try client.post(site.gateway + site.loginPath, writer.finish())
    guard Self.isSuccess(answer.root), let session = answer.root["session"]?.string else {
      return .never(answer.root["message"]?.string ?? "no session")
    }
    self.session = session
    return .seen("có phiên · session")
  }

  private func send(_ document: String, isUpdate: Bool) throws(StoryFailure) -> StoryOutlook {
    let answer = try synchronise(document, isUpdate: isUpdate)
    guard Self.isSuccess(answer.root) else { return .never(answer.root["message"]?.string ?? "no message") }
    return .seen("\(documents.code(of: document)) đã ghi · recorded")
  }

  private func synchronise(_ document: String, isUpdate: Bool) throws(StoryFailure) -> StoryClient.Answer {
    var body = JSONWriter(indent: 2)
    body.beginObject()
    for (name, value) in [
      ("session", session), ("madonvi", plan.agencyCode), ("service", "DongBoHoSoMC"),
      ("isUpdating", isUpdate ? "True" : "False"),
    ] {
      body.name(name)
      body.string(value)
    }
    body.name("data")
    body.beginArray()
    body.value(try parsed(document))
    body.endArray()
    body.endObject()
    return try client.post(site.gateway + site.servicePath, body.finish())
  }

  private func parsed(_ document: String) throws(StoryFailure) -> JSONValue {
    let json = try documents.json(document, now: SystemTimeSource().now())
    do {
      return try JSONDocument(parsing: json).root
    } catch {
      throw StoryFailure("the document \(document) is no JSON: \(error)")
    }
  }

  /// `error_code` 0, "0" or "00".
  static func isSuccess(_ answer: JSONValue) -> Bool {
    guard let code = answer["error_code"] else { return false }
    return code.integer == 0 || code.string == "0" || code.string == "00"
  }

  // MARK: Refusals

  private func seeRefusal(of document: String, field: String) throws(StoryFailure) -> StoryOutlook {
    let answer = try synchronise(document, isUpdate: false)
    guard !Self.isSuccess(answer.root) else { return .never("the gateway took a dossier that is wrong") }
    let code = answer.root["error_code"].map { $0.string ?? $0.numberText ?? "?" } ?? "?"
    let message = answer.root["message"]?.string ?? ""
    guard message.contains(field) || Self.finding(field, in: answer.root) != nil else {
      return .never("error_code \(code), but \(field) is not named: \(message)")
    }
    // Vietnamese and English stand side by side in the one text this tongue has.
    let texts = message.split(separator: " | ").map(String.init)
    return .seen("error_code \(code)", isTrouble: true, details: texts)
  }

  private func seeProblem(with document: String, field: String) throws(StoryFailure) -> StoryOutlook {
    let json = try documents.json(document, now: SystemTimeSource().now())
    let answer = try client.post(site.gateway + "/v1/messages", json, key: site.password)
    guard answer.status == 422 else { return .never("answered \(answer.status) where 422 was to come") }
    guard let finding = Self.finding(field, in: answer.root) else { return .never("422, but \(field) is not named") }
    let place = "\(finding["line"]?.integer ?? 0):\(finding["column"]?.integer ?? 0)"
    let texts = ["messageVi", "messageEn"].compactMap { finding[$0]?.string }
    let rule = finding["rule"]?.string ?? ""
    return .seen(
      "422 \(finding["path"]?.string ?? "") \(place) [\(rule)]", isTrouble: true, details: texts)
  }

  private static func finding(_ field: String, in answer: JSONValue) -> JSONValue? {
    answer["errors"]?.elements.first { $0["path"]?.string?.contains(field) ?? false }
  }

  // MARK: Deliveries, at the gateway's operator view

  /// The messages about a dossier, as the operator sees them.
  func messages(_ document: String) throws(StoryFailure) -> [JSONValue] {
    let code = documents.code(of: document)
    let answer = try client.get("\(site.gateway)/v1/dossiers/\(code)", key: site.operatorKey)
    guard answer.status == 200 else { throw StoryFailure("the gateway answers \(answer.status) about \(code)") }
    return answer.root["messages"].map { Array($0.elements) } ?? []
  }

  /// The delivery of the one-stop system's latest message about a dossier to a party.
  private func delivery(_ document: String, _ party: String) throws(StoryFailure) -> JSONValue? {
    try messages(document).last { $0["sender"]?.string == plan.oneStop.party }?["deliveries"]?.elements
      .first { $0["destination"]?.string == party }
  }

  private func seeDelivered(
    _ document: String, _ party: String, whileOpen other: StoryStep.Delivery?
  ) throws(StoryFailure) -> StoryOutlook {
    guard let delivery = try delivery(document, party), let state = delivery["state"]?.string else {
      return .notYet("no delivery")
    }
    guard state == "delivered" else {
      return ["refused", "dead", "cancelled", "held"].contains(state) ? .never(state) : .notYet(state)
    }
    let attempts = delivery["attempts"]?.integer ?? 0
    guard let other else { return .seen("delivered, lần thử · attempts: \(attempts)") }
    let otherState = try self.delivery(other.document, other.party)?["state"]?.string ?? "absent"
    guard otherState != "delivered" else {
      return .never("\(plan.name(of: other.party)) was to be down still, and has its dossier already")
    }
    return .seen("delivered; \(plan.name(of: other.party)): \(otherState)")
  }

  private func seeDeferred(_ document: String, _ party: String) throws(StoryFailure) -> StoryOutlook {
    guard let delivery = try delivery(document, party), let state = delivery["state"]?.string else {
      return .notYet("no delivery")
    }
    if state == "deferred" { return .seen("deferred, sẽ thử lại · will retry", isTrouble: true) }
    return state == "delivered" ? .never("delivered though the agency was down") : .notYet(state)
  }

  /// Takes the oldest message about a dossier out of the one-stop system's inbox, again and again until it is the result.
  private func pull(_ document: String) throws(StoryFailure) -> StoryOutlook {
    let code = documents.code(of: document)
    let inbox = try client.get(site.gateway + "/v1/inbox", key: site.password)
    guard inbox.status == 200 else { return .never("the inbox answers \(inbox.status)") }
    guard let message = inbox.root["messages"]?.elements.first(where: { $0["dossier"]?.string == code }),
      let delivery = message["delivery"]?.string, let type = message["type"]?.string
    else { return .notYet("nothing about \(code) in the inbox") }
    let status = try client.postEmpty("\(site.gateway)/v1/inbox/\(delivery)/receipt", key: site.password)
    guard status == 204 else { return .never("the receipt is answered \(status)") }
    let isResult = Self.dossierTypes.contains(type)
    return isResult
      ? .seen("\(type), biên nhận · receipt given") : .notYet("\(type) taken, the result is still to come")
  }

  /// The types of message that carry a whole dossier.
  private static let dossierTypes = ["oc-lgsp/sync-document", "dvcqg-a/ho-so"]

  // MARK: The simulators' own views

  func simulator(_ party: String, _ path: String) throws(StoryFailure) -> StoryClient.Answer {
    guard let address = site.simulators[party] else { throw StoryFailure("the site has no address of \(party)") }
    return try client.get("\(address)/_simulator/\(path)")
  }

  private func seeProgress(_ document: String, _ status: String) throws(StoryFailure) -> StoryOutlook {
    let answer = try simulator(plan.portal.party, "dossiers/\(documents.code(of: document))")
    let statuses = answer.root["progress"]?.elements.compactMap { $0["status"]?.string } ?? []
    return statuses.contains(status) ? .seen("TrangThai \(status)") : .notYet("progress: \(statuses)")
  }

  private func seeReport(_ document: String, _ agency: String) throws(StoryFailure) -> StoryOutlook {
    let answer = try simulator(agency, "dossiers/\(documents.code(of: document))")
    if let refused = answer.root["reportsRefused"]?.integer, refused > 0 {
      return .never("the gateway refused a report of the agency; see its events")
    }
    guard let results = answer.root["resultsAccepted"]?.integer, results > 0 else {
      return .notYet("reports accepted: \(answer.root["reportsAccepted"]?.integer ?? 0), none with the result")
    }
    return .seen("accepted")
  }

  private func seeResult(_ document: String, _ status: String) throws(StoryFailure) -> StoryOutlook {
    let answer = try simulator(plan.portal.party, "dossiers/\(documents.code(of: document))")
    let seen = answer.root["status"]?.string ?? "absent"
    let results = answer.root["results"]?.integer ?? 0
    guard seen == status, results > 0 else { return .notYet("TrangThaiHoSo \(seen), results: \(results)") }
    return .seen("TrangThaiHoSo \(seen), kết quả · results: \(results)")
  }

  private func takeDown(_ agency: String, _ lasting: Duration) throws(StoryFailure) -> StoryOutlook {
    guard let address = site.simulators[agency] else { throw StoryFailure("the site has no address of \(agency)") }
    let order = "{\"mode\": \"down\", \"seconds\": \(lasting.inSeconds)}"
    let answer = try client.post("\(address)/_simulator/mode", Array(order.utf8))
    guard answer.status == 200 else { return .never("the simulator answers \(answer.status)") }
    return .seen("\(Int(lasting.inSeconds)) s", isTrouble: true)
  }
}

import CryptographyKit
import DossierModel
import DossierStore
import HTTPKit
import JSONKit
import ServiceKit

extension VXPFrontDoor {
  /// Items in one list, and the size of a page where none is asked for.
  package static let pageLimit = 1_000

  /// `getReceivedEdocList`: what waits for this party. A document stays until `updateStatus` takes it out; of one dossier
  /// the oldest is shown, and the next comes after it.
  func received(_ call: Call) throws(Refusal) -> HTTPResponse {
    let page = try page(of: call)
    let filter = InboxFilter(
      types: Self.types(call["messagetype"]), since: page.since, until: page.until, offset: page.offset,
      limit: page.limit)
    let entries = try read { () throws(StoreError) in try intake.store.inbox(of: call.party.id, filter) }
    let own = agencies.code(of: call.party.id)
    return VXPAnswer.success { writer in
      writer.name("data")
      writer.beginArray()
      for entry in entries {
        writer.beginObject()
        let text = VXPDates.text(entry.createdAt)
        for (name, value) in [
          ("docId", VXPDocumentID.received(entry.message, entry.delivery).description), ("serviceType", "eDoc"),
          ("messageType", Self.kind(of: entry.type)), ("created_time", text), ("updated_time", text),
          ("from", agencies.code(of: entry.sender)), ("to", own),
          ("status", entry.isFetched ? "processing" : "inbox"),
          ("status_desc", entry.isFetched ? "Đã lấy, chờ xác nhận" : "Đã đến, chờ lấy"),
        ] {
          writer.name(name)
          writer.string(value)
        }
        writer.endObject()
      }
      writer.endArray()
    }
  }

  /// `countReceiveEdoc`, `countReceiveStatus`.
  func count(_ type: String, _ call: Call) throws(Refusal) -> HTTPResponse {
    let count = try read { () throws(StoreError) in try intake.store.inboxCount(of: call.party.id, types: [type]) }
    return VXPAnswer.success { writer in
      writer.name("count")
      writer.integer(count)
    }
  }

  /// `getEdoc`, `downloadEdoc`: the bytes, again and again as long as they are kept.
  func fetch(_ call: Call, reply: HTTPReply) throws(Refusal) {
    guard case .received(let message, let delivery)? = call["docId"].flatMap({ VXPDocumentID($0) }) else {
      throw .unknownDocument
    }
    // Read before it counts as handed out; it leaves only after that.
    let payload = try read { () throws(StoreError) in try intake.store.payload(of: delivery, in: message) }
    guard let payload else { throw .unknownDocument }
    let operation = call.operation
    intake.store.handOut(delivery, to: call.party.id, at: time.now()) { result in
      switch result {
      case .success(true) where operation == .downloadEdoc:
        reply.send(VXPAnswer.file(payload))
      case .success(true):
        reply.send(
          VXPAnswer.success { writer in
            writer.name("data")
            writer.string(Base64.encode(payload))
          })
      case .success(false): reply.send(VXPAnswer.refused(.unknownDocument, by: operation))
      case .failure(let error): reply.send(VXPAnswer.refused(.notStored(error), by: operation))
      }
    }
  }

  /// `updateStatus`: what the receiver's system did with a document; may be repeated.
  func updateStatus(_ call: Call, reply: HTTPReply) throws(Refusal) {
    if let one = call["docid"], let other = call["docId"], one != other {
      // A program that says `docId` here after it said `docid` before means the other one: nobody can know.
      log.warning("vxp-two-document-ids", [.party(call.party.id.text)])
    }
    guard case .received(let message, let delivery)? = (call["docid"] ?? call["docId"]).flatMap({ VXPDocumentID($0) })
    else { throw .unknownDocument }
    guard let status = call["status"].flatMap({ VXPTransportStatus(rawValue: $0.lowercased()) }) else {
      throw .unknownTransportStatus
    }
    let stored = try read { () throws(StoreError) in try intake.store.message(message) }
    guard let known = stored?.deliveries.first(where: { $0.id == delivery && $0.destination == call.party.id }) else {
      throw .unknownDocument
    }
    let answer: @Sendable (Result<Bool, StoreError>) -> Void = { result in
      switch result {
      case .success(true): reply.send(VXPAnswer.success())
      case .success(false): reply.send(VXPAnswer.refused(.notWaiting, by: .updateStatus))
      case .failure(let error): reply.send(VXPAnswer.refused(.notStored(error), by: .updateStatus))
      }
    }
    switch status.effect {
    case .acknowledges: intake.store.acknowledge(delivery, by: call.party.id, at: time.now(), then: answer)
    case .declines:
      intake.store.decline(
        delivery, by: call.party.id, note: "the receiver's system said rejection", at: time.now(), then: answer)
    case .nothing:
      if status == .fail {
        log.warning("vxp-receiver-failed", [.party(call.party.id.text), .delivery(known.id.description)])
      }
      reply.send(VXPAnswer.success())
    }
  }

  private static func types(_ messageType: String?) -> Set<String> {
    switch messageType {
    case nil, "": [documentType, statusType]
    case "edoc": [documentType]
    case "status": [statusType]
    // Updates, revocations and replacements are listed as documents.
    default: []
    }
  }

  static func kind(of type: String) -> String { type == statusType ? "status" : "edoc" }

  func read<Value>(_ body: () throws(StoreError) -> Value) throws(Refusal) -> Value {
    do throws(StoreError) {
      return try body()
    } catch {
      throw .notStored(error)
    }
  }
}

extension Refusal {
  fileprivate static var unknownDocument: Refusal {
    Refusal(
      .notFound, english: "there is no document with this docId for this receiver, or it is no longer kept",
      vietnamese: "không có văn bản với docId này cho đơn vị nhận, hoặc không còn lưu")
  }

  fileprivate static var notWaiting: Refusal {
    Refusal(
      .notFound, english: "the document was not fetched yet, or was answered otherwise before; getEdoc comes first",
      vietnamese: "văn bản chưa được lấy hoặc đã được trả lời khác trước đó; hãy gọi getEdoc trước")
  }

  fileprivate static var unknownTransportStatus: Refusal {
    .vxpRequest(
      english: "status is one of \(VXPTransportStatus.allCases.map(\.rawValue).joined(separator: ", ")); codes such as "
        + "03 travel in status messages",
      vietnamese:
        "status là một trong \(VXPTransportStatus.allCases.map(\.rawValue).joined(separator: ", ")); mã như 03 "
        + "đi trong thông điệp trạng thái")
  }
}

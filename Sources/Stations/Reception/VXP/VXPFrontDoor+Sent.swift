import DossierModel
import DossierStore
import HTTPKit
import JSONKit
import ServiceKit

extension VXPFrontDoor {
  /// How far back `getSentEdocList` looks unless `fromDate` says another day: the answer is oldest first and has no end mark.
  package static let sentPeriod = Duration.seconds(7 * 86_400)

  /// A part of a list, as `fromDate`, `toDate`, `pageSize` and `pageIndex` ask for it.
  struct Page: Equatable {
    var since: Timestamp?
    var until: Timestamp?
    var offset: Int
    var limit: Int
  }

  /// Whether the first page is 0 or 1 is not known: both are, so that nobody who counts from either misses one.
  func page(of call: Call) throws(Refusal) -> Page {
    func day(_ name: String) throws(Refusal) -> Timestamp? {
      guard let text = call[name], !text.isEmpty else { return nil }
      guard let day = VXPDates.day(text) else { throw .unreadableParameter(name, "yyyy/MM/dd") }
      return day
    }
    func number(_ name: String, _ range: ClosedRange<Int>) throws(Refusal) -> Int? {
      guard let text = call[name], !text.isEmpty else { return nil }
      guard let number = Int(text), range.contains(number) else {
        throw .unreadableParameter(name, "\(range.lowerBound)…\(range.upperBound)")
      }
      return number
    }
    let size = try number("pageSize", 1...1_000_000).map { min($0, Self.pageLimit) } ?? Self.pageLimit
    let index = try number("pageIndex", 0...1_000_000) ?? 0
    return Page(
      since: try day("fromDate"), until: try day("toDate").map { $0 + .seconds(86_400) },
      offset: max(index - 1, 0) * size, limit: size)
  }

  /// `getSentEdocList`: what this party sent, a line for each receiver, with how far it came.
  func sent(_ call: Call) throws(Refusal) -> HTTPResponse {
    var messages: [StoredMessage] = []
    // A `docId` of the other form is left over from `getEdoc` or `updateStatus`.
    if case .sent(let id)? = call["docId"].flatMap({ VXPDocumentID($0) }) {
      let found = try read { () throws(StoreError) in try intake.store.message(id) }
      messages = found.map { [$0] }?.filter { $0.envelope.sender == call.party.id } ?? []
    } else {
      messages = try listed(call)
    }
    return VXPAnswer.success { writer in
      writer.name("data")
      writer.beginArray()
      for message in messages {
        for delivery in message.deliveries { write(delivery, of: message, to: &writer) }
      }
      writer.endArray()
    }
  }

  private func listed(_ call: Call) throws(Refusal) -> [StoredMessage] {
    let page = try page(of: call)
    let types: Set<String> =
      switch call["messagetype"] {
      case nil, "": [Self.documentType, Self.statusType]
      case "status": [Self.statusType]
      default: [Self.documentType]
      }
    let filter = MessageFilter(
      since: page.since ?? time.now() - Self.sentPeriod, until: page.until, sender: call.party.id, types: types)
    var rest = page.offset
    var cursor = MessagePage.Cursor.start
    // Pages begin behind the ones before: the store goes from place to place and counts none.
    while true {
      let limit = rest > 0 ? min(rest, Self.pageLimit) : page.limit
      let found = try read { () throws(StoreError) in try intake.store.messages(filter, from: cursor, limit: limit) }
      if rest == 0 { return found.messages }
      guard let next = found.next else { return [] }
      rest -= found.messages.count
      cursor = next
    }
  }

  /// `title` and `notation` stand in the document only and are left out.
  private func write(_ delivery: StoredDelivery, of message: StoredMessage, to writer: inout JSONWriter) {
    let (status, description) = Self.standing(of: delivery.state)
    let isTaken = delivery.state == .delivered || delivery.state == .refused
    writer.beginObject()
    for (name, value) in [
      ("serviceType", "eDoc"), ("messageType", Self.kind(of: message.envelope.type)),
      ("senderDocId", VXPDocumentID.sent(message.envelope.id).description),
      ("receiverDocId", VXPDocumentID.received(message.envelope.id, delivery.id).description),
      ("fromCode", agencies.code(of: message.envelope.sender)), ("toCode", agencies.code(of: delivery.destination)),
      ("sentTime", VXPDates.text(message.envelope.receivedAt)), ("sendStatus", isTaken ? "done" : "processing"),
      ("sendStatusDesc", isTaken ? "Đã chuyển" : "Đang chuyển"), ("receiveStatus", status),
      ("receiveStatusDesc", description),
    ] {
      writer.name(name)
      writer.string(value)
    }
    writer.endObject()
  }

  /// What a sender is told of a delivery, in the wire's transport statuses.
  private static func standing(of state: DeliveryState) -> (status: String, description: String) {
    switch state {
    case .waiting, .ready, .inFlight, .deferred, .unknown: ("inbox", "Chờ bên nhận lấy")
    case .awaitingReceipt: ("processing", "Bên nhận đã lấy, chưa xác nhận")
    case .delivered: ("done", "Bên nhận đã có")
    case .refused: ("rejection", "Bên nhận từ chối")
    case .held: ("processing", "Tạm giữ, chờ người vận hành")
    case .dead, .cancelled, .superseded: ("fail", "Không chuyển được")
    }
  }
}

extension Refusal {
  fileprivate static func unreadableParameter(_ name: String, _ form: String) -> Refusal {
    .vxpRequest(
      english: "\(name) cannot be read; write it as \(form)", vietnamese: "không đọc được \(name); hãy ghi dạng \(form)"
    )
  }
}

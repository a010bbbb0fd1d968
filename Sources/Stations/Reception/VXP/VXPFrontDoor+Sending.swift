import CryptographyKit
import DocumentKit
import DossierModel
import DossierStore
import HTTPKit
import JSONKit
import XMLKit

extension VXPFrontDoor {
  /// `sendEdoc`: one document or status message goes down the line.
  ///
  /// The same sender, file, kind and receivers are the same message for ever, whenever they come again: its client repeats a
  /// call byte for byte after a connection that broke (domain page §3.5.4).
  func send(_ call: Call, body: [UInt8], reply: HTTPReply) throws(Refusal) {
    let submission: Submission
    do throws(Refusal) {
      submission = try self.submission(in: call, body: body)
    } catch {
      throw intake.refuse(error, from: call.party.id)
    }
    intake.submit([submission], from: call.party) { result in
      switch result {
      case .success(let recorded):
        reply.send(
          VXPAnswer.success { writer in
            writer.name("DocId")
            writer.string(VXPDocumentID.sent(recorded[0].receipt.id).description)
          })
      case .failure(let refusal): reply.send(VXPAnswer.refused(refusal, by: .sendEdoc))
      }
    }
  }

  private func submission(in call: Call, body: [UInt8]) throws(Refusal) -> Submission {
    let isStatus = call["messagetype"] == "status"
    let name = isStatus ? Self.statusType : Self.documentType
    guard let type = intake.types[name] else {
      throw Refusal(
        .unknownMessage, english: "this site has no message type '\(name)'",
        vietnamese: "trục liên thông này không có loại thông điệp '\(name)'")
    }
    if let from = call["from"], !isOwn(from, of: call) { throw .wrongSender }
    guard let file = VXPFile.document(in: body, hash: call["hash-file"] ?? "") else {
      throw Refusal(
        .malformed, english: "hash-file is not the SHA-256 of the file",
        vietnamese: "hash-file không phải là SHA-256 của tệp")
    }
    let source = try parse(file)
    let head = VXPDocumentHead(source.root)
    if let from = head.from, !isOwn(from, of: call), !isUnit(from, of: call) { throw .wrongSender }
    let receivers = try receivers(of: head, isStatus: isStatus, in: call)
    return Submission(
      type: type, source: source, root: source.root, json: nil, body: file,
      key: Self.key(of: file, kind: call["messagetype"] ?? "", receivers: receivers.codes),
      traceparent: nil, addressees: receivers.parties)
  }

  private func parse(_ file: [UInt8]) throws(Refusal) -> DocumentTree {
    do throws(XMLError) {
      let document = try XMLDocument(parsing: file, limits: XMLLimits(bytes: documentLimit))
      guard let tree = try? DocumentTree(xml: document) else {
        throw XMLError(.notWellFormed, "the document has no root element")
      }
      return tree
    } catch {
      throw .unreadable(xml: error)
    }
  }

  private func isOwn(_ code: String, of call: Call) -> Bool { code == call.system || code == call.party.agency }

  /// A system sends also for the units below its agency.
  private func isUnit(_ code: String, of call: Call) -> Bool {
    [call.system, call.party.agency].contains { own in own.map { code.hasPrefix($0 + ".") } ?? false }
  }

  private func receivers(
    of head: VXPDocumentHead, isStatus: Bool, in call: Call
  ) throws(Refusal) -> (codes: [String], parties: Set<PartyID>?) {
    if isStatus {
      // Not `to`: the client may have it left over from an earlier call.
      guard let code = head.responseTo, !code.isEmpty else { throw .receiver("ResponseFor/OrganId", 1) }
      guard let parties = agencies.parties(ofUnit: code) else { throw .receiver("ResponseFor/OrganId", 1) }
      return ([code], parties)
    }
    let named = try Self.named(in: call["to"])
    let codes = named.isEmpty ? head.to : named
    var parties: Set<PartyID> = []
    for (index, code) in codes.enumerated() {
      // A client that says no `to` repeats the one before: a receiver of another document must not get this one.
      guard named.isEmpty || head.to.isEmpty || head.to.contains(code) else { throw .leftOverReceiver(index + 1) }
      guard let found = agencies.parties(of: code) else { throw .receiver(named.isEmpty ? "To" : "to", index + 1) }
      parties.formUnion(found)
    }
    return (codes, codes.isEmpty ? nil : parties)
  }

  /// Codes in the parameter `to`: a list, one text, `[]` or `null`, as JSON.
  private static func named(in text: String?) throws(Refusal) -> [String] {
    guard let text, !text.isEmpty else { return [] }
    guard let value = try? JSONDocument(parsing: Array(text.utf8)).root else { throw .receiver("to", 1) }
    if value.isNull { return [] }
    if let one = value.string { return [one] }
    guard value.kind == .array else { throw .receiver("to", 1) }
    var codes: [String] = []
    for (index, element) in value.elements.enumerated() {
      guard let code = element.string else { throw .receiver("to", index + 1) }
      codes.append(code)
    }
    return codes
  }

  /// Short whatever the number of receivers, whose order says nothing.
  private static func key(of file: [UInt8], kind: String, receivers: [String]) -> MessageKey {
    let parts = [kind, Hexadecimal.encode(SHA256.hash(file))] + Set(receivers).sorted()
    return MessageKey("vxp " + Hexadecimal.encode(SHA256.hash(parts.joined(separator: "\n"))))
  }
}

extension Refusal {
  /// In the words of the national exchange.
  fileprivate static var wrongSender: Refusal {
    Refusal(
      .forbidden, english: "the sender of the document is not the agency that this system id is registered for",
      vietnamese: "Don vi gui trong van ban khong dung voi ma da dang ky")
  }

  fileprivate static func receiver(_ place: String, _ number: Int) -> Refusal {
    Refusal(
      .noRecipient, english: "receiver \(number) of \(place) is no agency that takes part here",
      vietnamese: "đơn vị nhận thứ \(number) trong \(place) không tồn tại trên trục này")
  }

  fileprivate static func leftOverReceiver(_ number: Int) -> Refusal {
    Refusal(
      .noRecipient,
      english: "receiver \(number) of to is not among the document's own To; a service object repeats the to of its "
        + "sendEdoc before: give to with each call, or make another object",
      vietnamese:
        "đơn vị nhận thứ \(number) trong to không có trong To của văn bản; đối tượng dịch vụ lặp lại to của lần "
        + "sendEdoc trước: hãy truyền to ở mỗi lần gọi hoặc tạo đối tượng mới")
  }
}

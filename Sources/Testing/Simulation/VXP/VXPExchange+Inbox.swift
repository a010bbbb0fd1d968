import CryptographyKit
import HTTPKit
import JSONKit
import ServiceKit
import Synchronization

/// What an exchange has for those who ask.
struct VXPInbox {
  struct Item {
    let id: String
    /// `edoc` or `status`.
    let kind: String
    let document: [UInt8]
  }

  var items: [Item] = []
  var last = 0
}

// The receiver's three calls (domain page §3.5.6): list, fetch, mark as done. Every answer has status, ErrorCode and ErrorDesc.
extension VXPExchange {
  package func hold(_ document: [UInt8], kind: String) -> Bool {
    inbox.withLock { inbox in
      inbox.last += 1
      inbox.items.append(
        VXPInbox.Item(id: "vb-\(inbox.last)", kind: kind == "progress" ? "status" : "edoc", document: document))
    }
    return true
  }

  package func put(_ document: [UInt8], into box: String) -> Bool {
    guard ["edoc", "status"].contains(box) else { return false }
    return hold(document, kind: box == "status" ? "progress" : "dossier")
  }

  func answerQuestion(_ request: HTTPRequest, _ operation: String) -> HTTPResponse {
    do throws(Fault) {
      let parameters = try signed(request)
      // Only a document has a hash, and two more bytes behind it.
      guard parameters["hash-file"] == nil, !request.body.suffix(2).elementsEqual([0x0D, 0x0A]) else {
        throw .notSigned
      }
      switch operation {
      case "getReceivedEdocList":
        guard parameters["servicetype"] == "eDoc", request.body.isEmpty else { throw .notADocument }
        return list(inbox.withLock { $0.items }.filter { $0.kind == parameters["messagetype"] })
      case "getEdoc":
        guard let item = inbox.withLock({ $0.items.first { $0.id == parameters["docId"] } }) else { throw .notThere }
        return good { writer in
          writer.name("data")
          writer.string(Base64.encode(item.document))
        }
      case "updateStatus":
        let id = parameters["docid"] ?? parameters["docId"]
        guard ["done", "fail"].contains(parameters["status"]), inbox.withLock({ $0.last }) > 0 else { throw .notThere }
        inbox.withLock { $0.items.removeAll { $0.id == id } }
        return good { _ in }
      default: return .notFound
      }
    } catch {
      return refuse(error)
    }
  }

  private func list(_ items: [VXPInbox.Item]) -> HTTPResponse {
    good { writer in
      writer.name("data")
      writer.beginArray()
      for item in items {
        writer.beginObject()
        for (name, value) in [
          ("docId", item.id), ("serviceType", "eDoc"), ("messageType", item.kind), ("status", "inbox"),
        ] {
          writer.name(name)
          writer.string(value)
        }
        writer.endObject()
      }
      writer.endArray()
    }
  }

  private func good(_ more: (inout JSONWriter) -> Void) -> HTTPResponse {
    .json { writer in
      writer.beginObject()
      for (name, value) in [("status", "OK"), ("ErrorCode", "0"), ("ErrorDesc", "Thanh cong")] {
        writer.name(name)
        writer.string(value)
      }
      more(&writer)
      writer.endObject()
    }
  }
}

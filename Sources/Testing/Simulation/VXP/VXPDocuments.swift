import CryptographyKit
import XMLKit

/// Writes edXML documents as the library of the vendor's client does: its order, its prefixes, CR LF at every line's end, two
/// spaces a level, nothing for what is empty (domain page §3.2, §3.3).
package struct VXPDocuments: Sendable {
  private static let namespace = "http://www.mic.gov.vn/TBT/QCVN_102_2016"

  package struct Organisation: Sendable {
    package var code: String
    package var name: String

    package init(code: String, name: String) {
      self.code = code
      self.name = name
    }
  }

  package struct Attachment: Sendable {
    package var name: String
    package var type: String
    package var bytes: [UInt8]

    package init(name: String, type: String, bytes: [UInt8]) {
      self.name = name
      self.type = type
      self.bytes = bytes
    }
  }

  /// What a document that carries a dossier says of it.
  package struct Dossier: Sendable {
    package var code: String
    package var procedure: String
    package var owner: String
    package var summary: String
    /// `2026/11/20`.
    package var date: String
    package var attachments: [Attachment]

    package init(
      code: String, procedure: String, owner: String, summary: String, date: String, attachments: [Attachment] = []
    ) {
      self.code = code
      self.procedure = procedure
      self.owner = owner
      self.summary = summary
      self.date = date
      self.attachments = attachments
    }

    package var notation: String { code + "/Hồ sơ liên thông" }
  }

  private var lines: [String] = []
  private var depth = 0

  /// The id of a dossier's document.
  package static func identifier(of dossier: Dossier, from: Organisation) -> String {
    "\(from.code),\(dossier.date),\(dossier.notation)"
  }

  /// A document that hands a dossier over. `kind`: `BussinessDocType`.
  package static func document(
    _ dossier: Dossier, from: Organisation, to: [Organisation], kind: Int = 0
  ) -> [UInt8] {
    var writer = VXPDocuments()
    writer.frame { writer in
      writer.organisation("From", from)
      for organisation in to { writer.organisation("To", organisation) }
      writer.leaf("DocumentId", identifier(of: dossier, from: from))
      writer.element("Code") {
        $0.leaf("CodeNumber", dossier.code)
        $0.leaf("CodeNotation", "Hồ sơ liên thông")
      }
      writer.element("PromulgationInfo") {
        $0.leaf("Place", "Thử Nghiệm")
        $0.leaf("PromulgationDate", dossier.date)
      }
      writer.element("DocumentType") {
        $0.leaf("Type", "1")
        $0.leaf("TypeName", "Cong van")
      }
      writer.leaf("Subject", "\(dossier.procedure)/\(dossier.owner)/\(dossier.code)")
      writer.leaf("Content", dossier.summary)
      writer.element("OtherInfo") { $0.leaf("Priority", "0") }
      writer.leaf("SteeringType", "0")
      writer.leaf("ApplicationType", "MCDT_DT")
    } rest: { writer in
      writer.element("edXML:TraceHeaderList") { writer in
        writer.element("Bussiness") {
          $0.leaf("BussinessDocType", String(kind))
          $0.leaf("Paper", "0")
        }
      }
    } body: { writer in
      writer.element("edXML:edXMLBody") { writer in
        writer.element("edXMLManifest version=\"1.0\"") { writer in
          for (index, file) in dossier.attachments.enumerated() {
            writer.element("Reference") {
              $0.leaf("ContentId", "cid:\(index + 1)")
              $0.leaf("ContentType", "application/zip")
              $0.leaf("AttachmentName", file.name)
            }
          }
        }
      }
    } attachments: { writer in
      guard !dossier.attachments.isEmpty else { return }
      writer.element("AttachmentEncoded") { writer in
        for (index, file) in dossier.attachments.enumerated() {
          writer.element("Attachment") {
            $0.leaf("ContentId", "cid:\(index + 1)")
            $0.leaf("AttachmentName", file.name)
            $0.leaf("ContentType", file.type)
            $0.leaf("edXML:ContentTransferEncoded xmlns:edXML=\"\(namespace)\"", Base64.encode(file.bytes))
          }
        }
      }
    }
    return writer.bytes
  }

  /// A status message about a document. `at`: `2026/11/20 14:05:09`.
  package static func status(
    _ code: String, of dossier: Dossier, sentBy sender: Organisation, from: Organisation, staff: String, at: String,
    description: String = ""
  ) -> [UInt8] {
    var writer = VXPDocuments()
    writer.frame { writer in
      writer.organisation("From", from)
      writer.element("ResponseFor") {
        $0.leaf("OrganId", sender.code)
        $0.leaf("Code", dossier.notation)
        $0.leaf("DocumentId", identifier(of: dossier, from: sender))
        $0.leaf("PromulgationDate", dossier.date)
      }
      writer.element("StaffInfo") { $0.leaf("Staff", staff) }
      writer.leaf("StatusCode", code)
      writer.leaf("Description", description)
      writer.leaf("Timestamp", at)
    }
    return writer.bytes
  }

  // MARK: Writing

  private var bytes: [UInt8] { Array(lines.map { $0 + "\r\n" }.joined().utf8) }

  private mutating func frame(
    header: (inout VXPDocuments) -> Void, rest: (inout VXPDocuments) -> Void = { _ in },
    body: (inout VXPDocuments) -> Void = { _ in }, attachments: (inout VXPDocuments) -> Void = { _ in }
  ) {
    lines.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>")
    element("edXML xmlns=\"\(Self.namespace)\"") { writer in
      writer.element("edXML:edXMLEnvelope xmlns:edXML=\"\(Self.namespace)\"") { writer in
        writer.element("edXML:edXMLHeader") { writer in
          writer.element("edXML:MessageHeader", header)
          rest(&writer)
        }
        body(&writer)
      }
      attachments(&writer)
    }
  }

  private mutating func organisation(_ name: String, _ organisation: Organisation) {
    element(name) {
      $0.leaf("OrganId", organisation.code)
      $0.leaf("OrganName", organisation.name)
    }
  }

  /// `tag`: the name, and its attributes.
  private mutating func element(_ tag: String, _ content: (inout VXPDocuments) -> Void) {
    add("<\(tag)>")
    depth += 1
    content(&self)
    depth -= 1
    add("</\(tag.prefix { $0 != " " })>")
  }

  private mutating func leaf(_ tag: String, _ text: String) {
    guard !text.isEmpty else { return }
    add("<\(tag)>\(XMLText.escaped(text))</\(tag.prefix { $0 != " " })>")
  }

  private mutating func add(_ line: String) { lines.append(String(repeating: "  ", count: depth) + line) }
}
